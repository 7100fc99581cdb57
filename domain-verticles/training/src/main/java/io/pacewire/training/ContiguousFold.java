package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.pacewire.track.FoldSink;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes folds over their contiguous chunks: those in memory, and from the database, which is the
 * reorder buffer, what is behind them. Completes with nothing where the session was set aside. Used
 * from one event loop.
 */
final class ContiguousFold {
  private static final System.Logger LOG = System.getLogger(ContiguousFold.class.getName());
  private static final int CHUNKS_A_READ = 200;

  private final ChunkRepository chunks;
  private final SessionRepository sessions;
  private final SessionHeads heads;
  private final Function<WriterKey, FoldSink> sinks;
  private final WriterFolds folds;
  private final TrainingMeters meters;
  private final SampleBatch scratch = new SampleBatch();

  ContiguousFold(
      ChunkRepository chunks,
      SessionRepository sessions,
      SessionHeads heads,
      Function<WriterKey, FoldSink> sinks,
      WriterFolds folds,
      TrainingMeters meters) {
    this.chunks = chunks;
    this.sessions = sessions;
    this.heads = heads;
    this.sinks = sinks;
    this.folds = folds;
    this.meters = meters;
  }

  /** Of a fold that is in memory, by what was just stored of it. */
  Future<Optional<WriterFold>> advance(WriterFold fold, List<TelemetryRecord> fresh) {
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

  /** Of one that was read, by what lies behind it. */
  Future<Optional<WriterFold>> catchUp(LoadedFold loaded) {
    WriterFold fold = loaded.fold();
    try {
      for (Chunk chunk : loaded.tail()) {
        fold.noteStored(chunk.seq());
        boolean unused = take(fold, chunk.seq(), chunk.body(), chunk.isTombstone());
      }
    } catch (RuntimeException e) {
      return quarantine(fold, e);
    }
    // What is missing may be sealed.
    return loaded.whole() && !fold.hasGap()
        ? Future.succeededFuture(Optional.of(fold))
        : catchUp(fold);
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

  /** One session's fault must not hold up its partition. */
  private Future<Optional<WriterFold>> quarantine(WriterFold fold, RuntimeException cause) {
    String reason = "fold failed at seq " + fold.sequence().position() + ": " + cause;
    LOG.log(ERROR, "session set aside, its batches go on being stored; " + reason, cause);
    folds.remove(fold.key());
    heads.forget(fold.key().session());
    return sessions.quarantine(fold.key().session(), reason).map(Optional.empty());
  }
}
