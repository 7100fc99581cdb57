package io.pacewire.events;

import java.util.UUID;

/** A training is gone, and what followed from it with it. */
public record TrainingDeleted(UUID athleteId, UUID trainingId, int revision, String reason) {

  public TrainingDeleted {
    Checks.present("athleteId", athleteId);
    Checks.present("trainingId", trainingId);
    Checks.positive("revision", revision);
    Checks.present("reason", reason);
  }
}
