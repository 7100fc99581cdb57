package io.pacewire.track;

import java.nio.ByteBuffer;

/** What the way costs on foot by its grade, which is taken over some metres at a time. */
final class GradeMeter {
  /** Shorter, and the wobble of an altitude would be a slope. */
  private static final double STRETCH_M = 30;

  private long fromUm;
  private float fromM = Float.NaN;
  private float grade;
  private double costJPerKg;

  /**
   * @param altitudeM smoothed; NaN where there is none, which is taken as flat
   * @param leastM more of the way than usual, as the altitude errs
   */
  void reach(long distanceUm, double altitudeM, double leastM, Gait gait) {
    if (Float.isNaN(fromM) && !Double.isNaN(altitudeM)) {
      interrupt(distanceUm, gait); // flat up to where the altitude is known
      fromM = (float) altitudeM;
      return;
    }
    long um = distanceUm - fromUm;
    if (um >= (STRETCH_M + leastM) * 1e6) {
      double rise = altitudeM - fromM;
      grade = Double.isNaN(rise) ? 0 : (float) (rise / (um / 1e6));
      costJPerKg += gait.costJPerKgM(grade) * (um / 1e6);
      fromUm = distanceUm;
      fromM = (float) altitudeM;
    }
  }

  /** The altitude begins anew. */
  void interrupt(long distanceUm, Gait gait) {
    costJPerKg = costJPerKg(distanceUm, gait);
    fromUm = distanceUm;
    fromM = Float.NaN;
    grade = 0;
  }

  /** All of it, the begun stretch as steep as the one before. */
  double costJPerKg(long distanceUm, Gait gait) {
    return costJPerKg + gait.costJPerKgM(grade) * ((distanceUm - fromUm) / 1e6);
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, fromUm);
    out.putFloat(fromM).putFloat(grade).putDouble(costJPerKg);
  }

  void read(ByteBuffer in) {
    fromUm = StateBytes.get48(in);
    fromM = in.getFloat();
    grade = in.getFloat();
    costJPerKg = in.getDouble();
  }
}
