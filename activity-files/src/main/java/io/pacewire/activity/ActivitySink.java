package io.pacewire.activity;

/**
 * Takes what a file holds, in the order of the file. Times are epoch milliseconds. Methods that a
 * caller has no use for do nothing.
 */
public interface ActivitySink {
  /** Sport by the wire's names: run, ride, walk, …, other. May come again within a file. */
  default void sport(String sport) {}

  default void device(String name) {}

  void sample(ActivitySample sample);

  /** The athlete, or the device by itself, stopped the timer. */
  default void pause(long atEpochMs) {}

  default void resume(long atEpochMs) {}

  /** A lap of the device ends here. */
  default void lap(long atEpochMs) {}

  /** The device's own totals; NaN where it gave none. For comparison, never an input. */
  default void deviceTotals(double distanceM, double timerS, double ascentM) {}

  /** Something that is wrong with the file and was read all the same. */
  default void warning(String text) {}
}
