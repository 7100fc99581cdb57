package io.pacewire.training.imports;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a request brings what an earlier one did, and keeps nothing of it. Ends with the first
 * byte that is too many. Used from one event loop.
 */
final class SameBody {
  private final HttpServerRequest request;
  private final long bytes;
  private final byte @Nullable [] sha256;
  private final MessageDigest digest = Sha256.begin();
  private final Promise<Void> same = Promise.promise();
  private final UploadPace pace;
  private long came;
  private long cameBefore;

  /**
   * @param bytes of the earlier one
   * @param sha256 of the earlier one; null where that is not known, then its length must do
   */
  SameBody(HttpServerRequest request, long bytes, byte @Nullable [] sha256, UploadPace pace) {
    this.pace = pace;
    this.request = request;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** The request is paused. Fails with a 422 where it brings anything else, with a 408 where it brings it too slowly. */
  Future<Void> check() {
    request.handler(this::take);
    request.exceptionHandler(same::tryFail);
    request.endHandler(end -> {
      boolean isSame =
          came == bytes && (sha256 == null || MessageDigest.isEqual(sha256, digest.digest()));
      boolean unused = isSame ? same.tryComplete() : same.tryFail(another());
    });
    request.resume();
    long timer = pace.vertx().setPeriodic(pace.windowMs(), due -> look());
    return same.future().onComplete(done -> pace.vertx().cancelTimer(timer));
  }

  /** Who is in no hurry keeps a connection and a timer. */
  private void look() {
    if (came - cameBefore < pace.leastBytes()) {
      boolean unused = same.tryFail(pace.tooSlow());
    }
    cameBefore = came;
  }

  private void take(Buffer part) {
    came += part.length();
    if (came > bytes) {
      boolean unused = same.tryFail(another());
    } else {
      digest.update(part.getBytes());
    }
  }

  static ProblemException another() {
    return new ProblemException(Problem.of(
        422,
        "idempotency-key-reused",
        "This key was used for another request",
        "Idempotency-Key must be another one for each request"));
  }
}
