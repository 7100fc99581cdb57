package io.pacewire.training.imports;

/** How long it is waited between two looks, ever longer while nothing happens. Pure. */
final class LookPace {
  private static final long FIRST_MS = 50;
  private static final long LONGEST_MS = 1_000;

  /** Live data go first, and may lag for long; but others wait for the thread. */
  static final long MOST_MS = 3_600_000;

  private long waitMs = FIRST_MS;
  private long stillMs;

  /** Whether nothing has happened for a while. */
  boolean isSlow() {
    return waitMs == LONGEST_MS;
  }

  /**
   * The next wait.
   *
   * @param something has happened since the last one
   * @throws IllegalStateException where nothing has for an hour of waiting
   */
  long nextMs(boolean something) {
    waitMs = something ? FIRST_MS : Math.min(LONGEST_MS, 2 * waitMs);
    stillMs = something ? 0 : stillMs + waitMs;
    if (stillMs > MOST_MS) {
      throw new IllegalStateException("nothing came of what was sent");
    }
    return waitMs;
  }
}
