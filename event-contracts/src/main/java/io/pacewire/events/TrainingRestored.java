package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/** A training that was rejected or deleted counts again. */
public record TrainingRestored(
    UUID athleteId, UUID trainingId, int revision, TrainingFigures figures)
    implements TrainingChanged {

  public TrainingRestored {
    Checks.present("athleteId", athleteId);
    Checks.present("trainingId", trainingId);
    Checks.positive("revision", revision);
    Checks.present("figures", figures);
  }

  @Override
  public Optional<TrainingFigures> counting() {
    return Optional.of(figures);
  }
}
