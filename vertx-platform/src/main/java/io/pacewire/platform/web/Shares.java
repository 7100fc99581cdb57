package io.pacewire.platform.web;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How much of something each caller may have at once, so that nobody has all of it. Used from one
 * event loop.
 */
public final class Shares {
  private static final long RETRY_AFTER_S = 5;

  private final int mostOfOne;
  private final Map<UUID, Integer> taken = new HashMap<>();

  public Shares(int mostOfOne) {
    this.mostOfOne = mostOfOne;
  }

  /** Fails with 429 where the caller has as much as it may already. */
  public <T> Future<T> within(UUID caller, Supplier<Future<T>> work) {
    if (taken.getOrDefault(caller, 0) >= mostOfOne) {
      return Future.failedFuture(new ProblemException(Problem.tooManyRequests(
          "So many of yours are under way already: " + mostOfOne, RETRY_AFTER_S)));
    }
    taken.merge(caller, 1, Integer::sum);
    return Future.<Void>succeededFuture().compose(begun -> work.get()).eventually(() -> {
      taken.computeIfPresent(caller, (known, count) -> count == 1 ? null : count - 1);
      return Future.succeededFuture();
    });
  }
}
