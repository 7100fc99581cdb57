package io.pacewire.ingest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps every thread that verifies tokens busy until it ends: what comes meanwhile waits. */
final class BusyVerifier {
  private static final String POOL = "pacewire-tokens";
  private static final long LONGEST_S = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final WorkerExecutor pool;

  BusyVerifier(Vertx vertx) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    pool = vertx.createSharedWorkerExecutor(POOL, threads); // the one that is there, by its name
    CountDownLatch busy = new CountDownLatch(Math.max(1, threads / 2));
    for (int i = 0; i < threads; i++) {
      Future<?> unused = pool.executeBlocking(
          () -> {
            busy.countDown();
            return done.await(LONGEST_S, TimeUnit.SECONDS);
          },
          false);
    }
    if (!busy.await(LONGEST_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the threads of " + POOL + " have no time");
    }
  }

  void end() {
    done.countDown();
    Future<?> unused = pool.close();
  }
}
