package io.pacewire.events;

import org.jspecify.annotations.Nullable;

/**
 * What a training came to. Always all of it, so that a later revision needs no earlier one.
 *
 * @param sport a sport of the wire, such as {@code run}
 * @param timeZone IANA name, where the athlete was
 * @param timerS without what the athlete paused
 * @param movingS without standing still
 */
public record TrainingFigures(
    String sport,
    long startAtMs,
    long endAtMs,
    String timeZone,
    double distanceM,
    double timerS,
    double movingS,
    double elapsedS,
    double ascentM,
    double descentM,
    @Nullable Integer averageHeartRateBpm,
    @Nullable Integer maxHeartRateBpm,
    int algorithmVersion) {

  public TrainingFigures {
    Checks.present("sport", sport);
    Checks.present("timeZone", timeZone);
    Checks.notNegative("startAtMs", startAtMs);
    Checks.notNegative("endAtMs", endAtMs);
    Checks.notNegative("distanceM", distanceM);
    Checks.notNegative("timerS", timerS);
    Checks.notNegative("movingS", movingS);
    Checks.notNegative("elapsedS", elapsedS);
    Checks.notNegative("ascentM", ascentM);
    Checks.notNegative("descentM", descentM);
    Checks.positive("algorithmVersion", algorithmVersion);
  }
}
