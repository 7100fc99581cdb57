package io.pacewire.track;

/**
 * What lies between two lap marks, or before the first and after the last: metres, seconds, times in
 * epoch milliseconds. They sum to
 * the distance and the timer but for less than a metre and three seconds after the last mark, and for
 * what a mark before the start had on the stopwatch. Immutable.
 */
public final class Lap {
  private final int index;
  private final double distanceM;
  private final double timerS;
  private final long endAtEpochMs;

  Lap(int index, double distanceM, double timerS, long endAtEpochMs) {
    this.index = index;
    this.distanceM = distanceM;
    this.timerS = timerS;
    this.endAtEpochMs = endAtEpochMs;
  }

  /** 1 for the first. */
  public int index() {
    return index;
  }

  /** Metres, interpolated between the fixes on both sides of the marks; 0 or more. */
  public double distanceM() {
    return distanceM;
  }

  /** Seconds of the stopwatch, without pauses. */
  public double timerS() {
    return timerS;
  }

  /** When the mark was made, or the recording ended. */
  public long endAtEpochMs() {
    return endAtEpochMs;
  }
}
