package io.pacewire.training;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.AthleteParameters.Sex;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An athlete's parameters as a session's head keeps them; what was not said is as usual. Pure. */
final class PinnedParameters {
  private static final int YOUNGEST_YEARS = 10;
  private static final int OLDEST_YEARS = 110;

  private PinnedParameters() {}

  /** @param atMs when the session was first seen, by which the age is counted */
  static AthleteParameters of(@Nullable JsonObject said, long atMs) {
    AthleteParameters usual = AthleteParameters.defaults();
    return said == null
        ? usual
        : new AthleteParameters(
            said.getInteger("max_heart_rate_bpm", usual.maxHeartRateBpm()),
            said.getInteger("resting_heart_rate_bpm", usual.restingHeartRateBpm()),
            said.getDouble("weight_kg", usual.weightKg()),
            said.getInteger("threshold_power_w", usual.thresholdPowerW()),
            sex(said.getString("sex")),
            age(said.getInteger("birth_year"), atMs, usual.ageYears()));
  }

  private static Sex sex(@Nullable String said) {
    return said == null ? Sex.UNKNOWN : Sex.valueOf(said.toUpperCase(Locale.ROOT));
  }

  private static int age(@Nullable Integer birthYear, long atMs, int usualYears) {
    if (birthYear == null) {
      return usualYears;
    }
    int years = Instant.ofEpochMilli(atMs).atZone(ZoneOffset.UTC).getYear() - birthYear;
    return Math.max(YOUNGEST_YEARS, Math.min(OLDEST_YEARS, years));
  }
}
