package io.pacewire.training.imports;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings back trainings that were deleted and whose recording is imported once more. */
public interface DeletedTrainings {
  /** Completes for any of the athlete's; from whatever thread. */
  Future<Restored> restore(UUID athleteId, UUID trainingId);

  /** What it is by now. */
  enum Found {
    /** It counts, or is being made. */
    THERE,
    /** The athlete said that it does not count: whoever wants it back restores it. */
    REJECTED,
    /** It was deleted, and counts again. */
    RESTORED,
    /** It cannot be restored. */
    DELETED
  }

  /**
   * @param trainingId the training that has the recording
   * @param refusal why it stays deleted; null where it does not
   */
  record Restored(UUID trainingId, Found found, @Nullable String refusal) {
    public Restored(UUID trainingId, Found found) {
      this(trainingId, found, null);
    }
  }
}
