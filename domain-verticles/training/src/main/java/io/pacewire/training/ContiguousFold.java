package io.pacewire.training;

import io.pacewire.track.FoldSink;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Takes folds over their contiguous chunks: those in memory, and from the database, which is the
 * reorder buffer, what is behind them. Completes with nothing where the session was set aside. Used
 * from one event loop.
 */
final class ContiguousFold {
  private static final int CHUNKS_A_READ = 200;

  private final ChunkRepository chunks;
  private final SessionsAside aside;
  private final Function<WriterKey, FoldSink> sinks;
  private final TrainingMeters meters;
  private final SampleBatch scratch = new SampleBatch();

  ContiguousFold(
      ChunkRepository chunks,
      SessionsAside aside,
      Function<WriterKey, FoldSink> sinks,
      TrainingMeters meters) {
    this.chunks = chunks;
    this.aside = aside;
    this.sinks = sinks;
    this.meters = meters;
  }

  /** Of a fold that is in memory, by what was just stored of it. */
  Future<Optional<WriterFold>> advance(WriterFold fold, List<TelemetryRecord> fresh) {
    return tried(fold, () -> {
      boolean changed = false;
      for (TelemetryRecord record : fresh) {
        changed |= take(fold, record.seq(), record.bytes(), record.fault() != null)
            || !record.digest().skipped().isEmpty();
      }
      // Nothing else can have closed a gap: an open one is not asked about with every poll.
      return !fold.hasGap() || !changed;
    });
  }

  /** Of one that was read, by what lies behind it. */
  Future<Optional<WriterFold>> catchUp(LoadedFold loaded) {
    return tried(loaded.fold(), () -> {
      takeAll(loaded.fold(), loaded.tail());
      // What is missing may be sealed.
      return loaded.whole() && !loaded.fold().hasGap();
    });
  }

  private Future<Optional<WriterFold>> catchUp(WriterFold fold) {
    int position = fold.sequence().position();
    return chunks
        .listFrom(fold.head(), fold.key().writer(), position, CHUNKS_A_READ)
        .compose(found -> tried(fold, () -> {
          takeAll(fold, found);
          return found.size() < CHUNKS_A_READ || fold.sequence().position() <= position;
        }));
  }

  /**
   * One session's fault must not hold up its partition.
   *
   * @param step whether nothing is left to be read
   */
  private Future<Optional<WriterFold>> tried(WriterFold fold, Callable<Boolean> step) {
    try {
      return FoldFault.within(step) ? Future.succeededFuture(Optional.of(fold)) : catchUp(fold);
    } catch (FoldFault e) {
      return aside
          .put(fold.key().session(), "fold at seq " + fold.sequence().position(), e)
          .map(Optional.empty());
    }
  }

  private void takeAll(WriterFold fold, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      fold.noteStored(chunk.seq());
      boolean unused = take(fold, chunk.seq(), chunk.body(), chunk.isTombstone());
    }
  }

  private boolean take(WriterFold fold, int seq, byte[] body, boolean tombstone) {
    boolean taken = fold.sequence().take(seq, body, tombstone, scratch, sinks.apply(fold.key()));
    if (taken) {
      meters.folded().increment();
    }
    return taken;
  }
}
