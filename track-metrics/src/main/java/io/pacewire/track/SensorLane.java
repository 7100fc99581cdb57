package io.pacewire.track;

/** A lane of samples, which are measured by the minute at least, unlike marks. */
interface SensorLane extends Lane {
  /**
   * Looks at what a batch brought.
   *
   * @param originMs when the recording began, which the sensor's first time is compared with
   */
  void open(long originMs);

  /** Whether the batch has anything of the sensor. */
  boolean spoke();
}
