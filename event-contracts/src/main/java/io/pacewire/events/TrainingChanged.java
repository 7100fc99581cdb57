package io.pacewire.events;

import java.util.Optional;
import java.util.UUID;

/**
 * A fact that settles what a training counts for, from its revision on. Whoever keeps something by
 * training needs no more than this.
 */
public sealed interface TrainingChanged
    permits TrainingFinished, TrainingRevised, TrainingRestored, TrainingRejected, TrainingDeleted {

  UUID athleteId();

  UUID trainingId();

  /** Grows with every fact about the training; a lower one than is held must be ignored. */
  int revision();

  /** What the training counts for; empty where it counts no more. */
  Optional<TrainingFigures> counting();
}
