package io.pacewire.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Tries again and again until it succeeds, at an even pace. Nothing of a try that failed is kept, however
 * long it takes. Used from one event loop.
 */
final class Attempts<T> {
  private final Vertx vertx;
  private final long pauseMs;
  private final Supplier<Future<T>> attempt;
  private final Promise<T> done = Promise.promise();

  private Attempts(Vertx vertx, long pauseMs, Supplier<Future<T>> attempt) {
    this.vertx = vertx;
    this.pauseMs = pauseMs;
    this.attempt = attempt;
  }

  /** @param pauseMs between the end of a try and the next */
  static <T> Future<T> untilOneSucceeds(Vertx vertx, long pauseMs, Supplier<Future<T>> attempt) {
    Attempts<T> attempts = new Attempts<>(vertx, pauseMs, attempt);
    attempts.next();
    return attempts.done.future();
  }

  private void next() {
    var unused = attempt.get().onSuccess(done::complete).onFailure(cause -> {
      var unusedTimer = vertx.setTimer(pauseMs, due -> next());
    });
  }
}
