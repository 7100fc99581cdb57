package io.pacewire.training;

import io.pacewire.training.MissingBatches.Reason;
import java.util.ArrayList;
import java.util.List;

/** Notes what a fold goes past on its way along a writer's chunks; bounded. */
final class Holes {
  private final int writer;
  private final List<MissingBatches> found = new ArrayList<>();
  private long untilMs = Long.MIN_VALUE;

  Holes(int writer) {
    this.writer = writer;
  }

  /** What lies between the first that was not folded and this chunk, if anything. */
  void before(Chunk chunk, int position, Reason reason) {
    if (chunk.seq() > position) {
      add(position, chunk.seq() - 1, reason, chunk.firstAtMs());
    }
  }

  /** The chunk was folded, or is refused and will never be. */
  void passed(Chunk chunk) {
    if (chunk.isTombstone()) {
      add(chunk.seq(), chunk.seq(), Reason.REFUSED, chunk.lastAtMs());
    }
    untilMs = Math.max(untilMs, chunk.lastAtMs());
  }

  List<MissingBatches> found() {
    return found;
  }

  private void add(int fromSeq, int toSeq, Reason reason, long toAtMs) {
    if (found.size() < MissingBatches.MOST_NAMED) {
      long fromAtMs = untilMs == Long.MIN_VALUE ? toAtMs : untilMs;
      found.add(
          new MissingBatches(writer, fromSeq, toSeq, reason, fromAtMs, Math.max(fromAtMs, toAtMs)));
    }
  }
}
