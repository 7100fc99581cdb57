package io.pacewire.activity;

/**
 * What a device says it covered. For comparison only: nothing that is computed may start from it.
 * NaN where the device says nothing.
 *
 * @param timerS the time its timer ran, pauses left out
 * @param elapsedS the time from first start to last stop
 */
public record DeviceTotals(
    double distanceM,
    double timerS,
    double elapsedS,
    double movingS,
    double ascentM,
    double descentM) {
  public static final DeviceTotals NONE =
      new DeviceTotals(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Both together; what only one of them says is taken from that one. */
  public DeviceTotals plus(DeviceTotals other) {
    return new DeviceTotals(
        sum(distanceM, other.distanceM),
        sum(timerS, other.timerS),
        sum(elapsedS, other.elapsedS),
        sum(movingS, other.movingS),
        sum(ascentM, other.ascentM),
        sum(descentM, other.descentM));
  }

  private static double sum(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + b;
  }
}
