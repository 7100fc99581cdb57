package io.pacewire.activity;

/**
 * What was computed of an activity or a lap, to be written beside its samples. NaN where unknown.
 *
 * @param timerS without pauses
 * @param averageHeartRateBpm of the time it was heard
 * @param energyKcal spent by the athlete
 */
public record ActivityFigures(
    double distanceM,
    double timerS,
    double movingS,
    double ascentM,
    double descentM,
    double energyKcal,
    double averageHeartRateBpm,
    double maxHeartRateBpm,
    double averagePowerW,
    double maxSpeedMps) {
  public static final ActivityFigures NONE = of(Double.NaN, Double.NaN);

  /** The rest is unknown. */
  public static ActivityFigures of(double distanceM, double timerS) {
    double none = Double.NaN;
    return new ActivityFigures(distanceM, timerS, none, none, none, none, none, none, none, none);
  }

  /** Over the timer's time; NaN where either is unknown or it did not run. */
  double averageSpeedMps() {
    return timerS > 0 ? distanceM / timerS : Double.NaN;
  }
}
