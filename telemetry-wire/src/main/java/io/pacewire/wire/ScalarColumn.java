package io.pacewire.wire;

/** Samples of a sensor with one value; the batch's method that returns the column says the unit. */
public final class ScalarColumn {
  private final Column column;

  ScalarColumn(String name) {
    column = new Column(name, 1, name + ".value");
  }

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

  public int value(int index) {
    return column.series(0).get(index);
  }

  public void add(long atEpochMs, long monotonicMs, int value) {
    column.clock().add(atEpochMs, monotonicMs);
    column.series(0).add(value);
  }

  Column column() {
    return column;
  }
}
