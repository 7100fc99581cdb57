package io.pacewire.ingest;

import java.util.concurrent.ThreadLocalRandom;

/** How long a connection waits before it tries again what failed. */
final class RetryPause {
  private static final long FIRST_MS = 2_000;
  private static final int MOST_DOUBLED = 5;

  private RetryPause() {}

  /**
   * Longer each time, up to a minute, and not the same for all who wait.
   *
   * @param tries that failed so far, from 1
   */
  static long ms(int tries) {
    long longestMs = FIRST_MS << Math.min(MOST_DOUBLED, tries - 1);
    return ThreadLocalRandom.current().nextLong(longestMs / 2, longestMs + 1);
  }
}
