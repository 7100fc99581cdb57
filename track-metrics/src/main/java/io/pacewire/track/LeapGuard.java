package io.pacewire.track;

/**
 * How far a sensor's times have got, without those that leap: a time far ahead of all before it has
 * to come twice.
 */
final class LeapGuard {
  private long reachedMs;
  private boolean leapt;

  /** @param originMs when the recording began */
  LeapGuard(long originMs) {
    reachedMs = originMs;
  }

  /** The sensor's next time; false where it is not believed. */
  boolean believes(long epochMs) {
    long at = Lane.bounded(epochMs);
    leapt = !leapt && Lane.leaps(at, reachedMs);
    if (!leapt) {
      reachedMs = Math.max(reachedMs, at);
    }
    return !leapt;
  }
}
