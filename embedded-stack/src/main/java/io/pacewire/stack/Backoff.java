package io.pacewire.stack;

import java.time.Duration;

/** How long to wait before a dead server is launched again: at once almost, then twice as long each time. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 10;

  private Backoff() {}

  static Duration after(int deathsInARow) {
    Duration delay = FIRST.multipliedBy(1L << Math.min(deathsInARow - 1, DOUBLINGS));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
