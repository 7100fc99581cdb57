package io.pacewire.track.pass;

/** The fastest stretch of a length within a training: metres, seconds, epoch milliseconds. Immutable. */
public final class BestEffort {
  private final double lengthM;
  private final double elapsedS;
  private final double fromM;
  private final double fromEpochMs;
  private final boolean estimated;

  BestEffort(double lengthM, double elapsedS, double fromM, double fromEpochMs, boolean estimated) {
    this.lengthM = lengthM;
    this.elapsedS = elapsedS;
    this.fromM = fromM;
    this.fromEpochMs = fromEpochMs;
    this.estimated = estimated;
  }

  /** What was asked for: 400 m to a marathon's 42,195 m. */
  public double lengthM() {
    return lengthM;
  }

  /** By the clock on the wall, as a race is timed: a pause within it counts. */
  public double elapsedS() {
    return elapsedS;
  }

  /** Where it begins, in metres of the training's distance. */
  public double fromM() {
    return fromM;
  }

  /** When it begins; between two fixes, so with a fraction of a millisecond. */
  public double fromEpochMs() {
    return fromEpochMs;
  }

  /**
   * Whether more than a twentieth of it goes across missing fixes, as of every stretch of the length
   * then.
   */
  public boolean isEstimated() {
    return estimated;
  }
}
