package io.pacewire.training;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Where a training's points are.
 *
 * @param bucket of the session that it begins with
 */
record PointsKey(LocalDate bucket, UUID athleteId, UUID trainingId) {

  /** Of the training that a session makes of itself. */
  static PointsKey of(SessionHead head) {
    return new PointsKey(
        head.bucket(), head.key().athleteId(), TrainingId.of(head.key()).value());
  }
}
