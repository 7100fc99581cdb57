package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/** A training is gone, and what followed from it with it. */
public record TrainingDeleted(UUID athleteId, UUID trainingId, int revision, String reason)
    implements TrainingChanged {

  public TrainingDeleted {
    Checks.present("athleteId", athleteId);
    Checks.present("trainingId", trainingId);
    Checks.positive("revision", revision);
    Checks.present("reason", reason);
  }

  @Override
  public Optional<TrainingFigures> counting() {
    return Optional.empty();
  }
}
