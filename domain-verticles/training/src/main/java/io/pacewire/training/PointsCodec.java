package io.pacewire.training;

/**
 * Points as bytes: each column delta coded on its own, so that what hardly changes costs nearly
 * nothing, then packed. Version 1: number of points; times as differences of differences; number of
 * columns; of each its place in {@link PointColumn} and, a point, 0 where it has none or else one more
 * than the zigzag difference to the one before that has one.
 */
final class PointsCodec {
  static final int VERSION = 1;

  private PointsCodec() {}

  static byte[] encode(StoredPoints points) {
    VarintWriter out = new VarintWriter(points.size() * 16 + 64);
    out.unsigned(points.size());
    long before = 0;
    long step = 0;
    for (int i = 0; i < points.size(); i++) {
      long next = points.atMs(i) - before;
      out.signed(next - step);
      step = i == 0 ? 0 : next;
      before = points.atMs(i);
    }
    for (PointColumn column : PointColumn.values()) {
      if (points.has(column)) {
        out.unsigned(column.place());
        write(points, column, out);
      }
    }
    return Packing.pack(out.bytes());
  }

  private static void write(StoredPoints points, PointColumn column, VarintWriter out) {
    long before = 0;
    for (int i = 0; i < points.size(); i++) {
      int value = points.value(column, i);
      if (value == StoredPoints.ABSENT) {
        out.unsigned(0);
      } else {
        out.unsigned(VarintWriter.zigzag(value - before) + 1);
        before = value;
      }
    }
  }

  /** @throws IllegalArgumentException where these are no points of version 1 */
  static StoredPoints decode(byte[] packed) {
    VarintReader in = new VarintReader(Packing.unpack(packed));
    long count = in.unsigned();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("points: " + count + " of them cannot be in there");
    }
    long[] atMs = new long[(int) count];
    long at = 0;
    long step = 0;
    for (int i = 0; i < atMs.length; i++) {
      long next = in.signed() + step;
      at += next;
      atMs[i] = at;
      step = i == 0 ? 0 : next;
    }
    int[][] columns = new int[PointColumn.COUNT][];
    while (in.remaining() > 0) {
      long column = in.unsigned();
      if (column < 0 || column >= columns.length) {
        throw new IllegalArgumentException("points: no column " + column);
      }
      columns[(int) column] = read(in, atMs.length);
    }
    return new StoredPoints(atMs, columns);
  }

  private static int[] read(VarintReader in, int count) {
    int[] values = new int[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long code = in.unsigned();
      if (code == 0) {
        values[i] = StoredPoints.ABSENT;
      } else {
        before += VarintReader.unzigzag(code - 1);
        values[i] = (int) before;
      }
    }
    return values;
  }
}
