package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.pacewire.track.FoldSink;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Advances writers over their contiguous chunks. Chunks that are in memory are taken from there,
 * the others from the database, which is the reorder buffer. Used from one event loop.
 */
final class TrackFolder {
  private static final System.Logger LOG = System.getLogger(TrackFolder.class.getName());
  private static final int CHUNKS_A_READ = 200;

  private final ChunkRepository chunks;
  private final CheckpointRepository checkpoints;
  private final SessionRepository sessions;
  private final SessionHeads heads;
  private final FoldLoader loader;
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
    this.checkpoints = checkpoints;
    this.sessions = sessions;
    this.heads = heads;
    this.loader = loader;
    this.sinks = sinks;
    this.folds = folds;
    this.reads = reads;
    this.meters = meters;
  }

  /**
   * What was just stored of a writer.
   *
   * @param records by ascending sequence number; one at least
   */
  record Fresh(WriterKey key, SessionHead head, List<TelemetryRecord> records) {}

  /** Those of whom everything is in memory, and the others in groups that are read at once. */
  List<List<Fresh>> grouped(List<Fresh> all) {
    Map<Boolean, List<Fresh>> byMemory =
        all.stream().collect(Collectors.partitioningBy(one -> usable(wanted(one)) != null));
    List<Fresh> others = byMemory.getOrDefault(false, List.of());
    List<List<Fresh>> groups = new ArrayList<>();
    groups.add(byMemory.getOrDefault(true, List.of()));
    for (int from = 0; from < others.size(); from += FoldLoader.AT_ONCE) {
      groups.add(others.subList(from, Math.min(others.size(), from + FoldLoader.AT_ONCE)));
    }
    return groups;
  }

  /** Reads what is not in memory of one of those groups, with a few statements for all of it. */
  Future<Map<WriterKey, LoadedFold>> load(List<Fresh> group) {
    List<FoldLoader.Wanted> missing = group.stream()
        .filter(one -> one.head().state() != SessionHead.State.QUARANTINED)
        .map(this::wanted)
        .filter(one -> usable(one) == null)
        .toList();
    return missing.isEmpty() ? Future.succeededFuture(Map.of()) : loader.load(missing);
  }

  private FoldLoader.Wanted wanted(Fresh fresh) {
    int term = reads.term(fresh.records().get(0).partition());
    return new FoldLoader.Wanted(fresh.key(), fresh.head(), term);
  }

  private @Nullable WriterFold usable(FoldLoader.Wanted wanted) {
    WriterFold fold = folds.get(wanted.key());
    boolean same = fold != null
        && fold.term() == wanted.term()
        && fold.head().state() == wanted.head().state();
    return same ? fold : null;
  }

  /**
   * Folds what became contiguous. Completes with nothing where the session was set aside: what is in
   * memory of it is half a step.
   *
   * @param inserted those that were not stored before
   * @param loaded what {@link #load} read of this writer, after they were stored; null for nothing
   */
  Future<Optional<WriterFold>> advance(
      Fresh fresh, Set<ChunkId> inserted, @Nullable LoadedFold loaded) {
    if (fresh.head().state() == SessionHead.State.QUARANTINED) {
      return Future.succeededFuture(Optional.empty());
    }
    if (loaded != null) {
      note(loaded.fold(), fresh.records(), inserted);
      return catchUp(loaded);
    }
    FoldLoader.Wanted wanted = wanted(fresh);
    WriterFold known = usable(wanted);
    if (known != null) {
      note(known, fresh.records(), inserted);
      return advanceKnown(known, fresh.records());
    }
    return loader.load(wanted).compose(read -> {
      note(read.fold(), fresh.records(), inserted);
      return catchUp(read);
    });
  }

  private void note(WriterFold fold, List<TelemetryRecord> fresh, Set<ChunkId> inserted) {
    folds.put(fold);
    fresh.forEach(fold::noteStored);
    noteStale(fold, fresh, inserted);
  }

  /** Whether the finish was folded of another writer of the session that {@code one} records. */
  Future<Boolean> isFinished(WriterKey key, WriterFold one) {
    WriterFold known = folds.get(key);
    Future<WriterFold> loaded = known == null || known.term() != one.term()
        ? loader.load(new FoldLoader.Wanted(key, one.head(), one.term())).map(LoadedFold::fold)
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

  private Future<Optional<WriterFold>> catchUp(LoadedFold loaded) {
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
    forget(fold.key());
    heads.forget(fold.key().session());
    return sessions.quarantine(fold.key().session(), reason).map(Optional.empty());
  }
}
