package io.pacewire.wire;

/**
 * Acceleration along the device's axes, gravity included, in thousandths of standard gravity.
 */
public final class AccelColumn {
  private final Column column =
      new Column("accels", 3, "accels.x_mg", "accels.y_mg", "accels.z_mg");
  private float[] lengthsMg = {};

  /** Samples in the column. */
  public int size() {
    return column.size();
  }

  /** When the sample was taken, by the device's wall clock. */
  public long atEpochMs(int index) {
    return column.clock().atEpochMs(index);
  }

  /** The same by its monotonic clock, whose zero is the device's own. */
  public long monotonicMs(int index) {
    return column.clock().monotonicMs(index);
  }

  /** Along the x axis. */
  public int xMg(int index) {
    return column.series(0).get(index);
  }

  /** Along the y axis. */
  public int yMg(int index) {
    return column.series(1).get(index);
  }

  /** Along the z axis. */
  public int zMg(int index) {
    return column.series(2).get(index);
  }

  /**
   * How strong the acceleration was, whatever its direction: the length of each sample's vector, in
   * thousandths of standard gravity. All at once, since sample by sample it costs twice as much.
   *
   * @param mostMg a component beyond that, either way, counts as that much; 0 to 32,000,000
   * @return by sample; the column's own array, which may be longer and holds until the next call
   */
  public float[] lengthsMg(int mostMg) {
    int size = size();
    if (lengthsMg.length < size) {
      lengthsMg = new float[size];
    }
    column.series(0).lengths(column.series(1), column.series(2), mostMg, size, lengthsMg);
    return lengthsMg;
  }

  /** Appends a sample; {@link SampleBatch#ABSENT} stands for an optional value it lacks. */
  public void add(long atEpochMs, long monotonicMs, int xMg, int yMg, int zMg) {
    column.clock().add(atEpochMs, monotonicMs);
    column.series(0).add(xMg);
    column.series(1).add(yMg);
    column.series(2).add(zMg);
  }

  Column column() {
    return column;
  }
}
