package io.pacewire.track.geo;

import org.jspecify.annotations.Nullable;

/**
 * The passages of an edge to its other side, until it is clear that somebody is there: by a fix well
 * past it, or by staying there. Times are those of fixes, epoch milliseconds, and rise.
 */
final class EdgePassages {
  /** Errors of receivers last for half a minute and more, so a shorter stay says nothing. */
  static final long STAY_MS = 120_000;

  private static final double STAY_SIGMAS = 1.5;
  private static final double END_SIGMAS = 0.5;

  private @Nullable Crossing first;
  private @Nullable Crossing last;
  private double sinceFirstM;
  private double sinceFirstSigmaM;
  private double fromFirstToLastM;
  private boolean begun;
  private long thereSinceMs;
  private double stayM;
  private double staySigmaM;

  void over(Crossing crossing) {
    if (first == null) {
      first = crossing;
      sinceFirstM = 0;
      sinceFirstSigmaM = 0;
    }
    last = crossing;
    fromFirstToLastM = sinceFirstM;
    beginStay(crossing.atEpochMs());
  }

  /** Is for sure on this side, or passed the edge where that does not count. */
  void forget() {
    first = null;
    last = null;
  }

  /** Whether who is so far past the edge (negative: not) has been there long enough to be there. */
  boolean stays(long atMs, double pastM, double sigmaM) {
    sinceFirstM += pastM;
    sinceFirstSigmaM += sigmaM;
    if (pastM <= 0 || !begun) {
      beginStay(atMs);
      return false;
    }
    stayM += pastM;
    staySigmaM += sigmaM;
    return atMs - thereSinceMs >= STAY_MS && stayM >= STAY_SIGMAS * staySigmaM;
  }

  /**
   * Whether who passed the edge and did not go on is past it: all fixes since are, half a sigma in the
   * mean. Who stopped on the near side has as many there.
   */
  boolean endsThere() {
    return first != null && sinceFirstM > 0 && sinceFirstM >= END_SIGMAS * sinceFirstSigmaM;
  }

  private void beginStay(long atMs) {
    begun = true;
    thereSinceMs = atMs;
    stayM = 0;
    staySigmaM = 0;
  }

  /**
   * The passage that took somebody over who is there for good; null where none counts. Of several it is
   * the first where they stood past the edge between them, as at a finish, else the last, as at a start.
   * Noise may have it the other way, so its uncertainty has the time between them in it.
   */
  @Nullable
  Crossing taken() {
    if (first == null || last == null) {
      return null;
    }
    Crossing taken = fromFirstToLastM > 0 ? first : last;
    return taken.within(last.atEpochMs() - first.atEpochMs());
  }
}
