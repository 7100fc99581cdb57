package io.pacewire.activity;

/** Passes on, and counts the activities. */
final class CountedActivities extends ForwardingSink {
  private int count;

  CountedActivities(ActivitySink sink) {
    super(sink);
  }

  int count() {
    return count;
  }

  @Override
  public void begin(ActivityFormat format) {
    count++;
    super.begin(format);
  }
}
