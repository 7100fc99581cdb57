package io.pacewire.training.imports;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that read archives: a parser pulls its bytes and knows no other way than to wait for
 * them. None is Vert.x's, and they are the only ones of a role that wait.
 */
final class ImportThread {
  private ImportThread() {}

  static ExecutorService pool(int threads) {
    return Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "training-import");
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * What a future came to; its failure is thrown as it is.
   *
   * @throws IllegalStateException on an event loop or a worker, which must not wait
   */
  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    if (Context.isOnVertxThread()) {
      throw new IllegalStateException("this thread must not wait");
    }
    return future.await();
  }
}
