package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * What kind of error a receiver's fixes have. A radius that is stated says how far they are off, not how:
 * most of it drifts over tens of seconds, and the way from one fix to the next is far more certain
 * than either. So fixes are compared with where the two before them lead (a second difference, in which a
 * steady pace cancels out). If the stated error drifts with {@value #MEMORY_S} s of memory (a common
 * size for the correlation time of code ranging in the open, which multipath and the receiver's own
 * smoothing set) and steps of variance d lie between fixes, it has 2 d along each axis; an error that is
 * another one with each fix, of variance w, has 6 w. What is seen is taken for drift up to the first,
 * and only beyond that for the second. Metres and seconds.
 */
final class FixJitter {
  static final double MEMORY_S = 20;

  /** Fixes. */
  private static final double MEAN_OVER = 30;

  /** A sharp corner, or a jump that was taken, must not fill the mean: in what would be seen of white error. */
  private static final double MOST_OF_WHITE = 2;

  /** One sigma of errors that change with each fix, from which on fixes are followed half. */
  private static final double HALF_FOLLOWED_M = 1;

  private static final double CM_A_M = 100;
  private static final double MM_A_M = 1_000;

  /** Of the way between the two fixes before, in whole cm/s; {@link Short#MIN_VALUE} where there are none. */
  private short eastCms = Short.MIN_VALUE;

  private short northCms;
  /** Root of the mean square of what is seen, in mm; negative while nothing was. */
  private short meanMm = -1;

  /** A line begins anew. */
  void interrupt() {
    eastCms = Short.MIN_VALUE;
  }

  /**
   * The way from the fix before.
   *
   * @param statedM2 by {@link #statedM2}
   */
  void went(double eastM, double northM, double seconds, double sigmaM, double statedM2) {
    if (meanMm < 0) {
      mean(statedM2);
    }
    if (eastCms != Short.MIN_VALUE) {
      double east = eastM - eastCms / CM_A_M * seconds;
      double north = northM - northCms / CM_A_M * seconds;
      double most = MOST_OF_WHITE * 12 * sigmaM * sigmaM;
      double seen = Math.min(most, east * east + north * north);
      mean(meanM2() + (seen - meanM2()) / MEAN_OVER);
    }
    eastCms = cms(eastM / seconds);
    northCms = cms(northM / seconds);
  }

  private void mean(double squareM2) {
    meanMm = (short) Math.min(Short.MAX_VALUE, Math.round(Math.sqrt(squareM2) * MM_A_M));
  }

  private double meanM2() {
    double root = Math.max(0, meanMm) / MM_A_M;
    return root * root;
  }

  private static short cms(double mps) {
    return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, Math.round(mps * CM_A_M)));
  }

  /** What is seen of a stated error that drifts, with so much time between fixes, both axes together. */
  static double statedM2(double sigmaM, double intervalS) {
    return 8 * sigmaM * sigmaM * moved(intervalS);
  }

  /**
   * The part of an error that is another one after so long: 1 - exp(-t / memory), by the first terms of the
   * series, which is within 0.012 of it and costs a tenth.
   */
  static double moved(double seconds) {
    double t = seconds / MEMORY_S;
    return 1 - 1 / (1 + t * (1 + t / 2 * (1 + t / 3 * (1 + t / 4))));
  }

  /** Variance of the drifting error along one axis: what is stated, or less where less is seen. */
  double driftM2(double sigmaM, double statedM2) {
    return sigmaM * sigmaM * Math.min(1, meanM2() / statedM2);
  }

  /** The share of the way from the filtered position to the fix that is believed. */
  double followed(double statedM2) {
    double beyond = meanM2() - statedM2;
    if (beyond <= 0) {
      return 1;
    }
    double white = beyond / 12 / (HALF_FOLLOWED_M * HALF_FOLLOWED_M);
    return 1 / (1 + white * white);
  }

  void write(ByteBuffer out) {
    out.putShort(eastCms).putShort(northCms).putShort(meanMm);
  }

  void read(ByteBuffer in) {
    eastCms = in.getShort();
    northCms = in.getShort();
    meanMm = in.getShort();
  }
}
