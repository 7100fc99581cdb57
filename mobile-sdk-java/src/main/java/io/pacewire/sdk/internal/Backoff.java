package io.pacewire.sdk.internal;

import java.util.Random;

/**
 * Exponential backoff with full jitter: a city of phones that lost one server must not come back in
 * one second.
 */
final class Backoff {
  private final long baseMs;
  private final long capMs;
  private final Random random;
  private int attempt;

  Backoff(long baseMs, long capMs, Random random) {
    this.baseMs = baseMs;
    this.capMs = capMs;
    this.random = random;
  }

  /**
   * How long to wait before the next try: anything from 0 to the present ceiling, which doubles
   * each time.
   */
  long nextMs() {
    long ceiling = Math.min(capMs, baseMs << Math.min(attempt, 20));
    attempt++;
    return (long) (random.nextDouble() * ceiling);
  }

  void reset() {
    attempt = 0;
  }
}
