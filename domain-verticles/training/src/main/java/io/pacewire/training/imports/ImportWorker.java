package io.pacewire.training.imports;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.kafka.BatchPublisher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes imports that wait, as many at once as there are threads, and keeps their leases while they are
 * worked on. Used from one event loop; the threads are not Vert.x's, so that they may wait.
 */
final class ImportWorker {
  private static final System.Logger LOG = System.getLogger(ImportWorker.class.getName());
  private static final long LOOK_MS = 2_000;
  private static final int LEASE_S = 30;
  private static final long RENEW_MS = 5_000;
  private static final long CLOSE_S = 10;
  private static final long STALE_AFTER_MS = TimeUnit.MINUTES.toMillis(15);
  private static final long KEPT_MS = TimeUnit.DAYS.toMillis(90);

  private final Vertx vertx;
  private final ImportStores stores;
  private final BatchPublisher publisher;
  private final InstantSource clock;
  private final int most;
  private final ExecutorService threads;
  private final UUID owner = UUID.randomUUID();
  private final Set<ImportRun> runs = new HashSet<>();
  private long lookTimer = -1;
  private long renewTimer = -1;
  private boolean looking;
  private boolean open;

  ImportWorker(
      Vertx vertx,
      ImportStores stores,
      BatchPublisher publisher,
      InstantSource clock,
      int threadCount) {
    this.vertx = vertx;
    this.stores = stores;
    this.publisher = publisher;
    this.clock = clock;
    this.most = threadCount;
    this.threads = ImportThread.pool(threadCount);
  }

  void start() {
    open = true;
    lookTimer = vertx.setPeriodic(LOOK_MS, due -> look());
    renewTimer = vertx.setPeriodic(RENEW_MS, due -> {
      renew();
      dropOld();
    });
    look();
  }

  /** Takes one up, if one waits and a thread is free; then the next. */
  void look() {
    if (looking || !open || runs.size() >= most) {
      return;
    }
    looking = true;
    stores
        .imports()
        .claim(owner, LEASE_S)
        .onComplete(done -> looking = false)
        .onSuccess(found -> found.ifPresent(this::begin))
        .onFailure(cause -> LOG.log(WARNING, "imports wait: {0}", cause.getMessage()));
  }

  private void begin(ImportJob job) {
    if (!open) { // it was asked for before, and somebody else may have it
      stores
          .imports()
          .release(job.id(), owner, 0, false)
          .onFailure(cause -> LOG.log(WARNING, "waits for its lease: {0}", cause.getMessage()));
      return;
    }
    ImportRun run = new ImportRun(job, owner, stores, vertx, publisher, clock);
    runs.add(run);
    Context loop = vertx.getOrCreateContext();
    threads.execute(() -> {
      try {
        run.run();
      } finally { // else its lease would be kept for ever by nobody who works at it
        loop.runOnContext(free -> {
          runs.remove(run);
          look();
        });
      }
    });
    look();
  }

  private void renew() {
    for (ImportRun run : List.copyOf(runs)) {
      stores
          .imports()
          .renew(run.importId(), owner, LEASE_S, run.readBytes())
          .onSuccess(lease -> {
            if (runs.contains(run)) {
              switch (lease) {
                case OURS -> {}
                case UNWANTED -> run.stop();
                case ANOTHERS -> run.cancel();
              }
            }
          })
          .onFailure(cause -> LOG.log(WARNING, "lease not renewed: {0}", cause.getMessage()));
    }
  }

  /** Nobody wants it any more; another node that works on it hears of it when it renews its lease. */
  void stop(UUID importId) {
    for (ImportRun run : runs) {
      if (run.importId().equals(importId)) {
        run.stop();
      }
    }
  }

  private void dropOld() {
    long now = clock.millis();
    stores
        .imports()
        .dropOld(now - STALE_AFTER_MS, now - KEPT_MS)
        .compose(done -> stores.pieces().deleteLeft())
        .onFailure(cause -> LOG.log(WARNING, "old imports stay: {0}", cause.getMessage()));
  }

  /** What is worked on goes back to those that wait. */
  Future<Void> close() {
    open = false;
    boolean unusedLook = vertx.cancelTimer(lookTimer);
    boolean unusedRenew = vertx.cancelTimer(renewTimer);
    runs.forEach(ImportRun::cancel);
    threads.shutdown();
    return vertx
        .executeBlocking(() -> threads.awaitTermination(CLOSE_S, TimeUnit.SECONDS), false)
        .mapEmpty();
  }
}
