package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.Shares;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lets so many through at once and so many more wait, since a fold over a whole day takes some ten
 * megabytes. Of one athlete half of those at most. Used from one event loop.
 */
final class Turnstile {
  private final int most;
  private final int mostWaiting;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private final Shares shares;
  private int inside;

  Turnstile(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.shares = new Shares((most + mostWaiting) / 2);
  }

  /** Fails with 503 where too many wait already, with 429 where too many of this athlete do. */
  <T> Future<T> pass(UUID athlete, Supplier<Future<T>> work) {
    return shares.within(
        athlete,
        () -> inside < most || waiting.size() < mostWaiting
            ? passBegun(work)
            : Future.failedFuture(new ProblemException(
                Problem.unavailable("Too many trainings are being computed anew"))));
  }

  /**
   * For the next step of an answer that has begun, which nobody can be refused any more: waits for its
   * turn, however many do. Who has begun is one at a time, and bounds how many there are.
   */
  <T> Future<T> passBegun(Supplier<Future<T>> work) {
    return enter()
        .compose(in ->
            Future.<Void>succeededFuture().compose(begun -> work.get()).eventually(this::leave));
  }

  private Future<Void> enter() {
    if (inside < most) {
      inside++;
      return Future.succeededFuture();
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
