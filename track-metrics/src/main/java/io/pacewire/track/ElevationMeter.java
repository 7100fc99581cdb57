package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;

/**
 * Climbed and descended metres: altitude smoothed over some seconds, then counted from valley to
 * peak once it turned by more than a receiver wobbles.
 */
final class ElevationMeter {
  private static final double SMOOTHING_S = 4.5;
  private static final double TURN_M = 2;
  private static final double FORGET_AFTER_S = 60;

  /** Nobody falls or climbs faster; a receiver that finds its height does. */
  private static final double JUMP_M = 10;

  private static final double JUMP_MPS = 5;

  private double latestM = Double.NaN;
  private double smoothedM = Double.NaN;
  private double extremeM;
  private double referenceM;
  private int direction;
  private double ascentM;
  private double descentM;

  /** @param seconds since the altitude before */
  void add(double altitudeM, double seconds) {
    if (Math.abs(altitudeM - latestM) > JUMP_M + JUMP_MPS * seconds) {
      interrupt();
    }
    latestM = altitudeM;
    if (Double.isNaN(smoothedM) || seconds > FORGET_AFTER_S) {
      smoothedM = altitudeM;
      if (direction == 0) {
        extremeM = altitudeM;
        referenceM = altitudeM;
      }
    } else {
      smoothedM += (1 - StrictMath.exp(-seconds / SMOOTHING_S)) * (altitudeM - smoothedM);
    }
    turn();
  }

  /** After a pause the altitude begins anew: what was climbed meanwhile is not counted. */
  void interrupt() {
    settle();
    latestM = Double.NaN;
    smoothedM = Double.NaN;
    direction = 0;
  }

  private void turn() {
    if (direction == 0) {
      if (Math.abs(smoothedM - referenceM) >= TURN_M) {
        direction = smoothedM > referenceM ? 1 : -1;
        extremeM = smoothedM;
      }
    } else if ((smoothedM - extremeM) * direction > 0) {
      extremeM = smoothedM;
    } else if ((extremeM - smoothedM) * direction >= TURN_M) {
      settle();
      referenceM = extremeM;
      extremeM = smoothedM;
      direction = -direction;
    }
  }

  private void settle() {
    if (direction > 0) {
      ascentM += extremeM - referenceM;
    } else if (direction < 0) {
      descentM += referenceM - extremeM;
    }
    referenceM = extremeM;
  }

  /** With the slope that is being climbed. */
  double ascentM() {
    return ascentM + (direction > 0 ? extremeM - referenceM : 0);
  }

  /** NaN where it is not known. */
  double smoothedM() {
    return smoothedM;
  }

  double descentM() {
    return descentM + (direction < 0 ? referenceM - extremeM : 0);
  }

  void write(ByteBuffer out) {
    // As it came, in whole centimetres: dividing again gives the same bits.
    out.putInt(Double.isNaN(latestM) ? SampleBatch.ABSENT : (int) Math.round(latestM * Fix.CM_A_M))
        .putDouble(smoothedM)
        .putDouble(extremeM)
        .putDouble(referenceM)
        .put((byte) direction)
        .putDouble(ascentM)
        .putDouble(descentM);
  }

  void read(ByteBuffer in) {
    int latestCm = in.getInt();
    latestM = latestCm == SampleBatch.ABSENT ? Double.NaN : latestCm / Fix.CM_A_M;
    smoothedM = in.getDouble();
    extremeM = in.getDouble();
    referenceM = in.getDouble();
    direction = in.get();
    ascentM = in.getDouble();
    descentM = in.getDouble();
  }
}
