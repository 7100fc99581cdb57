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

  /** A receiver that states more says itself that it hardly knows, metres. */
  static final double COARSE_M = 60;

  /**
   * Phones state a radius that holds 68 of 100 fixes. Where both axes err alike, it is so many sigmas
   * of one of them: the root of -2 ln 0.32.
   */
  private static final double SIGMAS_IN_ACCURACY = 1.51;

  long atMs;
  /** How far ahead of the fix before, where its time was wrong; 0 otherwise. */
  long aheadMs;

  double latitudeDeg;
  double longitudeDeg;
  /** NaN where the device states none. */
  double altitudeM;

  int altitudeCm;
  int verticalAccuracyCm;

  /**
   * One sigma; 0 where the device states no error at all. Where it states one of the position only, the
   * height errs by that, if not by more: no satellite is below.
   */
  double altitudeSigmaM;

  /** Radius that holds 68 of 100, as the device states it; 0 where it states none. */
  int accuracyCm;

  /** Of one axis. */
  double sigmaM;
  /** Squared distance from where the filter expected it, in units of its variance. */
  double surprise;

  /** Whether it is judged by the fix after it, as it was doubtful. */
  boolean waited;

  boolean hasAltitude() {
    return altitudeCm != SampleBatch.ABSENT;
  }

  /** For the gate, which must not refuse what a receiver may honestly do. */
  double gateSigmaM() {
    return Math.max(LEAST_GATE_SIGMA_M, sigmaM);
  }

  void load(
      long epochMs,
      long aheadMs,
      int latitudeE7,
      int longitudeE7,
      int altitudeCm,
      int accuracyCm,
      int verticalAccuracyCm) {
    atMs = epochMs;
    this.aheadMs = aheadMs;
    latitudeDeg = latitudeE7 / E7;
    longitudeDeg = longitudeE7 / E7;
    this.altitudeCm = altitudeCm;
    this.verticalAccuracyCm = Math.max(0, verticalAccuracyCm);
    altitudeM = hasAltitude() ? altitudeCm / CM_A_M : Double.NaN;
    this.accuracyCm = Math.max(0, accuracyCm);
    int heightCm = this.verticalAccuracyCm > 0 ? this.verticalAccuracyCm : this.accuracyCm;
    altitudeSigmaM = heightCm / CM_A_M;
    sigmaM = sigmaM(this.accuracyCm);
    surprise = 0;
    waited = false;
  }

  boolean isCoarse() {
    return accuracyCm > COARSE_M * CM_A_M;
  }

  /** Of one axis, by a stated accuracy. */
  static double sigmaM(int accuracyCm) {
    return accuracyCm == 0
        ? ASSUMED_SIGMA_M
        : Math.max(LEAST_SIGMA_M, accuracyCm / CM_A_M / SIGMAS_IN_ACCURACY);
  }
}
