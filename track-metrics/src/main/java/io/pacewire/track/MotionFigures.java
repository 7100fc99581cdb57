package io.pacewire.track;

/**
 * What moves on the body: steps, turns, metres and seconds. Immutable; NaN where nothing measured it.
 * How steps are found in acceleration is said by {@link StepDetector}.
 */
public final class MotionFigures {
  private static final double STEPS_UNKNOWN = Double.NaN;

  private final double steps;
  private final int accelerometerS;
  private final double stepCadencePerMin;
  private final double averageCadencePerMin;
  private final int highestCadencePerMin;
  private final double turningS;
  private final double strideM;
  private final double sensorDistanceM;
  private final double sensorHighestMps;

  MotionFigures(FoldState state) {
    MotionMeter motion = state.motion();
    CadenceMeter cadence = state.cadence();
    averageCadencePerMin = cadence.averagePerMin();
    highestCadencePerMin = cadence.highestPerMin();
    turningS = cadence.turningS();
    accelerometerS = motion.heardS();
    boolean footSensor = state.sport().isOnFoot() && cadence.turns() > 0;
    steps = motion.isHeard() ? motion.steps() : footSensor ? cadence.turns() : STEPS_UNKNOWN;
    stepCadencePerMin =
        motion.isHeard() ? motion.cadencePerMin() : footSensor ? averageCadencePerMin : Double.NaN;
    strideM = state.stride().strideM() > 0 ? state.stride().strideM() : Double.NaN;
    sensorDistanceM = state.speedSensor().distanceM();
    sensorHighestMps = state.speedSensor().highestMps();
  }

  /** From the accelerometer; without one, on foot, from a cadence sensor. */
  public double steps() {
    return steps;
  }

  /** So many seconds of the stopwatch an accelerometer was heard through, up to 18 hours; 0 without. */
  public int accelerometerS() {
    return accelerometerS;
  }

  /** Steps a minute while stepping. */
  public double stepCadencePerMin() {
    return stepCadencePerMin;
  }

  /** Steps or revolutions a minute by a cadence sensor, zeros left out. */
  public double averageCadencePerMin() {
    return averageCadencePerMin;
  }

  /** 0 without a sensor. */
  public int highestCadencePerMin() {
    return highestCadencePerMin;
  }

  /** So long a cadence sensor said more than 0, while the stopwatch ran. */
  double turningS() {
    return turningS;
  }

  /** The length of a step as learnt so far. */
  public double strideM() {
    return strideM;
  }

  /** What a wheel or foot sensor measured, beside the distance from positions. */
  public double sensorDistanceM() {
    return sensorDistanceM;
  }

  /** The highest speed that a wheel or foot sensor said, m/s. */
  public double sensorHighestMps() {
    return sensorHighestMps;
  }
}
