package io.pacewire.training.imports;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings back trainings that were deleted and whose recording is imported once more. */
public interface DeletedTrainings {
  /** Completes for any of the athlete's; from whatever thread. */
  Future<Restored> restore(UUID athleteId, UUID trainingId);

  /**
   * @param trainingId the training that has the recording
   * @param restored whether it was deleted, and counts again
   * @param refusal why it stays deleted; null where it does not
   */
  record Restored(
      UUID trainingId, boolean restored, @Nullable String refusal) {}
}
