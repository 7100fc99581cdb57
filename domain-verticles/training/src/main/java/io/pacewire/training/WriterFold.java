package io.pacewire.training;

/**
 * The fold of one writer in memory: how far its chunks were taken, and what came of them. A cache;
 * losing it costs reading a checkpoint and the chunks behind it.
 */
final class WriterFold {
  private final WriterKey key;
  private final SessionHead head;
  private final SequenceFold sequence;
  private final int term;
  private int highestStored;
  private int savedPosition;
  private long savedAtMs;
  private boolean startTold;

  /** @param term of the reads of its partition */
  WriterFold(WriterKey key, SessionHead head, SequenceFold sequence, int term) {
    this.key = key;
    this.term = term;
    this.head = head;
    this.sequence = sequence;
    this.startTold = head.startTold();
    this.savedPosition = sequence.position();
    this.highestStored = sequence.position() - 1;
  }

  WriterKey key() {
    return key;
  }

  SessionHead head() {
    return head;
  }

  /** In another one somebody else may have gone on. */
  int term() {
    return term;
  }

  SequenceFold sequence() {
    return sequence;
  }

  int unsaved() {
    return sequence.position() - savedPosition;
  }

  /** Since the last checkpoint, or since the first batch behind it came. */
  long unsavedMs(long nowMs) {
    return nowMs - savedAtMs;
  }

  /** As far as a checkpoint says that was written at this time. */
  void saved(int upTo, long atMs) {
    savedPosition = Math.max(savedPosition, upTo);
    savedAtMs = atMs;
  }

  /** Whoever stored the first batch behind its checkpoint: to be taken over again and again puts the next one off no further. */
  void unsavedSince(long receivedAtMs) {
    if (savedAtMs == 0) {
      savedAtMs = receivedAtMs;
    }
  }

  void noteStored(TelemetryRecord record) {
    unsavedSince(record.receivedAtMs());
    noteStored(record.seq());
  }

  void noteStored(int seq) {
    highestStored = Math.max(highestStored, seq);
  }

  int highestStored() {
    return highestStored;
  }

  /** Whether batches beyond a missing one are stored. */
  boolean hasGap() {
    return highestStored >= sequence.position();
  }

  boolean isStartTold() {
    return startTold;
  }

  void startTold() {
    startTold = true;
  }
}
