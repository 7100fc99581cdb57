package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/** A training is over and its figures are known. Complete where no batch was missing. */
public record TrainingFinished(
    UUID athleteId, UUID trainingId, int revision, boolean complete, TrainingFigures figures)
    implements TrainingChanged {

  public TrainingFinished {
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
