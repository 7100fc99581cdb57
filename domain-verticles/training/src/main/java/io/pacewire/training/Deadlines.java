package io.pacewire.training;

import java.time.Duration;

/**
 * Until when a session may have been silent. Counted on the time of what has been consumed, not on a
 * wall clock, and only on what went by without standing still: an hour in which nothing could arrive
 * ends nobody's run.
 *
 * @param silentBeforeMs nobody finished it: it is closed
 * @param finishedBeforeMs its device finished it, but batches are missing: they are given up
 * @param revisedBeforeMs its training is written, and batches came since: they are taken in
 * @param sealedBeforeMs its training is written, and nothing came since: its chunks are sealed
 * @param wantedBeforeMs batches came since and do not cease to come: they are taken in all the same
 */
record Deadlines(
    long silentBeforeMs,
    long finishedBeforeMs,
    long revisedBeforeMs,
    long sealedBeforeMs,
    long wantedBeforeMs) {
  /** So many waits long more may come before what came is taken in. */
  private static final int LONGEST_WAITS = 10;

  /** Nothing was received before. */
  private static final long NEVER = 0;

  /** @param sinceMs when the time began to go: whoever waits has waited since then at most */
  static Deadlines at(long consumedMs, long sinceMs, SessionWaits waits) {
    return new Deadlines(
        before(consumedMs, sinceMs, waits.silence()),
        before(consumedMs, sinceMs, waits.missing()),
        before(consumedMs, sinceMs, waits.revision()),
        before(consumedMs, sinceMs, waits.sealing()),
        before(consumedMs, sinceMs, waits.revision().multipliedBy(LONGEST_WAITS)));
  }

  private static long before(long consumedMs, long sinceMs, Duration wait) {
    long due = consumedMs - wait.toMillis();
    return due >= sinceMs ? due : NEVER;
  }
}
