package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets so many through at once and so many more wait, since a fold over a whole day takes some ten
 * megabytes. Used from one event loop.
 */
final class Turnstile {
  private final int most;
  private final int mostWaiting;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int inside;

  Turnstile(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /** Fails with 503 where too many wait already. */
  <T> Future<T> pass(Supplier<Future<T>> work) {
    return enter()
        .compose(in ->
            Future.<Void>succeededFuture().compose(begun -> work.get()).eventually(this::leave));
  }

  private Future<Void> enter() {
    if (inside < most) {
      inside++;
      return Future.succeededFuture();
    }
    if (waiting.size() >= mostWaiting) {
      return Future.failedFuture(
          new ProblemException(Problem.unavailable("Too many trainings are being computed anew")));
    }
    Promise<Void> turn = Promise.promise();
    waiting.add(turn);
    return turn.future();
  }

  private Future<Void> leave() {
    inside--;
    if (inside < most && !waiting.isEmpty()) {
      inside++;
      waiting.remove().complete();
    }
    return Future.succeededFuture();
  }
}
