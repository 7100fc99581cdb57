package io.pacewire.platform.live;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Vertx;

/** Work that blocks and may fail: done on a worker, and again some seconds later, for two minutes at least. */
final class Retries {
  private static final System.Logger LOG = System.getLogger(Retries.class.getName());
  private static final int TIMES = 40;
  private static final long PAUSE_MS = 3_000;

  private final Vertx vertx;

  Retries(Vertx vertx) {
    this.vertx = vertx;
  }

  /** @param what it is, for the log */
  void run(String what, Runnable blocking) {
    run(what, blocking, TIMES);
  }

  private void run(String what, Runnable blocking, int times) {
    var unused = vertx
        .executeBlocking(
            () -> {
              blocking.run();
              return null;
            },
            false)
        .onFailure(cause -> {
          if (times == TIMES) {
            LOG.log(WARNING, what + ": tried again", cause);
          }
          if (times > 1) {
            long unusedToo = vertx.setTimer(PAUSE_MS, later -> run(what, blocking, times - 1));
          } else {
            LOG.log(WARNING, what + ": given up", cause);
          }
        });
  }
}
