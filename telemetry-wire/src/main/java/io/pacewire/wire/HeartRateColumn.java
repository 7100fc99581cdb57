package io.pacewire.wire;

/**
 * Heart rate of a strap, a watch or a phone.
 */
public final class HeartRateColumn {
  private final Column column =
      new Column("heart_rates", 1, "heart_rates.bpm", "heart_rates.contact");

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

  /** Beats a minute; 0 where nothing was felt. */
  public int bpm(int index) {
    return column.series(0).get(index);
  }

  /** 0 no skin contact, 1 contact, absent where the sensor does not tell. */
  public int contact(int index) {
    return column.series(1).get(index);
  }

  /** Appends a sample; {@link SampleBatch#ABSENT} stands for an optional value it lacks. */
  public void add(long atEpochMs, long monotonicMs, int bpm, int contact) {
    column.clock().add(atEpochMs, monotonicMs);
    column.series(0).add(bpm);
    column.series(1).add(contact);
  }

  Column column() {
    return column;
  }
}
