package io.pacewire.training.imports;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Vertx;

/**
 * Of an upload so much has to come in any such time, or others wait for its place in vain.
 *
 * @param windowMs looked at one after the other
 * @param leastBytes in each
 */
record UploadPace(Vertx vertx, long windowMs, long leastBytes) {
  private static final long WINDOW_MS = 60_000;
  /** What a poor mobile network takes, with some to spare. */
  private static final long LEAST_BYTES = 480 << 10;

  private static final int REQUEST_TIMEOUT = 408;

  static UploadPace usual(Vertx vertx) {
    return new UploadPace(vertx, WINDOW_MS, LEAST_BYTES);
  }

  ProblemException tooSlow() {
    return new ProblemException(Problem.of(
        REQUEST_TIMEOUT,
        "upload-too-slow",
        "The upload is too slow",
        "less than " + leastBytes + " bytes came in " + windowMs / 1_000 + " s"));
  }

  static boolean isTooSlow(Throwable cause) {
    return cause instanceof ProblemException expected
        && expected.problem().status() == REQUEST_TIMEOUT;
  }
}
