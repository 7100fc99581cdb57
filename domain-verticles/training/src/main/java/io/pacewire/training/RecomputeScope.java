package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which trainings an operator wants computed anew; those that were deleted are left alone.
 *
 * @param athleteId of one athlete only, null for everybody's
 * @param trainingId one only, null for all
 * @param everyVersion also those that this version of the algorithm computed already
 */
public record RecomputeScope(
    @Nullable UUID athleteId, @Nullable UUID trainingId, boolean everyVersion) {

  /** By which a run that was cut off is found again. */
  String name() {
    return (everyVersion ? "all" : "outdated")
        + (athleteId == null ? "" : " of athlete " + athleteId)
        + (trainingId == null ? "" : " training " + trainingId);
  }
}
