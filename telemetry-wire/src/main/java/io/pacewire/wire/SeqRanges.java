package io.pacewire.wire;

import java.util.Arrays;

/**
 * A set of sequence numbers as sorted, disjoint, merged ranges. Mutable, not thread-safe; costs a
 * few bytes a range, however many numbers it spans.
 */
public final class SeqRanges {
  private int[] from = new int[4];
  private int[] to = new int[4];
  private int count;

  /**
   * Takes in {@code first} to {@code last}, both included.
   *
   * @throws IllegalArgumentException unless {@code 0 <= first <= last <= } {@link
   *     WireLimits#MAX_SEQ}
   */
  public void add(int first, int last) {
    if (first < 0 || first > last || last > WireLimits.MAX_SEQ) {
      throw new IllegalArgumentException("range " + first + " to " + last);
    }
    int found = Arrays.binarySearch(to, 0, count, first - 1);
    int begin = found < 0 ? -found - 1 : found; // the first that touches it, or lies behind
    int end = begin;
    int mergedFrom = first;
    int mergedTo = last;
    while (end < count && from[end] - 1 <= last) {
      mergedFrom = Math.min(mergedFrom, from[end]);
      mergedTo = Math.max(mergedTo, to[end]);
      end++;
    }
    replace(begin, end, mergedFrom, mergedTo);
  }

  public void addAll(SeqRanges other) {
    for (int i = 0; i < other.count; i++) {
      add(other.from[i], other.to[i]);
    }
  }

  /**
   * Forgets the lowest ranges, as many as there are beyond {@code most}.
   *
   * @param most at least 1
   */
  public void keepHighest(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be >= 1, was " + most);
    }
    int dropped = count - most;
    if (dropped > 0) {
      from = Arrays.copyOfRange(from, dropped, count);
      to = Arrays.copyOfRange(to, dropped, count);
      count = most;
    }
  }

  public boolean contains(int seq) {
    int index = Arrays.binarySearch(from, 0, count, seq);
    if (index >= 0) {
      return true;
    }
    int before = -index - 2;
    return before >= 0 && seq <= to[before];
  }

  /** The lowest number that is not in the set. */
  public int firstMissing() {
    return count > 0 && from[0] == 0 ? to[0] + 1 : 0;
  }

  /** How many ranges there are. */
  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** First number of a range, by ascending order. */
  public int from(int range) {
    return from[checked(range)];
  }

  /** Last number of a range, itself in the set. */
  public int to(int range) {
    return to[checked(range)];
  }

  /** How many numbers are in the set. */
  public long size() {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += (long) to[i] - from[i] + 1;
    }
    return size;
  }

  /** The lowest ranges only, where there are more: what is left out counts as missing. */
  void write(ProtoWriter out, int field) {
    for (int i = 0; i < Math.min(count, WireLimits.MAX_RANGES); i++) {
      int start = out.begin(field);
      out.uint(1, from[i]);
      out.uint(2, to[i]);
      out.end(start);
    }
  }

  /** One range; the reader is narrowed to it. */
  void read(ProtoReader in, String name) {
    if (count == WireLimits.MAX_RANGES) {
      throw new MalformedBatchException(
          name + " has more than " + WireLimits.MAX_RANGES + " ranges");
    }
    int first = 0;
    int last = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case 1:
          in.expect(tag, ProtoReader.VARINT, name + ".from");
          first = in.uint(name + ".from", WireLimits.MAX_SEQ);
          break;
        case 2:
          in.expect(tag, ProtoReader.VARINT, name + ".to");
          last = in.uint(name + ".to", WireLimits.MAX_SEQ);
          break;
        default:
          in.skip(tag);
      }
    }
    if (first > last) {
      throw new MalformedBatchException(name + " from " + first + " to " + last);
    }
    add(first, last);
  }

  private void replace(int begin, int end, int mergedFrom, int mergedTo) {
    int removed = end - begin;
    if (removed == 0 && count == from.length) {
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
    }
    System.arraycopy(from, end, from, begin + 1, count - end);
    System.arraycopy(to, end, to, begin + 1, count - end);
    from[begin] = mergedFrom;
    to[begin] = mergedTo;
    count += 1 - removed;
  }

  private int checked(int range) {
    if (range >= count) {
      throw new IndexOutOfBoundsException(range + " of " + count);
    }
    return range;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append(from[i]).append("..").append(to[i]);
    }
    return text.append(']').toString();
  }
}
