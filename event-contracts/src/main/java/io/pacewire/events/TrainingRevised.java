package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/** A training's figures changed; this is what holds from now on. */
public record TrainingRevised(
    UUID athleteId, UUID trainingId, int revision, boolean complete, TrainingFigures figures)
    implements TrainingChanged {

  public TrainingRevised {
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
