package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.track.FoldSink;
import io.pacewire.training.CheckpointRepository.Checkpoint;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Advances writers over their contiguous chunks. Chunks that are in memory are taken from there,
 * the others from the database, which is the reorder buffer. Used from one event loop.
 */
final class TrackFolder {
  private static final System.Logger LOG = System.getLogger(TrackFolder.class.getName());
  private static final int CHUNKS_A_READ = 200;
  private static final int BATCHES_A_CHECKPOINT = 60;

  private final ChunkRepository chunks;
  private final FoldLoader loader;
  private final CheckpointRepository checkpoints;
  private final SessionRepository sessions;
  private final SessionHeads heads;
  private final Function<WriterKey, FoldSink> sinks;
  private final WriterFolds folds;
  private final PartitionReads reads;
  private final TrainingMeters meters;
  private final Set<WriterKey> stale = new LinkedHashSet<>();
  private final SampleBatch scratch = new SampleBatch();

  TrackFolder(
      ChunkRepository chunks,
      FoldLoader loader,
      CheckpointRepository checkpoints,
      SessionRepository sessions,
      SessionHeads heads,
      Function<WriterKey, FoldSink> sinks,
      WriterFolds folds,
      PartitionReads reads,
      TrainingMeters meters) {
    this.chunks = chunks;
    this.loader = loader;
    this.checkpoints = checkpoints;
    this.sessions = sessions;
    this.heads = heads;
    this.sinks = sinks;
    this.folds = folds;
    this.reads = reads;
    this.meters = meters;
  }

  /**
   * Folds what became contiguous. Completes with nothing where the session was set aside: what is in
   * memory of it is half a step.
   *
   * @param fresh chunks of this writer that were just stored, by ascending sequence number; one at
   *     least
   * @param inserted those of them that were not stored before
   */
  Future<Optional<WriterFold>> advance(
      WriterKey key, SessionHead head, List<TelemetryRecord> fresh, Set<ChunkId> inserted) {
    WriterFold known = folds.get(key);
    int term = reads.term(fresh.get(0).partition());
    boolean usable = known != null && known.term() == term && known.head().state() == head.state();
    Future<WriterFold> loaded =
        usable ? Future.succeededFuture(known) : loader.load(key, head, term);
    return loaded.compose(fold -> {
      if (isQuarantined(fold)) {
        return Future.succeededFuture(Optional.empty());
      }
      folds.put(fold);
      fresh.forEach(fold::noteStored);
      noteStale(fold, fresh, inserted);
      return usable ? advanceKnown(fold, fresh) : catchUp(fold);
    });
  }

  /** Whether the finish was folded of another writer of the session that {@code one} records. */
  Future<Boolean> isFinished(WriterKey key, WriterFold one) {
    WriterFold known = folds.get(key);
    Future<WriterFold> loaded = known == null || known.term() != one.term()
        ? loader.load(key, one.head(), one.term())
        : Future.succeededFuture(known);
    return loaded.map(fold -> fold.sequence().state().finished());
  }

  /** Whether somebody started this writer; what is not known yet may be so. */
  boolean mayLead(WriterKey key) {
    WriterFold fold = folds.get(key);
    return fold == null
        || fold.sequence().position() == 0
        || fold.sequence().state().started();
  }

  /** A batch that its device had given up came after all: the fold has to begin again. */
  private void noteStale(WriterFold fold, List<TelemetryRecord> fresh, Set<ChunkId> inserted) {
    for (TelemetryRecord record : fresh) {
      if (inserted.contains(record.chunkId()) && fold.sequence().passedWithout(record.seq())) {
        stale.add(fold.key());
      }
    }
  }

  /**
   * Throws away the states that went past a chunk, so that they are folded again from the first. Not
   * done with every such chunk: a device could make the server fold for ever.
   */
  Future<Void> dropStale() {
    Future<Void> dropped = Future.succeededFuture();
    for (WriterKey key : stale) {
      dropped = dropped.compose(done -> checkpoints.delete(key)).onSuccess(done -> forget(key));
    }
    return dropped.onSuccess(done -> stale.clear());
  }

