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
  private boolean startTold;

  /** @param term of the reads of its partition */
  WriterFold(WriterKey key, SessionHead head, SequenceFold sequence, int term) {
    this.key = key;
    this.term = term;
    this.head = head;
    this.sequence = sequence;
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

  void saved(int upTo) {
    savedPosition = Math.max(savedPosition, upTo);
  }

  void noteStored(TelemetryRecord record) {
    noteStored(record.seq());
    sequence.skipped().addAll(record.digest().skipped());
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
