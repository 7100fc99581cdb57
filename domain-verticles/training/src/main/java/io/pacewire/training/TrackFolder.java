package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.training.CheckpointRepository.Checkpoint;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
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
  private final CheckpointRepository checkpoints;
  private final SessionRepository sessions;
  private final Function<WriterKey, FoldSink> sinks;
  private final WriterFolds folds;
  private final SampleBatch scratch = new SampleBatch();

  TrackFolder(
      ChunkRepository chunks,
      CheckpointRepository checkpoints,
      SessionRepository sessions,
      Function<WriterKey, FoldSink> sinks,
      int capacity) {
    this.chunks = chunks;
    this.checkpoints = checkpoints;
    this.sessions = sessions;
    this.sinks = sinks;
    this.folds = new WriterFolds(capacity);
  }

  /**
   * Folds what became contiguous.
   *
   * @param fresh chunks of this writer that were just stored, by ascending sequence number
   */
  Future<WriterFold> advance(WriterKey key, SessionHead head, List<TelemetryRecord> fresh) {
    WriterFold known = folds.get(key);
    if (known != null && known.head().state() == head.state()) {
      fresh.forEach(record -> known.noteStored(record.seq()));
      return advanceKnown(known, fresh);
    }
    return load(key, head).compose(fold -> {
      folds.put(fold);
      fresh.forEach(record -> fold.noteStored(record.seq()));
      return catchUp(fold);
    });
  }

  /** What goes wrong once does so again: forget the state, so that the next try starts from chunks. */
  void forget(WriterKey key) {
    folds.remove(key);
  }

  /** Checkpoints of those that went far enough since the last one. */
  Future<Void> saveCheckpoints(List<WriterFold> advanced) {
    List<Checkpoint> due = new ArrayList<>();
    for (WriterFold fold : advanced) {
      boolean ended = fold.state().finished() && fold.unsaved() > 0;
      if (fold.unsaved() >= BATCHES_A_CHECKPOINT || ended) {
        due.add(new Checkpoint(
            fold.key(),
            fold.head().algorithmVersion(),
            fold.position(),
            fold.state().encode()));
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

  private Future<WriterFold> advanceKnown(WriterFold fold, List<TelemetryRecord> fresh) {
    if (isQuarantined(fold)) {
      return Future.succeededFuture(fold);
    }
    int before = fold.position();
    try {
      for (TelemetryRecord record : fresh) {
        if (record.seq() == fold.position()) {
          take(fold, record.bytes(), record.fault() != null);
        }
      }
    } catch (RuntimeException e) {
      return quarantine(fold, e);
    }
    // Only progress can have closed a gap: an open one is not asked about with every poll.
    return fold.hasGap() && fold.position() > before ? catchUp(fold) : Future.succeededFuture(fold);
  }

  private Future<WriterFold> catchUp(WriterFold fold) {
    if (isQuarantined(fold)) {
      return Future.succeededFuture(fold);
    }
    return chunks
        .listFrom(fold.head(), fold.key().writer(), fold.position(), CHUNKS_A_READ)
        .compose(found -> {
          int before = fold.position();
          try {
            for (Chunk chunk : found) {
              fold.noteStored(chunk.seq());
              if (chunk.seq() == fold.position()) {
                take(fold, chunk.body(), chunk.isTombstone());
              }
            }
          } catch (RuntimeException e) {
            return quarantine(fold, e);
          }
          boolean more = found.size() == CHUNKS_A_READ && fold.position() > before;
          return more ? catchUp(fold) : Future.succeededFuture(fold);
        });
  }

  private void take(WriterFold fold, byte[] body, boolean tombstone) {
    FoldSink sink = sinks.apply(fold.key());
    if (tombstone) {
      fold.gap(sink);
    } else {
      fold.step(body, scratch, sink);
    }
  }

  private Future<WriterFold> load(WriterKey key, SessionHead head) {
    return checkpoints
        .find(key, head.algorithmVersion())
        .map(found ->
            found.map(saved -> restored(key, head, saved)).orElseGet(() -> fresh(key, head)));
  }

  private static WriterFold restored(WriterKey key, SessionHead head, Checkpoint saved) {
    try {
      return new WriterFold(key, head, FoldState.decode(saved.state()), saved.position());
    } catch (IllegalArgumentException e) {
      LOG.log(WARNING, "checkpoint cannot be read, folding again from chunks: " + e.getMessage());
      return fresh(key, head);
    }
  }

  private static WriterFold fresh(WriterKey key, SessionHead head) {
    return new WriterFold(key, head, FoldState.start(AthleteParameters.defaults()), 0);
  }

  private static boolean isQuarantined(WriterFold fold) {
    return fold.head().state() == SessionHead.State.QUARANTINED;
  }

  /** One session's fault must not hold up its partition. */
  private Future<WriterFold> quarantine(WriterFold fold, RuntimeException cause) {
    String reason = "fold failed at seq " + fold.position() + ": " + cause;
    LOG.log(ERROR, "session set aside, its batches go on being stored; " + reason, cause);
    forget(fold.key());
    return sessions.quarantine(fold.key().session(), reason).map(done -> fold);
  }
}
