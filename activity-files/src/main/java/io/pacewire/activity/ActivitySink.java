package io.pacewire.activity;

/**
 * Takes what a file holds, in the order of the file. Times are epoch milliseconds and, like the file,
 * need not ascend. Methods that a caller has no use for do nothing.
 *
 * <p>A file may hold several activities (chained FIT, several of TCX): each is between a {@link
 * #begin} and an {@link #end}. What a sink throws ends the reading and reaches the caller as it is.
 */
public interface ActivitySink {
  /** An activity begins. */
  default void begin(ActivityFormat format) {}

  /**
   * Sport by the wire's names: run, ride, walk, …, other. Told as soon as the file says it, which FIT
   * often does at its end, and again where it changes; {@link #leg} says which time it holds for.
   */
  default void sport(String sport) {}

  /** What recorded. Told again where the file knows better later. */
  default void device(String name) {}

  /**
   * The file says that such a sensor was connected, at its beginning or as late as its end. Whether
   * the speeds are the sensor's depends on the sport, and on the device.
   */
  default void speedSensor(SpeedSensor sensor) {}

  /** How far local time was ahead of UTC, where the file says so. */
  default void utcOffset(int offsetS) {}

  /** The timer started for the first time; samples may have come before. Not every file says so. */
  default void start(long atEpochMs) {}

  void sample(ActivitySample sample);

  /** Times between heartbeats, measured up to about this moment, in order. */
  default void beats(long atEpochMs, int[] rrMs) {}

  /**
   * The timer stopped, by itself or by the athlete. One that nothing resumes is the activity's end.
   * The time is the event's own; a sample next to it may be older or newer.
   */
  default void pause(long atEpochMs) {}

  default void resume(long atEpochMs) {}

  /** A lap ends here. */
  default void lap(long atEpochMs) {}

  /** The device's own figures of a lap, right after its mark. For comparison, never an input. */
  default void deviceLap(DeviceLap lap) {}

  /** A stretch of one sport with the device's own totals, told when it is over. */
  default void leg(ActivityLeg leg) {}

  /** Something that is wrong with the file and was read all the same. */
  default void warning(ActivityWarning warning) {}

  /** The activity is over. */
  default void end() {}
}
