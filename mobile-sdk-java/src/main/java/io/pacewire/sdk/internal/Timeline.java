package io.pacewire.sdk.internal;

import io.pacewire.sdk.MonotonicClock;
import java.time.Clock;

/**
 * The device's two clocks. A sample has a time of day and a monotonic time; the second follows from
 * the first by an offset that moves only when the clocks really drift apart, so that it costs no
 * bytes while they do not.
 */
public final class Timeline {
  private static final long TOLERANCE_MS = 20;

  private final Clock wall;
  private final MonotonicClock monotonic;
  private long offsetMs;

  public Timeline(Clock wall, MonotonicClock monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.offsetMs = monotonic.elapsedMs() - wall.millis();
  }

  public long nowEpochMs() {
    return wall.millis();
  }

  synchronized long monotonicMs(long atEpochMs) {
    long offset = monotonic.elapsedMs() - wall.millis();
    if (Math.abs(offset - offsetMs) > TOLERANCE_MS) {
      offsetMs = offset;
    }
    return atEpochMs + offsetMs;
  }
}
