package io.pacewire.events;

import java.util.UUID;

/** A recording began to arrive. Told once. */
public record TrainingStarted(
    UUID athleteId,
    UUID trainingId,
    UUID sessionId,
    String sport,
    long startAtMs,
    String timeZone) {

  public TrainingStarted {
    Checks.present("athleteId", athleteId);
    Checks.present("trainingId", trainingId);
    Checks.present("sessionId", sessionId);
    Checks.present("sport", sport);
    Checks.notNegative("startAtMs", startAtMs);
    Checks.present("timeZone", timeZone);
  }
}