  /** What goes wrong once does so again: forget the state, so that the next try starts from chunks. */
  void forget(WriterKey key) {
    folds.remove(key);
  }

  void forget(SessionKey key) {
    folds.remove(key);
  }

  /** Checkpoints of those that went far enough since the last one. */
  Future<Void> saveCheckpoints(List<WriterFold> advanced) {
    List<Checkpoint> due = new ArrayList<>();
    for (WriterFold fold : advanced) {
      boolean ended = fold.sequence().state().finished() && fold.unsaved() > 0;
      if (fold.unsaved() >= BATCHES_A_CHECKPOINT || ended) {
        checkpoint(fold).ifPresent(due::add);
      }
    }
    return checkpoints.save(due).onSuccess(saved -> {
      for (WriterFold fold : advanced) {
        due.stream()
            .filter(checkpoint -> checkpoint.writer().equals(fold.key()))
            .forEach(checkpoint -> fold.saved(checkpoint.position()));
      }
    });
  }

  /** A state that does not fit its bytes costs a longer way back after a restart, and nobody else. */
  private static Optional<Checkpoint> checkpoint(WriterFold fold) {
    try {
      return Optional.of(new Checkpoint(
          fold.key(),
          fold.head().algorithmVersion(),
          fold.sequence().position(),
          fold.sequence().state().encode()));
    } catch (RuntimeException e) {
      LOG.log(WARNING, "no checkpoint", e);
      return Optional.empty();
    }
  }

  private Future<Optional<WriterFold>> advanceKnown(WriterFold fold, List<TelemetryRecord> fresh) {
    boolean changed = false;
    try {
      for (TelemetryRecord record : fresh) {
        changed |= take(fold, record.seq(), record.bytes(), record.fault() != null)
            || !record.digest().skipped().isEmpty();
      }
    } catch (RuntimeException e) {
      return quarantine(fold, e);
    }
    // Nothing else can have closed a gap: an open one is not asked about with every poll.
    return fold.hasGap() && changed ? catchUp(fold) : Future.succeededFuture(Optional.of(fold));
  }

  private Future<Optional<WriterFold>> catchUp(WriterFold fold) {
    int position = fold.sequence().position();
    return chunks
        .listFrom(fold.head(), fold.key().writer(), position, CHUNKS_A_READ)
        .compose(found -> {
          try {
            for (Chunk chunk : found) {
              fold.noteStored(chunk.seq());
              boolean unused = take(fold, chunk.seq(), chunk.body(), chunk.isTombstone());
            }
          } catch (RuntimeException e) {
            return quarantine(fold, e);
          }
          boolean more = found.size() >= CHUNKS_A_READ && fold.sequence().position() > position;
          return more ? catchUp(fold) : Future.succeededFuture(Optional.of(fold));
        });
  }

  private boolean take(WriterFold fold, int seq, byte[] body, boolean tombstone) {
    boolean taken = fold.sequence().take(seq, body, tombstone, scratch, sinks.apply(fold.key()));
    if (taken) {
      meters.folded().increment();
    }
    return taken;
  }

  private static boolean isQuarantined(WriterFold fold) {
    return fold.head().state() == SessionHead.State.QUARANTINED;
  }

  /** One session's fault must not hold up its partition. */
  private Future<Optional<WriterFold>> quarantine(WriterFold fold, RuntimeException cause) {
    String reason = "fold failed at seq " + fold.sequence().position() + ": " + cause;
    LOG.log(ERROR, "session set aside, its batches go on being stored; " + reason, cause);
    forget(fold.key());
    heads.forget(fold.key().session());
    return sessions.quarantine(fold.key().session(), reason).map(Optional.empty());
  }
}
