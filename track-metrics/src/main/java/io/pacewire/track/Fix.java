package io.pacewire.track;

import io.pacewire.wire.SampleBatch;

/** The fix that is being looked at; one object for all of them. */
final class Fix {
  static final double E7 = 1e7;
  static final double CM_A_M = 100;

  /**
   * Where a device states none: a recorded file, whose positions the device filtered before. What is
   * left between neighbours is rounding; to filter again would cut corners and overshoot.
   */
  private static final double ASSUMED_SIGMA_M = 0.2;

  /** How far off such a position may be as a whole, and any other at least: the gate's measure. */
  private static final double LEAST_GATE_SIGMA_M = 5;

  /** No receiver in a phone or on a wrist is better, whatever it claims. */
  private static final double LEAST_SIGMA_M = 1;

  long atMs;
  /** Far ahead of the fix before and of the one after. */
  boolean aheadOfTime;

  double latitudeDeg;
  double longitudeDeg;
  /** NaN where the device states none. */
  double altitudeM;

  double sigmaM;
  /** Squared distance from where the filter expected it, in units of its variance. */
  double surprise;

  /** For the gate, which must not refuse what a receiver may honestly do. */
  double gateSigmaM() {
    return Math.max(LEAST_GATE_SIGMA_M, sigmaM);
  }

  void load(
      long epochMs,
      boolean isAhead,
      int latitudeE7,
      int longitudeE7,
      int altitudeCm,
      int accuracyCm) {
    atMs = epochMs;
    aheadOfTime = isAhead;
    latitudeDeg = latitudeE7 / E7;
    longitudeDeg = longitudeE7 / E7;
    altitudeM = altitudeCm == SampleBatch.ABSENT ? Double.NaN : altitudeCm / 100.0;
    sigmaM = accuracyCm == SampleBatch.ABSENT || accuracyCm <= 0
        ? ASSUMED_SIGMA_M
        : Math.max(LEAST_SIGMA_M, accuracyCm / 100.0);
    surprise = 0;
  }
}
