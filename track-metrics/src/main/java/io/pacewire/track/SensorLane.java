package io.pacewire.track;

/** A lane of samples, which are measured by the minute at least, unlike marks. */
interface SensorLane extends Lane {
  /**
   * Looks at what a batch brought.
   *
   * @param startMs of the start mark; {@link #BEFORE_ALL} where none is known
   */
  void open(long startMs);

  /** All lanes were opened; so far has any sensor got. */
  void reach(long tailMs);

  /**
   * Nothing will follow. What nothing confirms is taken all the same.
   *
   * @param untilMs but not where it is later
   */
  void close(long untilMs);

  /** Whether the batch has anything of the sensor. */
  boolean spoke();
}
