package io.pacewire.track;

import com.google.errorprone.annotations.Immutable;

/**
 * Beyond what a recording as a whole is doubted, by sport; {@link SportProfile} says the numbers and
 * where they come from. Immutable.
 */
@Immutable
public final class SuspicionLimits {
  /** Limits of speed are told for means over so many seconds. */
  private static final int[] WINDOW_S = {300, 1_200, 3_600};

  private final double fiveMinutesMps;
  private final double twentyMinutesMps;
  private final double hourMps;
  private final double longestStepM;
  private final boolean onTheSpot;

  private SuspicionLimits(
      double fiveMinutesMps,
      double twentyMinutesMps,
      double hourMps,
      double longestStepM,
      boolean onTheSpot) {
    this.fiveMinutesMps = fiveMinutesMps;
    this.twentyMinutesMps = twentyMinutesMps;
    this.hourMps = hourMps;
    this.longestStepM = longestStepM;
    this.onTheSpot = onTheSpot;
  }

  /** @param sport by the wire's name; an unknown one is {@code other} */
  public static SuspicionLimits of(String sport) {
    return SportProfile.of(sport).suspicion();
  }

  static SuspicionLimits onFoot(
      double fiveMinutesMps, double twentyMinutesMps, double hourMps, double longestStepM) {
    return new SuspicionLimits(fiveMinutesMps, twentyMinutesMps, hourMps, longestStepM, false);
  }

  static SuspicionLimits moving(double fiveMinutesMps, double twentyMinutesMps, double hourMps) {
    return onFoot(fiveMinutesMps, twentyMinutesMps, hourMps, Double.POSITIVE_INFINITY);
  }

  /** Where one may work hard on the spot, and nobody knows what moves one. */
  static SuspicionLimits none() {
    double none = Double.POSITIVE_INFINITY;
    return new SuspicionLimits(none, none, none, none, true);
  }

  /** Over how many durations speed is limited. */
  public static int windows() {
    return WINDOW_S.length;
  }

  /** The duration, seconds; ascending. */
  public static int windowS(int window) {
    return WINDOW_S[window];
  }

  /** No athlete has a faster mean over such a duration; infinite where anything goes. */
  public double fastestMps(int window) {
    switch (window) {
      case 0:
        return fiveMinutesMps;
      case 1:
        return twentyMinutesMps;
      default:
        return hourMps;
    }
  }

  /** The mean of a kilometre's steps is shorter; infinite where one does not go on foot. */
  public double longestStepM() {
    return longestStepM;
  }

  /** Whether one may work hard in one place. */
  public boolean isOnTheSpot() {
    return onTheSpot;
  }
}
