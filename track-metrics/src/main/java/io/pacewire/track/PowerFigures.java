package io.pacewire.track;

/**
 * What a power meter says: Allen and Coggan's figures. Immutable; NaN where there was no meter, or
 * where the athlete's threshold power is not known.
 */
public final class PowerFigures {
  private static final double S_AN_HOUR = 3_600;

  private final double averageW;
  private final double normalizedW;
  private final int highestW;
  private final double workKj;
  private final double measuredS;
  private final int thresholdW;

  PowerFigures(PowerMeter meter, AthleteParameters athlete) {
    averageW = meter.averageW();
    normalizedW = meter.normalizedW();
    highestW = meter.highestW();
    workKj = meter.workKj();
    measuredS = meter.measuredS();
    thresholdW = athlete.thresholdPowerW();
  }

  /** Whether a meter was heard while the stopwatch ran. */
  public boolean isMeasured() {
    return measuredS > 0;
  }

  double measuredS() {
    return measuredS;
  }

  /** Coasting included. */
  public double averageW() {
    return averageW;
  }

  /** Normalized power; NaN in the first 30 s. */
  public double normalizedW() {
    return normalizedW;
  }

  /** Watts; 0 without a meter. */
  public int highestW() {
    return highestW;
  }

  /** Kilojoules, coasting included. */
  public double workKj() {
    return workKj;
  }

  /** Normalized power by threshold power: 1 is an hour's best. */
  public double intensityFactor() {
    return thresholdW == 0 ? Double.NaN : normalizedW / thresholdW;
  }

  /** 100 is an hour at threshold. */
  public double trainingStressScore() {
    double intensity = intensityFactor();
    return 100 * intensity * intensity * measuredS / S_AN_HOUR;
  }
}
