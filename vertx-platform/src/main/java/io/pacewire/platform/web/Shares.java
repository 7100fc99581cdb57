package io.pacewire.platform.web;

import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How much of something each caller may have at once, so that nobody has all of it. Used from one
 * event loop.
 */
public final class Shares {
  private static final long RETRY_AFTER_S = 5;

  private final int mostOfOne;
  private final KeyCounts<UUID> taken = new KeyCounts<>();

  public Shares(int mostOfOne) {
    this.mostOfOne = mostOfOne;
  }

  /** Fails with 429 where the caller has as much as it may already. */
  public <T> Future<T> within(UUID caller, Supplier<Future<T>> work) {
    if (taken.of(caller) >= mostOfOne) {
      return Future.failedFuture(new ProblemException(Problem.tooManyRequests(
          "So many of yours are under way already: " + mostOfOne, RETRY_AFTER_S)));
    }
    taken.more(caller);
    return Future.<Void>succeededFuture().compose(begun -> work.get()).eventually(() -> {
      taken.less(caller);
      return Future.succeededFuture();
    });
  }
}
