package io.pacewire.wire;

import java.util.Arrays;

/** One kind of value of a column: a growable int array that is packed as deltas. */
final class IntSeries {
  private int[] values = new int[16];
  private int size;

  int size() {
    return size;
  }

  int get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return values[index];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Of the vectors whose components this one and two others are, each cut off at {@code most}. */
  void lengths(IntSeries second, IntSeries third, int most, int count, float[] into) {
    int[] xs = values;
    int[] ys = second.values;
    int[] zs = third.values;
    for (int i = 0; i < count; i++) {
      double x = bounded(xs[i], most);
      double y = bounded(ys[i], most);
      double z = bounded(zs[i], most);
      into[i] = (float) Math.sqrt(x * x + y * y + z * z);
    }
  }

  private static int bounded(int value, int most) {
    return Math.max(-most, Math.min(most, value));
  }

  void clear() {
    size = 0;
  }

  /** For an optional value that no sample of the column has. */
  void fillAbsent(int count) {
    if (values.length < count) {
      values = new int[count];
    }
    Arrays.fill(values, 0, count, SampleBatch.ABSENT);
    size = count;
  }

  boolean isAbsent() {
    for (int i = 0; i < size; i++) {
      if (values[i] != SampleBatch.ABSENT) {
        return false;
      }
    }
    return true;
  }

  void write(ProtoWriter out, int field) {
    if (size == 0) {
      return;
    }
    int start = out.begin(field);
    out.packedDeltas32(values, size);
    out.end(start);
  }

  void writeOptional(ProtoWriter out, int field) {
    if (!isAbsent()) {
      write(out, field);
    }
  }

  /** Takes packed and single values alike: a protobuf writer may send either, and in pieces. */
  void read(ProtoReader in, int tag, String field) {
    int before = size == 0 ? 0 : values[size - 1];
    if (ProtoReader.type(tag) == ProtoReader.VARINT) {
      reserve(1, field);
      values[size++] = before + in.zigzag32();
      return;
    }
    in.expect(tag, ProtoReader.BYTES, field);
    int outer = in.enter(field);
    int room = Math.min(in.packedAtMost(field), WireLimits.MAX_SAMPLES_PER_COLUMN - size);
    reserve(room, field);
    size = in.packedSums32(values, size, size + room, before);
    if (in.hasMore()) {
      throw tooMany(field);
    }
    in.leave(outer);
  }

  private void reserve(int more, String field) {
    if (more > WireLimits.MAX_SAMPLES_PER_COLUMN - size) {
      throw tooMany(field);
    }
    if (more > values.length - size) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + more));
    }
  }

  private static MalformedBatchException tooMany(String field) {
    return new MalformedBatchException(
        field + " has more than " + WireLimits.MAX_SAMPLES_PER_COLUMN + " values");
  }

  /** A value that every sample has. */
  void require(int count, String field) {
    if (size != count) {
      throw new MalformedBatchException(
          field + " has " + size + " values for " + count + " samples");
    }
  }

  /** A value that every sample has or none. */
  void requireOptional(int count, String field) {
    if (size == 0) {
      fillAbsent(count);
    } else {
      require(count, field);
    }
  }
}
