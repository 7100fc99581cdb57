package io.pacewire.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An athlete said what figures need to know of a body. All of it, each time; null is what the athlete
 * does not say.
 *
 * @param revision 1, 2, 3 … of the athlete; a lower one is older
 * @param maxHeartRateBpm 100 to 240
 * @param restingHeartRateBpm 25 to 120
 * @param thresholdPowerW mean power of about an hour's best effort, 50 to 600
 * @param weightKg 20 to 400
 * @param sex what formulas distinguish: female or male
 * @param birthYear of the Gregorian calendar
 */
public record ParametersChanged(
    UUID athleteId,
    int revision,
    @Nullable Integer maxHeartRateBpm,
    @Nullable Integer restingHeartRateBpm,
    @Nullable Integer thresholdPowerW,
    @Nullable Double weightKg,
    @Nullable String sex,
    @Nullable Integer birthYear,
    long atMs) {

  public ParametersChanged {
    Checks.present("athleteId", athleteId);
    Checks.positive("revision", revision);
    Checks.within("maxHeartRateBpm", maxHeartRateBpm, 100, 240);
    Checks.within("restingHeartRateBpm", restingHeartRateBpm, 25, 120);
    Checks.within("thresholdPowerW", thresholdPowerW, 50, 600);
    Checks.within("weightKg", weightKg, 20, 400);
    Checks.within("birthYear", birthYear, 1900, 2200);
    if (sex != null && !sex.equals("female") && !sex.equals("male")) {
      throw new IllegalArgumentException("sex is neither female nor male");
    }
    if (maxHeartRateBpm != null
        && restingHeartRateBpm != null
        && restingHeartRateBpm >= maxHeartRateBpm) {
      throw new IllegalArgumentException("restingHeartRateBpm is not below maxHeartRateBpm");
    }
    Checks.notNegative("atMs", atMs);
  }
}
