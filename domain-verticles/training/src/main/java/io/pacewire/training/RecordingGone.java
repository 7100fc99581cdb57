package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.util.UUID;

/**
 * A training of which figures are left and no samples: the months it was recorded in are kept no longer.
 * It is shown and taken back as any other; nothing can be made anew of it.
 */
final class RecordingGone {
  static final String NAME = "recording-gone";

  private RecordingGone() {}

  static ProblemException of(UUID sessionId) {
    return new ProblemException(Problem.of(
        410,
        NAME,
        "The recording is kept no longer",
        "the samples of session " + sessionId
            + " were let go with their month (training.keepMonths): the training's figures stay as they"
            + " are, and nothing can be computed of it any more"));
  }

  static boolean is(Throwable cause) {
    return cause instanceof ProblemException expected
        && expected.problem().name().equals(NAME);
  }
}
