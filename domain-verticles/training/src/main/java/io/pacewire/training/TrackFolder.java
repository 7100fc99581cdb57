package io.pacewire.training;

import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Advances writers over their contiguous chunks, and knows which of them are in memory. Used from one
 * event loop.
 */
final class TrackFolder {
  private final FoldLoader loader;
  private final CheckpointRepository checkpoints;
  private final ContiguousFold contiguous;
  private final WriterFolds folds;
  private final PartitionReads reads;
  private final Set<WriterKey> stale = new LinkedHashSet<>();

  TrackFolder(
      FoldLoader loader,
      CheckpointRepository checkpoints,
      ContiguousFold contiguous,
      WriterFolds folds,
      PartitionReads reads) {
    this.loader = loader;
    this.checkpoints = checkpoints;
    this.contiguous = contiguous;
    this.folds = folds;
    this.reads = reads;
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
   * @param outcome of storing the poll that it is of
   * @param loaded what {@link #load} read of this writer, after they were stored; null for nothing
   */
  Future<Optional<WriterFold>> advance(
      Fresh fresh, ChunkStore.Outcome outcome, @Nullable LoadedFold loaded) {
    if (fresh.head().state() == SessionHead.State.QUARANTINED) {
      return Future.succeededFuture(Optional.empty());
    }
    if (loaded != null) {
      note(loaded.fold(), fresh.records(), outcome);
      return contiguous.catchUp(loaded);
    }
    FoldLoader.Wanted wanted = wanted(fresh);
    WriterFold known = usable(wanted);
    if (known != null) {
      note(known, fresh.records(), outcome);
      return contiguous.advance(known, fresh.records());
    }
    return loader.load(wanted).compose(read -> {
      note(read.fold(), fresh.records(), outcome);
      return contiguous.catchUp(read);
    });
  }

  private void note(WriterFold fold, List<TelemetryRecord> fresh, ChunkStore.Outcome outcome) {
    folds.put(fold);
    fresh.forEach(fold::noteStored);
    fold.sequence().skip(outcome.skipped().getOrDefault(fold.key(), new SeqRanges()));
    noteStale(fold, fresh, outcome.inserted());
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
}
