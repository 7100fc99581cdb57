package io.pacewire.training;

import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fold over all of a writer's chunks, from the first: what live figures are a cache of. Reads
 * in pages, so that a day's recording costs bounded memory, and folds them beside the event loop.
 */
final class Recomputation {
  private static final int CHUNKS_A_PAGE = 200;

  private final ChunkRepository chunks;
  private final SkipRepository skips;
  private final FoldWorkers workers;

  Recomputation(ChunkRepository chunks, SkipRepository skips, FoldWorkers workers) {
    this.chunks = chunks;
    this.skips = skips;
    this.workers = workers;
  }

  /** What is done about a batch that is missing and may still come. */
  enum Missing {
    /** The fold stops before it. */
    WAITED_FOR,
    /** It is a gap, and a recording without a finish ends with its last sample. */
    GIVEN_UP
  }

  /**
   * @param state after the last chunk that was folded
   * @param position the first sequence number that is missing
   * @param complete finished by the device, and nothing before that was missing or refused
   * @param missing the first holes that the fold went past
   */
  record Folded(FoldState state, int position, boolean complete, List<MissingBatches> missing) {}

  /** Folds a writer's chunks; outputs go to {@code sink} in order, from threads of the workers. */
  Future<Folded> run(SessionHead head, int writer, Missing missing, CollectedTrack sink) {
    return run(head, writer, missing, sink, batch -> {});
  }

  /**
   * @param folded is given each batch that was folded, in order and on the workers' threads; the same
   *     object each time
   */
  Future<Folded> run(
      SessionHead head,
      int writer,
      Missing missing,
      CollectedTrack sink,
      Consumer<SampleBatch> folded) {
    return skips
        .find(new WriterKey(head.key(), writer))
        .compose(skipped -> page(
            new Pass(
                head,
                writer,
                missing,
                sink,
                folded,
                new SequenceFold(FoldState.start(head.athlete()), 0, skipped)),
            0));
  }

  /** Every batch of a writer that can be decoded, in order; the same object each time. */
  Future<Void> each(SessionHead head, int writer, Consumer<SampleBatch> batches) {
    return each(head, writer, 0, new SampleBatch(), batches);
  }

  private Future<Void> each(
      SessionHead head,
      int writer,
      int fromSeq,
      SampleBatch scratch,
      Consumer<SampleBatch> batches) {
    return chunks.listFrom(head, writer, fromSeq, CHUNKS_A_PAGE).compose(found -> {
      Future<Void> handed = workers.run(() -> hand(found, scratch, batches));
      return found.size() < CHUNKS_A_PAGE
          ? handed
          : handed.compose(done ->
              each(head, writer, found.get(found.size() - 1).seq() + 1, scratch, batches));
    });
  }

  private static @Nullable Void hand(
      List<Chunk> chunks, SampleBatch scratch, Consumer<SampleBatch> batches) {
    for (Chunk chunk : chunks) {
      if (!chunk.isTombstone()) {
        BatchCodec.decode(chunk.body(), 0, chunk.body().length, scratch);
        batches.accept(scratch);
      }
    }
    return null;
  }

  private Future<Folded> page(Pass pass, int fromSeq) {
    return chunks.listFrom(pass.head, pass.writer, fromSeq, CHUNKS_A_PAGE).compose(found -> {
      boolean last = found.size() < CHUNKS_A_PAGE;
      return workers
          .run(() ->
              !pass.fold(found) || last ? Optional.of(pass.result()) : Optional.<Folded>empty())
          .compose(done -> done.isPresent()
              ? Future.succeededFuture(done.get())
              : page(pass, found.get(found.size() - 1).seq() + 1));
    });
  }

  private record Pass(
      SessionHead head,
      int writer,
      Missing missing,
      CollectedTrack sink,
      Consumer<SampleBatch> folded,
      SequenceFold sequence,
      SampleBatch scratch,
      Holes holes) {

    Pass(
        SessionHead head,
        int writer,
        Missing missing,
        CollectedTrack sink,
        Consumer<SampleBatch> folded,
        SequenceFold sequence) {
      this(head, writer, missing, sink, folded, sequence, new SampleBatch(), new Holes(writer));
    }

    /** False where a missing chunk is waited for. */
    boolean fold(List<Chunk> page) {
      for (Chunk chunk : page) {
        if (take(chunk)) {
          continue;
        }
        if (missing == Missing.WAITED_FOR) {
          return false;
        }
        holes.before(chunk, sequence.position(), MissingBatches.Reason.MISSING);
        sequence.giveUp(chunk.seq(), sink);
        boolean unused = take(chunk); // its turn has come
      }
      return true;
    }

    private boolean take(Chunk chunk) {
      int position = sequence.position();
      boolean taken = sequence.take(chunk.seq(), chunk.body(), chunk.isTombstone(), scratch, sink);
      if (taken) {
        holes.before(chunk, position, MissingBatches.Reason.DROPPED);
        holes.passed(chunk);
      }
      if (taken && !chunk.isTombstone()) {
        sink.sensors().hear(scratch);
        folded.accept(scratch);
      }
      return taken;
    }

    Folded result() {
      FoldState state = sequence.state();
      boolean complete = state.finished()
          && state.gapCount() == 0
          && sequence.position() >= state.finishBatchCount();
      if (missing == Missing.GIVEN_UP) {
        TrackFold.end(state, sink);
      }
      return new Folded(state, sequence.position(), complete, holes.found());
    }
  }
}
