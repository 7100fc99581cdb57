package io.pacewire.training;

import java.util.UUID;

/**
 * A training made of one recording carries the recording's id, so that a finish that happens twice
 * makes one training.
 */
record TrainingId(UUID value) {

  static TrainingId of(SessionKey session) {
    return new TrainingId(session.sessionId());
  }
}
