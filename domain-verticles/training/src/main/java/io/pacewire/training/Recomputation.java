package io.pacewire.training;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.List;

/**
 * The fold over all of a writer's chunks, from the first: what live figures are a cache of. Reads
 * in pages, so that a day's recording costs bounded memory and never holds the event loop for long.
 */
final class Recomputation {
  private static final int CHUNKS_A_PAGE = 200;

  private final ChunkRepository chunks;

  Recomputation(ChunkRepository chunks) {
    this.chunks = chunks;
  }

  /**
   * @param state after the last contiguous chunk
   * @param position the first sequence number that is missing
   * @param complete no tombstone and no hole among what was folded
   */
  record Folded(FoldState state, int position, boolean complete) {}

  /** Folds the contiguous prefix of a writer; outputs go to {@code sink} in order. */
  Future<Folded> run(SessionHead head, int writer, FoldSink sink) {
    return page(new Pass(head, writer, sink));
  }

  private Future<Folded> page(Pass pass) {
    return chunks.listFrom(pass.head, pass.writer, pass.position, CHUNKS_A_PAGE).compose(found -> {
      boolean contiguous = pass.fold(found);
      return contiguous && found.size() == CHUNKS_A_PAGE
          ? page(pass)
          : Future.succeededFuture(new Folded(pass.state, pass.position, pass.complete));
    });
  }

  private static final class Pass {
    private final SessionHead head;
    private final int writer;
    private final FoldSink sink;
    private final FoldState state = FoldState.start(AthleteParameters.defaults());
    private final SampleBatch scratch = new SampleBatch();
    private int position;
    private boolean complete = true;

    Pass(SessionHead head, int writer, FoldSink sink) {
      this.head = head;
      this.writer = writer;
      this.sink = sink;
    }

    /** False where a chunk is missing. */
    boolean fold(List<Chunk> page) {
      for (Chunk chunk : page) {
        if (chunk.seq() != position) {
          return false;
        }
        if (chunk.isTombstone()) {
          complete = false;
          TrackFold.gap(state, position, position, sink);
        } else {
          BatchCodec.decode(chunk.body(), 0, chunk.body().length, scratch);
          TrackFold.step(state, scratch, sink);
        }
        position++;
      }
      return true;
    }
  }
}
