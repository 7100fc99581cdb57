package io.pacewire.activity;

/** One format: what it makes of activities, which {@link ActivityWriter} gives it in due order. */
interface FormatWriter extends ActivitySink, AutoCloseable {
  /** An activity begins; {@link #end} follows. */
  void begin(ActivityOutline outline);

  /** No further activity follows; there may have been none. */
  void finish();

  /** Lets go of what it holds, finished or not. */
  @Override
  default void close() {}
}
