package io.pacewire.training;

/**
 * Until when a session may have been silent. Counted on the time of what has been consumed, not on a
 * wall clock: an hour in which nothing could arrive ends nobody's run.
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

  static Deadlines at(long consumedMs, SessionWaits waits) {
    return new Deadlines(
        consumedMs - waits.silence().toMillis(),
        consumedMs - waits.missing().toMillis(),
        consumedMs - waits.revision().toMillis(),
        consumedMs - waits.sealing().toMillis(),
        consumedMs - LONGEST_WAITS * waits.revision().toMillis());
  }
}
