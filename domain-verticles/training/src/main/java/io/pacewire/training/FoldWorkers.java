package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which whole trainings are folded, so that the event loop is left to those who send and
 * ask. Half the cores: whoever edits a day's recording must not take the machine from live data. Each
 * fold has one page under way, so that what waits is bounded by who may fold at once.
 */
final class FoldWorkers {
  private final WorkerExecutor workers;

  FoldWorkers(Vertx vertx) {
    workers = vertx.createSharedWorkerExecutor(
        "training-folds", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /**
   * Completes on the caller's context; what one step wrote is seen by the next, on whatever thread. What
   * it throws is a {@link FoldFault}.
   */
  <T extends @Nullable Object> Future<T> run(Callable<T> step) {
    return workers.executeBlocking(() -> FoldFault.within(step), false);
  }
}
