package io.pacewire.track;

/** A lane of samples, which are measured by the minute at least, unlike marks. */
interface SensorLane extends Lane {
  /**
   * Looks at what a batch brought.
   *
   * @param originMs when the recording began
   */
  void open(long originMs);

  /**
   * Nothing will follow. What nothing confirms is taken all the same.
   *
   * @param untilMs but not where it is later
   */
  void close(long untilMs);

  /** Whether the batch has anything of the sensor. */
  boolean spoke();
}
