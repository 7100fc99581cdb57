package io.pacewire.launcher.replay;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs faster than life and meets it at the end of a replay. */
final class ScaledClock extends Clock {
  private final Clock real;
  private final double speed;
  private final long endAtMs;

  /** @param durationMs of what is replayed, by this clock */
  ScaledClock(Clock real, double speed, long durationMs) {
    this.real = real;
    this.speed = speed;
    this.endAtMs = real.millis() + Math.round(durationMs / speed);
  }

  @Override
  public long millis() {
    long now = real.millis();
    return now >= endAtMs ? now : endAtMs - Math.round((endAtMs - now) * speed);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
