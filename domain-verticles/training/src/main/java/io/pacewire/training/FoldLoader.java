package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.track.FoldState;
import io.pacewire.training.CheckpointRepository.Checkpoint;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings folds back into memory, many with three statements side by side: after a restart every session that is
 * heard is one of them. Used from one event loop.
 */
final class FoldLoader {
  private static final System.Logger LOG = System.getLogger(FoldLoader.class.getName());

  /** Of each up to {@link #TAIL} batches are read, of which none has more than 64 KiB. */
  static final int AT_ONCE = 200;

  /** More than these of one of them are read by themselves. */
  static final int TAIL = 8;

  private final ChunkRepository chunks;
  private final SkipRepository skips;
  private final CheckpointRepository checkpoints;

  FoldLoader(ChunkRepository chunks, SkipRepository skips, CheckpointRepository checkpoints) {
    this.chunks = chunks;
    this.skips = skips;
    this.checkpoints = checkpoints;
  }

  /**
   * A writer, and the head of its session.
   *
   * @param term of the reads of its partition
   */
  record Wanted(WriterKey key, SessionHead head, int term) {

    /** Athletes, sessions, writers and versions of the fold, as PostgreSQL's UNNEST wants them. */
    static Tuple columns(List<Wanted> wanted) {
      return WriterKey.columns(wanted.stream().map(Wanted::key).toList())
          .addValue(
              wanted.stream().map(one -> one.head().algorithmVersion()).toArray(Integer[]::new));
    }
  }

  Future<LoadedFold> load(Wanted wanted) {
    return load(List.of(wanted)).map(loaded -> Objects.requireNonNull(loaded.get(wanted.key())));
  }

  /** @param wanted {@link #AT_ONCE} at most */
  Future<Map<WriterKey, LoadedFold>> load(List<Wanted> wanted) {
    Future<Map<WriterKey, SeqRanges>> skipped =
        skips.findAll(wanted.stream().map(Wanted::key).toList());
    Future<Map<WriterKey, List<Chunk>>> tails = chunks.listTails(wanted, TAIL);
    Future<Map<WriterKey, Checkpoint>> saved = checkpoints.findAll(wanted);
    // Side by side: where a checkpoint is written in between, its tail has a gap, and is read
    // again.
    return Future.join(skipped, tails, saved)
        .compose(read -> InTurn.each(
            wanted.stream()
                .filter(one -> skipped.result().containsKey(one.key()))
                .toList(),
            one -> distrust(one, saved.result())))
        .map(done -> loaded(folds(wanted, saved.result(), skipped.result()), tails.result()));
  }

  private static Map<WriterKey, LoadedFold> loaded(
      List<WriterFold> folds, Map<WriterKey, List<Chunk>> tails) {
    Map<WriterKey, LoadedFold> loaded = new HashMap<>();
    for (WriterFold fold : folds) {
      List<Chunk> tail = tails.getOrDefault(fold.key(), List.of());
      if (!tail.isEmpty()) {
        fold.unsavedSince(tail.get(0).receivedAtMs());
      }
      loaded.put(fold.key(), new LoadedFold(fold, tail, tail.size() < TAIL));
    }
    return loaded;
  }

  /**
   * A state that went past a dropped batch may have been saved before that came after all, by whoever
   * had the partition then: where one came, only the chunks say what counts.
   */
  private Future<Void> distrust(Wanted one, Map<WriterKey, Checkpoint> saved) {
    Checkpoint found = saved.get(one.key());
    return found == null
        ? Future.succeededFuture()
        : skips.isAnyStored(one.key(), one.head(), found.position()).map(any -> {
          if (any) {
            saved.remove(one.key());
          }
          return null;
        });
  }

  private static List<WriterFold> folds(
      List<Wanted> wanted, Map<WriterKey, Checkpoint> saved, Map<WriterKey, SeqRanges> ranges) {
    List<WriterFold> folds = new ArrayList<>(wanted.size());
    for (Wanted one : wanted) {
      SeqRanges skipped = ranges.get(one.key());
      SequenceFold sequence =
          sequence(saved.get(one.key()), skipped == null ? new SeqRanges() : skipped, one.head());
      folds.add(new WriterFold(one.key(), one.head(), sequence, one.term()));
    }
    return folds;
  }

  private static SequenceFold sequence(
      @Nullable Checkpoint saved, SeqRanges skipped, SessionHead head) {
    if (saved != null) {
      try {
        FoldState state = FoldFault.within(() -> FoldState.decode(saved.state()));
        return new SequenceFold(state, saved.position(), skipped);
      } catch (FoldFault e) {
        LOG.log(
            WARNING,
            "checkpoint cannot be read, folding again from chunks: {0}",
            FoldFault.told(e));
      }
    }
    return new SequenceFold(FoldState.start(head.athlete()), 0, skipped);
  }
}
