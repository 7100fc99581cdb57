package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.track.FoldState;
import io.pacewire.training.CheckpointRepository.Checkpoint;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import java.util.Optional;

/** Brings a writer's fold back into memory: from its checkpoint where that can be trusted. */
final class FoldLoader {
  private static final System.Logger LOG = System.getLogger(FoldLoader.class.getName());

  private final SkipRepository skips;
  private final CheckpointRepository checkpoints;

  FoldLoader(SkipRepository skips, CheckpointRepository checkpoints) {
    this.skips = skips;
    this.checkpoints = checkpoints;
  }

  /** @param term of the reads of its partition */
  Future<WriterFold> load(WriterKey key, SessionHead head, int term) {
    return skips
        .find(key)
        .compose(skipped -> checkpoints
            .find(key, head.algorithmVersion())
            .compose(found -> trusted(key, head, skipped, found))
            .map(found -> found
                .map(saved -> restored(saved, skipped, head))
                .orElseGet(() -> beginning(skipped, head))))
        .map(sequence -> new WriterFold(key, head, sequence, term));
  }

  /**
   * A state that went past a dropped batch may have been saved before that came after all, by whoever
   * had the partition then: where one came, only the chunks say what counts.
   */
  private Future<Optional<Checkpoint>> trusted(
      WriterKey key, SessionHead head, SeqRanges skipped, Optional<Checkpoint> found) {
    return found.isEmpty() || skipped.count() == 0
        ? Future.succeededFuture(found)
        : skips
            .isAnyStored(key, head, found.get().position())
            .map(any -> any ? Optional.empty() : found);
  }

  private static SequenceFold restored(Checkpoint saved, SeqRanges skipped, SessionHead head) {
    try {
      return new SequenceFold(FoldState.decode(saved.state()), saved.position(), skipped);
    } catch (IllegalArgumentException e) {
      LOG.log(WARNING, "checkpoint cannot be read, folding again from chunks: " + e.getMessage());
      return beginning(skipped, head);
    }
  }

  private static SequenceFold beginning(SeqRanges skipped, SessionHead head) {
    return new SequenceFold(FoldState.start(head.athlete()), 0, skipped);
  }
}
