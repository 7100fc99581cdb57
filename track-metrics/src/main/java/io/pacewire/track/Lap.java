package io.pacewire.track;

/** What lies between two lap marks, or before the first and after the last. Immutable. */
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

  public double distanceM() {
    return distanceM;
  }

  public double timerS() {
    return timerS;
  }

  public long endAtEpochMs() {
    return endAtEpochMs;
  }
}
