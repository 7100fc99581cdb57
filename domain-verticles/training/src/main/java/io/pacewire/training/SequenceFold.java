package io.pacewire.training;

import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;

/**
 * A fold on its way along a writer's sequence. What the device dropped for good and what could not
 * be decoded is a gap; what is only missing is waited for, unless it is given up. The same chunks
 * give the same state, live and when they are read again.
 */
final class SequenceFold {
  private final FoldState state;
  private final SeqRanges skipped;
  private int position;

  /**
   * @param position the first sequence number that {@code state} has not seen
   * @param skipped what is stored as dropped by the device; may grow
   */
  SequenceFold(FoldState state, int position, SeqRanges skipped) {
    this.state = state;
    this.position = position;
    this.skipped = skipped;
  }

  FoldState state() {
    return state;
  }

  /** The first sequence number that was not folded. */
  int position() {
    return position;
  }

  /**
   * What is stored as dropped by now. Not what batches say themselves: who reads this fold again must
   * know as much.
   */
  void skip(SeqRanges stored) {
    skipped.addAll(stored);
  }

  /**
   * Folds a chunk if its turn has come. False where an earlier one is still missing, or where it was
   * folded before.
   *
   * @param scratch is overwritten
   */
  boolean take(int seq, byte[] body, boolean tombstone, SampleBatch scratch, FoldSink sink) {
    if (seq > position && isDropped(position, seq - 1)) {
      giveUp(seq, sink);
    }
    if (seq != position) {
      return false;
    }
    if (tombstone) {
      TrackFold.gap(state, seq, seq, sink);
    } else {
      BatchCodec.decode(body, 0, body.length, scratch);
      TrackFold.step(state, scratch, sink);
    }
    position++;
    return true;
  }

  /** What is missing before {@code seq} will not be waited for. */
  void giveUp(int seq, FoldSink sink) {
    if (seq > position) {
      TrackFold.gap(state, position, seq - 1, sink);
      position = seq;
    }
  }

  /** Whether a chunk came that the fold went past without it. */
  boolean passedWithout(int seq) {
    return seq < position && isDropped(seq, seq);
  }

  private boolean isDropped(int from, int to) {
    for (int range = 0; range < skipped.count(); range++) {
      if (skipped.from(range) <= from && to <= skipped.to(range)) {
        return true;
      }
    }
    return false;
  }
}
