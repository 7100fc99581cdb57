package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;

/**
 * Goes on beyond missing batches as if they would never come, so that who looks on sees where the
 * athlete is now. Beside the fold that waits for them, and of the same chunks; nothing of it is saved.
 */
final class TailFold {
  private final WriterKey key;
  private final SequenceFold sequence;
  private final SeqRanges holes = new SeqRanges();
  private boolean outdated;

  /**
   * @param waiting is left as it is
   * @param position the first sequence number that {@code waiting} has not seen
   */
  TailFold(WriterKey key, FoldState waiting, int position) {
    this.key = key;
    this.sequence = new SequenceFold(FoldState.decode(waiting.encode()), position, new SeqRanges());
  }

  WriterKey key() {
    return key;
  }

  /** The first sequence number that comes next. */
  int position() {
    return sequence.position();
  }

  Figures figures() {
    return sequence.state().figures();
  }

  /** Whether something came that was given up: what is shown has to begin again. */
  boolean isOutdated() {
    return outdated;
  }

  /** Not all of it was at hand. */
  void outdate() {
    outdated = true;
  }

  /** In whatever order, and whatever was there before. */
  void take(int seq, byte[] body, boolean tombstone, SampleBatch scratch) {
    int position = sequence.position();
    if (seq < position) {
      outdated |= holes.contains(seq);
      return;
    }
    if (seq > position) {
      holes.add(position, seq - 1);
      sequence.giveUp(seq, FoldSink.NONE);
    }
    boolean unused = sequence.take(seq, body, tombstone, scratch, FoldSink.NONE);
  }
}
