package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;

/**
 * Climbed and descended metres: altitude smoothed over some metres of the way, since a slope has a
 * length and no duration, then counted from valley to peak once it turned by more than it wobbles.
 * A barometer is believed before a receiver, whose height errs by metres and drifts over a minute: it is
 * smoothed over more of the way, and has to turn by more, the more it may err. Small hills are lost by
 * that, and flat ground stays flat (docs/adr/0033). A barometer's altitude is that of the standard
 * atmosphere (ISO 2533): only differences are used.
 */
final class ElevationMeter {
  private static final double SMOOTHING_M = 18;

  /** And who stands is where he is, however the sensor trembles. */
  private static final double SMOOTHING_S = 30;

  /** Of a barometer, and of recorded files, most of which have one. */
  private static final double TURN_M = 1.9;

  /** Of a receiver's height, in sigmas of its error. */
  private static final double TURN_SIGMAS = 2;

  /** And so much more smoothing for a metre of that. */
  private static final double SMOOTHING_A_SIGMA = 10;

  /** A slope is taken over so much more of the way for a metre of it. */
  private static final double SLOPE_A_SIGMA = 20;

  private static final double FORGET_AFTER_S = 60;

  /** Added to the direction's byte. */
  private static final int RESTING = 8;

  /** Nobody falls or climbs faster; a receiver that finds its height does. */
  private static final double JUMP_M = 10;

  private static final double JUMP_MPS = 5;

  /** ISO 2533: sea level, and the exponents of its lowest layer. */
  private static final double SEA_LEVEL_PA = 101_325;

  private static final double LAYER_M = 44_330.77;
  private static final double EXPONENT = 0.190263;

  private long pressureAtMs = StateBytes.NONE;
  private double latestM = Double.NaN;
  /** Single precision is half a millimetre on the highest peak. */
  private float smoothedM = Float.NaN;

  private float extremeM;
  private float referenceM;
  private int direction;
  private boolean resting;
  private double ascentM;
  private double descentM;

  /**
   * The air weighs so much.
   *
   * @return whether the altitude begins anew
   */
  boolean pressure(int pa, long atMs, double speedMps) {
    boolean known = isWeighedAt(atMs);
    boolean paused = resting && pressureAtMs != StateBytes.NONE; // then the height will tell
    if (!known && !paused) {
      interrupt(); // the receiver's height, or one of other weather
    }
    double seconds = known ? Math.max(0, (atMs - pressureAtMs) / 1e3) : 0;
    double altitudeM = LAYER_M * (1 - StrictMath.pow(pa / SEA_LEVEL_PA, EXPONENT));
    pressureAtMs = atMs;
    return add(Math.round(altitudeM * Fix.CM_A_M) / Fix.CM_A_M, speedMps * seconds, seconds, 0);
  }

  /**
   * The receiver's height, which is not taken beside a barometer.
   *
   * @return whether the altitude begins anew
   */
  boolean fix(Fix fix, double metres, double seconds) {
    return !Double.isNaN(fix.altitudeM)
        && !isWeighedAt(fix.atMs)
        && add(fix.altitudeM, metres, seconds, fix.altitudeSigmaM);
  }

  /** A slope over less of the way than that says more of this fix's error than of the ground. */
  double slopeM(Fix fix) {
    return isWeighedAt(fix.atMs) ? 0 : SLOPE_A_SIGMA * fix.altitudeSigmaM;
  }

  private boolean isWeighedAt(long atMs) {
    return pressureAtMs != StateBytes.NONE && (atMs - pressureAtMs) / 1e3 <= FORGET_AFTER_S;
  }

  /** So far and so long after the altitude before, with an error of one sigma. */
  private boolean add(double altitudeM, double metres, double seconds, double sigmaM) {
    double turnM = Math.max(TURN_M, TURN_SIGMAS * sigmaM);
    double most = resting ? turnM : JUMP_M + JUMP_MPS * seconds;
    if (Math.abs(altitudeM - latestM) > most) {
      interrupt();
    }
    resting = false;
    latestM = altitudeM;
    boolean begins = Float.isNaN(smoothedM);
    if (begins || seconds > FORGET_AFTER_S) {
      smoothedM = (float) altitudeM;
      if (direction == 0) {
        extremeM = smoothedM;
        referenceM = smoothedM;
      }
    } else {
      double more = SMOOTHING_A_SIGMA * sigmaM;
      double passed = metres / (SMOOTHING_M + more) + seconds / (SMOOTHING_S + more);
      smoothedM = (float) (smoothedM + (1 - StrictMath.exp(-passed)) * (altitudeM - smoothedM));
    }
    turn(turnM);
    return begins;
  }

  /**
   * The stopwatch stops or starts. Where it goes on at the same height, as at a red light, the climb
   * goes on; elsewhere it begins anew, since what was climbed meanwhile is not counted.
   */
  void pause() {
    resting = true;
  }

  private void interrupt() {
    resting = false;
    settle();
    latestM = Double.NaN;
    smoothedM = Float.NaN;
    direction = 0;
  }

  private void turn(double turnM) {
    if (direction == 0) {
      if (Math.abs(smoothedM - referenceM) >= turnM) {
        direction = smoothedM > referenceM ? 1 : -1;
        extremeM = smoothedM;
      }
    } else if ((smoothedM - extremeM) * direction > 0) {
      extremeM = smoothedM;
    } else if ((extremeM - smoothedM) * direction >= turnM) {
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
    StateBytes.put48(out, pressureAtMs);
    // As it came, in whole centimetres: dividing again gives the same bits.
    out.putInt(Double.isNaN(latestM) ? SampleBatch.ABSENT : (int) Math.round(latestM * Fix.CM_A_M))
        .putFloat(smoothedM)
        .putFloat(extremeM)
        .putFloat(referenceM)
        .put((byte) (resting ? direction + RESTING : direction))
        .putDouble(ascentM)
        .putDouble(descentM);
  }

  void read(ByteBuffer in) {
    pressureAtMs = StateBytes.get48(in);
    int latestCm = in.getInt();
    latestM = latestCm == SampleBatch.ABSENT ? Double.NaN : latestCm / Fix.CM_A_M;
    smoothedM = in.getFloat();
    extremeM = in.getFloat();
    referenceM = in.getFloat();
    int packed = in.get();
    resting = packed >= RESTING - 1;
    direction = resting ? packed - RESTING : packed;
    ascentM = in.getDouble();
    descentM = in.getDouble();
  }
}
