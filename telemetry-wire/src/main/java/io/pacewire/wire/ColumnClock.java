package io.pacewire.wire;

import java.util.Arrays;

/** When the samples of a column were taken, by the device's wall clock and its monotonic one. */
final class ColumnClock {
  private static final int FIRST_WALL_OFFSET = 1;
  private static final int FIRST_MONOTONIC = 2;
  private static final int WALL_DELTA = 3;
  private static final int SKEW_DELTA = 4;

  private final String column;
  private final String wallDelta;
  private final String skewDelta;
  private long[] atEpochMs = new long[16];
  private long[] monotonicMs = new long[16];
  private int size;

  ColumnClock(String column) {
    this.column = column;
    this.wallDelta = column + ".wall_delta_ms";
    this.skewDelta = column + ".skew_delta_ms";
  }

  int size() {
    return size;
  }

  long atEpochMs(int index) {
    return atEpochMs[checked(index)];
  }

  long monotonicMs(int index) {
    return monotonicMs[checked(index)];
  }

  void add(long wallMs, long monotonic) {
    if (size == atEpochMs.length) {
      atEpochMs = Arrays.copyOf(atEpochMs, size * 2);
      monotonicMs = Arrays.copyOf(monotonicMs, size * 2);
    }
    atEpochMs[size] = wallMs;
    monotonicMs[size++] = monotonic;
  }

  void clear() {
    size = 0;
  }

  long first() {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      first = Math.min(first, atEpochMs[i]);
    }
    return first;
  }

  long last() {
    long last = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      last = Math.max(last, atEpochMs[i]);
    }
    return last;
  }

  void write(ProtoWriter out, int field, long batchFirstMs) {
    int start = out.begin(field);
    out.sint64(FIRST_WALL_OFFSET, atEpochMs[0] - batchFirstMs);
    out.sint64(FIRST_MONOTONIC, monotonicMs[0]);
    if (size > 1) {
      int deltas = out.begin(WALL_DELTA);
      out.packedDeltas64(atEpochMs, size);
      out.end(deltas);
      writeSkew(out);
    }
    out.end(start);
  }

  private void writeSkew(ProtoWriter out) {
    boolean constant = true;
    for (int i = 1; i < size && constant; i++) {
      constant = skew(i) == skew(i - 1);
    }
    if (!constant) {
      int deltas = out.begin(SKEW_DELTA);
      for (int i = 1; i < size; i++) {
        out.zigzag64(skew(i) - skew(i - 1));
      }
      out.end(deltas);
    }
  }

  /** Reads a clock of {@code count} samples, which the column's values say; it may be none. */
  void read(ProtoReader in, long batchFirstMs, int count) {
    size = 0;
    reserve(count);
    long firstOffset = 0;
    long firstMonotonic = 0;
    int walls = 1;
    int skews = 1;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case FIRST_WALL_OFFSET:
          in.expect(tag, ProtoReader.VARINT, "first_wall_offset_ms");
          firstOffset = in.zigzag64();
          break;
        case FIRST_MONOTONIC:
          in.expect(tag, ProtoReader.VARINT, "first_monotonic_ms");
          firstMonotonic = in.zigzag64();
          break;
        case WALL_DELTA:
          walls = readDeltas(in, tag, atEpochMs, walls, count, wallDelta);
          break;
        case SKEW_DELTA:
          skews = readDeltas(in, tag, monotonicMs, skews, count, skewDelta);
          break;
        default:
          in.skip(tag);
      }
    }
    if (count == 0) {
      return;
    }
    if (walls != count) {
      throw new MalformedBatchException(
          wallDelta + " has " + (walls - 1) + " values for " + count + " samples");
    }
    if (skews != 1 && skews != count) {
      throw new MalformedBatchException(
          skewDelta + " has " + (skews - 1) + " values for " + count + " samples");
    }
    integrate(batchFirstMs + firstOffset, firstMonotonic, skews == count, count);
  }

  private void integrate(long firstAt, long firstMonotonic, boolean skewed, int count) {
    long at = firstAt;
    long skew = firstMonotonic - firstAt;
    atEpochMs[0] = firstAt;
    monotonicMs[0] = firstMonotonic;
    for (int i = 1; i < count; i++) {
      at += atEpochMs[i];
      if (skewed) {
        skew += monotonicMs[i];
      }
      atEpochMs[i] = at;
      monotonicMs[i] = at + skew;
    }
    size = count;
  }

  private static int readDeltas(
      ProtoReader in, int tag, long[] into, int from, int count, String field) {
    if (ProtoReader.type(tag) == ProtoReader.VARINT) {
      requireRoom(1, count - from, field);
      into[from] = in.zigzag64();
      return from + 1;
    }
    in.expect(tag, ProtoReader.BYTES, field);
    int outer = in.enter(field);
    int most = in.packedAtMost(field);
    int to = in.packed64(into, from, Math.max(from, Math.min(count, from + most)));
    requireRoom(in.hasMore() ? 1 : 0, 0, field);
    in.leave(outer);
    return to;
  }

  private static void requireRoom(int values, int room, String field) {
    if (values > Math.max(0, room)) {
      throw new MalformedBatchException(field + " has more values than its column samples");
    }
  }

  private void reserve(int count) {
    if (atEpochMs.length < count) {
      atEpochMs = new long[count];
      monotonicMs = new long[count];
    }
  }

  private long skew(int index) {
    return monotonicMs[index] - atEpochMs[index];
  }

  private int checked(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return index;
  }

  /** Every sample lies between the header's times, which is what a reader of headers relies on. */
  void requireWithin(long firstMs, long lastMs) {
    for (int i = 0; i < size; i++) {
      if (atEpochMs[i] < firstMs || atEpochMs[i] > lastMs) {
        throw new MalformedBatchException(
            column + " has a sample at " + atEpochMs[i] + " outside the header's times");
      }
    }
  }
}
