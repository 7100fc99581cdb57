package io.pacewire.track;

/**
 * One kilometre, or mile, or the begun one at the end: metres, seconds, times in epoch milliseconds.
 * Splits sum to the distance exactly. Immutable.
 */
public final class Split {
  private final int index;
  private final double distanceM;
  private final double timerS;
  private final double averageHeartRateBpm;
  private final double ascentM;
  private final long endAtEpochMs;
  private final boolean partial;

  /** Of any length; a partial one is the begun one at the end. */
  public Split(
      int index,
      double distanceM,
      double timerS,
      double averageHeartRateBpm,
      double ascentM,
      long endAtEpochMs,
      boolean partial) {
    this.index = index;
    this.distanceM = distanceM;
    this.timerS = timerS;
    this.averageHeartRateBpm = averageHeartRateBpm;
    this.ascentM = ascentM;
    this.endAtEpochMs = endAtEpochMs;
    this.partial = partial;
  }

  /** 1 for the first kilometre. */
  public int index() {
    return index;
  }

  /** Metres: the whole length, but for a begun one. */
  public double distanceM() {
    return distanceM;
  }

  /** Time on the timer, its ends interpolated between fixes. */
  public double timerS() {
    return timerS;
  }

  /** NaN where nothing was covered. */
  public double paceSPerKm() {
    return distanceM > 0 ? timerS / distanceM * 1_000 : Double.NaN;
  }

  /** 0 where there was none. */
  public double averageHeartRateBpm() {
    return averageHeartRateBpm;
  }

  /** Metres climbed within it; 0 or more. */
  public double ascentM() {
    return ascentM;
  }

  /** When its end was passed, interpolated between fixes. */
  public long endAtEpochMs() {
    return endAtEpochMs;
  }

  /** Whether it is the begun one. */
  public boolean partial() {
    return partial;
  }
}
