package io.pacewire.training.imports;

import static io.pacewire.training.imports.ImportThread.await;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.kafka.BatchPublisher;
import io.pacewire.platform.pg.PgFaults;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** One node's work on one import, from its first piece to its end. Runs on a thread of its own. */
final class ImportRun implements Runnable {
  /** Whoever dies over an archive so often died of it. */
  static final int MOST_ATTEMPTS = 4;

  private static final System.Logger LOG = System.getLogger(ImportRun.class.getName());
  private static final int PAUSE_S = 15;
  private static final int RELEASES = 5;
  private static final long RELEASE_AGAIN_MS = 1_000;
  private static final String NOT_READ = "was cancelled; files that are not listed were not read";

  private final ImportJob job;
  private final UUID owner;
  private final ImportStores stores;
  private final Vertx vertx;
  private final BatchPublisher publisher;
  private final InstantSource clock;
  private final PieceStream pieces;
  private volatile boolean cancelled;
  private volatile boolean unwanted;

  ImportRun(
      ImportJob job,
      UUID owner,
      ImportStores stores,
      Vertx vertx,
      BatchPublisher publisher,
      InstantSource clock) {
    this.job = job;
    this.owner = owner;
    this.stores = stores;
    this.vertx = vertx;
    this.publisher = publisher;
    this.clock = clock;
    this.pieces = new PieceStream(
        number -> stores.pieces().find(job.id(), number), job.sizeBytes(), this::isCancelled);
  }

  UUID importId() {
    return job.id();
  }

  long readBytes() {
    return pieces.readBytes();
  }

  /** Somebody else has it, or this node ends: what was sent stays sent, and is found done. */
  void cancel() {
    cancelled = true;
  }

  /** Its athlete does not want it any more: what is under way comes to its end, and nothing after it. */
  void stop() {
    unwanted = true;
  }

  private boolean isUnwanted() {
    return unwanted;
  }

  private boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void run() {
    try {
      if (job.attempts() > MOST_ATTEMPTS) {
        end(State.FAILED, "was begun " + MOST_ATTEMPTS + " times and never came to its end");
      } else if (job.cancelWanted()) {
        end(State.CANCELLED, NOT_READ);
      } else {
        work();
      }
    } catch (PieceStream.Lost e) {
      leave(e.why);
    } catch (Throwable e) { // an Error too: the archive may be what memory does not suffice for
      leave(e);
    }
  }

  private void leave(Throwable why) {
    if (why instanceof CancellationException) {
      LOG.log(INFO, "import {0} is left: {1}", job.id(), why.getMessage());
      release(0, false);
    } else {
      LOG.log(WARNING, "import " + job.id() + " is tried again", why);
      release(PAUSE_S, !isPassing(why));
    }
  }

  private void work() throws IOException {
    RecordingSender sender =
        new RecordingSender(job, vertx, stores, publisher, clock, this::isCancelled);
    ArchiveImport archive = new ArchiveImport(
        job, await(stores.reports().listNumbers(job.id())), sender, this::isUnwanted);
    try {
      String early = archive.read(pieces).endedEarly();
      sender.settle(0);
      end(State.DONE, early.isEmpty() ? null : "could not be read on: " + early);
    } catch (ArchiveImport.Unwanted e) {
      sender.settle(0);
      end(State.CANCELLED, NOT_READ);
    }
  }

  private void end(State state, @Nullable String failure) {
    boolean ours = await(
        stores.imports().end(job.id(), owner, state, failure, clock.millis(), pieces.readBytes()));
    if (ours) {
      await(stores.pieces().delete(job.id()));
      LOG.log(INFO, "import {0} {1}", job.id(), state);
    }
  }

  /** Some times, as what fails is what the work failed for: else an attempt counts that should not. */
  private void release(int pauseS, boolean counts) {
    for (int left = RELEASES; left > 0; left--) {
      try {
        await(stores.imports().release(job.id(), owner, pauseS, counts));
        return;
      } catch (Exception e) { // await throws what is checked, too
        if (left == 1 || cancelled) {
          LOG.log(WARNING, "import {0} waits for its lease to run out", job.id());
          return;
        }
        await(vertx.timer(RELEASE_AGAIN_MS, TimeUnit.MILLISECONDS));
      }
    }
  }

  /** What it needs is away; nothing is wrong with the archive. */
  private static boolean isPassing(Throwable cause) {
    return PgFaults.isPassing(cause)
        || cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof RetriableException;
  }
}
