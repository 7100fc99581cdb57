package io.pacewire.platform.stack;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Futures in tests: waited for, with a bound. */
public final class Await {
  private Await() {}

  public static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
