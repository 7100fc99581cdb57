package io.pacewire.training;

import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.SampleBatch;

/**
 * The fold of one writer in memory: how far its contiguous chunks were taken, and what came of
 * them. A cache; losing it costs reading a checkpoint and the chunks behind it.
 */
final class WriterFold {
  private final WriterKey key;
  private final SessionHead head;
  private final FoldState state;
  private int position;
  private int highestStored;
  private int savedPosition;
  private boolean startTold;

  WriterFold(WriterKey key, SessionHead head, FoldState state, int position) {
    this.key = key;
    this.head = head;
    this.state = state;
    this.position = position;
    this.savedPosition = position;
    this.highestStored = position - 1;
  }

  WriterKey key() {
    return key;
  }

  SessionHead head() {
    return head;
  }

  FoldState state() {
    return state;
  }

  /** The first sequence number that was not folded. */
  int position() {
    return position;
  }

  int unsaved() {
    return position - savedPosition;
  }

  void saved(int upTo) {
    savedPosition = Math.max(savedPosition, upTo);
  }

  void noteStored(int seq) {
    highestStored = Math.max(highestStored, seq);
  }

  /** Whether batches beyond a missing one are stored. */
  boolean hasGap() {
    return highestStored >= position;
  }

  boolean isStartTold() {
    return startTold;
  }

  void startTold() {
    startTold = true;
  }

  /** Folds the next chunk; {@code scratch} is overwritten. */
  void step(byte[] body, SampleBatch scratch, FoldSink sink) {
    BatchCodec.decode(body, 0, body.length, scratch);
    TrackFold.step(state, scratch, sink);
    position++;
  }

  /** The next chunk is a tombstone. */
  void gap(FoldSink sink) {
    TrackFold.gap(state, position, position, sink);
    position++;
  }
}
