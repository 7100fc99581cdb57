package io.pacewire.training;

import io.pacewire.platform.web.KeyCounts;
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
 * megabytes. One athlete has half of the places inside at most, and half of all; others go by who waits
 * for its own. Used from one event loop.
 */
final class Turnstile {
  private final int most;
  private final int mostWaiting;
  private final int mostOfOne;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final KeyCounts<UUID> insideOf = new KeyCounts<>();
  private final Shares shares;
  private int inside;

  private record Waiting(UUID athlete, Promise<Void> turn) {}

  Turnstile(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.mostOfOne = (most + 1) / 2;
    this.shares = new Shares((most + mostWaiting) / 2);
  }

  /** Fails with 503 where too many wait already, with 429 where too many of this athlete do. */
  <T> Future<T> pass(UUID athlete, Supplier<Future<T>> work) {
    return shares.within(
        athlete,
        () -> hasPlace(athlete) || waiting.size() < mostWaiting
            ? passBegun(athlete, work)
            : Future.failedFuture(new ProblemException(
                Problem.unavailable("Too many trainings are being computed anew"))));
  }

  /**
   * For the next step of an answer that has begun, which nobody can be refused any more: waits for its
   * turn, however many do. Who has begun is one at a time, and bounds how many there are.
   */
  <T> Future<T> passBegun(UUID athlete, Supplier<Future<T>> work) {
    return enter(athlete)
        .compose(in -> Future.<Void>succeededFuture()
            .compose(begun -> work.get())
            .eventually(() -> leave(athlete)));
  }

  private boolean hasPlace(UUID athlete) {
    return inside < most && insideOf.of(athlete) < mostOfOne;
  }

  private Future<Void> enter(UUID athlete) {
    if (hasPlace(athlete)) {
      take(athlete);
      return Future.succeededFuture();
    }
    Waiting next = new Waiting(athlete, Promise.promise());
    waiting.add(next);
    return next.turn().future();
  }

  private void take(UUID athlete) {
    inside++;
    insideOf.more(athlete);
  }

  private Future<Void> leave(UUID athlete) {
    inside--;
    insideOf.less(athlete);
    for (Waiting next : waiting) {
      if (hasPlace(next.athlete())) {
        boolean unused = waiting.remove(next);
        take(next.athlete());
        next.turn().complete();
        break;
      }
    }
    return Future.succeededFuture();
  }
}
