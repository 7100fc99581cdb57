package io.pacewire.identity;

import org.jspecify.annotations.Nullable;

/**
 * What figures need to know of an athlete's body; null is what the athlete does not say.
 *
 * @param revision 0 before anything was said
 */
record Parameters(
    int revision,
    @Nullable Integer maxHeartRateBpm,
    @Nullable Integer restingHeartRateBpm,
    @Nullable Integer thresholdPowerW,
    @Nullable Double weightKg,
    @Nullable String sex,
    @Nullable Integer birthYear) {

  static final Parameters UNSAID = new Parameters(0, null, null, null, null, null, null);

  Parameters numbered(int number) {
    return new Parameters(
        number, maxHeartRateBpm, restingHeartRateBpm, thresholdPowerW, weightKg, sex, birthYear);
  }

  Parameters withMaxHeartRateBpm(int bpm) {
    return new Parameters(
        revision, bpm, restingHeartRateBpm, thresholdPowerW, weightKg, sex, birthYear);
  }

  /** Records print themselves; a body is nobody's business. */
  @Override
  public String toString() {
    return "Parameters[" + revision + "]";
  }
}
