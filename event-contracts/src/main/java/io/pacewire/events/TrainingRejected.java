package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/** A training counts no more; whatever followed from it is to be taken back. */
public record TrainingRejected(UUID athleteId, UUID trainingId, int revision, String reason)
    implements TrainingChanged {

  public TrainingRejected {
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
