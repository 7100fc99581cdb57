package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which training somebody wants changed.
 *
 * @param expected the revision that the athlete saw, null where any will do
 * @param answer to be kept with the change
 */
record Target(UUID athleteId, UUID trainingId, @Nullable Integer expected, KeyedAnswer answer) {

  Target(UUID athleteId, UUID trainingId, @Nullable Integer expected) {
    this(athleteId, trainingId, expected, KeyedAnswer.none());
  }

  Target answered(KeyedAnswer by) {
    return new Target(athleteId, trainingId, expected, by);
  }
}
