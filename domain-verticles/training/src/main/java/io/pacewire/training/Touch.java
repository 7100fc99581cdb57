package io.pacewire.training;

import org.jspecify.annotations.Nullable;

/**
 * What a poll brought of a session.
 *
 * @param receivedAtMs when the server got the newest of it
 * @param ledReceivedAtMs the same of writers that somebody started; null where none is among them
 * @param tipAtMs event time of its newest sample, corrected to the server's clock
 * @param partition of the topic
 * @param startedWriters of whom a start mark came, a bit each
 * @param finishedWriters of whom a finish mark came, a bit each
 * @param finishReceivedAtMs when a batch with a finish mark came, null where none did
 * @param brings whether anything of it was not stored before the poll; not what a device sends once more
 * @param ends whether the training was written of what it brought, and of all before; where it was
 *     written by then and this is false, what it brought is late
 */
record Touch(
    long receivedAtMs,
    @Nullable Long ledReceivedAtMs,
    long tipAtMs,
    int partition,
    int startedWriters,
    int finishedWriters,
    @Nullable Long finishReceivedAtMs,
    boolean brings,
    boolean ends) {

  /** @param leads whether the writer is one that somebody started, as far as is known */
  static Touch of(TelemetryRecord record, boolean leads, boolean brings, boolean ends) {
    int writer = 1 << record.writer().writer();
    return new Touch(
        record.receivedAtMs(),
        leads ? record.receivedAtMs() : null,
        record.correctedAtMs(),
        record.partition(),
        record.digest().starts() ? writer : 0,
        record.digest().finishes() ? writer : 0,
        record.digest().finishes() ? record.receivedAtMs() : null,
        brings,
        ends);
  }

  /** Whether more than times moved on. */
  boolean changesState() {
    return startedWriters != 0 || finishedWriters != 0 || finishReceivedAtMs != null || ends;
  }

  Touch and(Touch other) {
    return new Touch(
        Math.max(receivedAtMs, other.receivedAtMs),
        later(ledReceivedAtMs, other.ledReceivedAtMs),
        Math.max(tipAtMs, other.tipAtMs),
        other.partition,
        startedWriters | other.startedWriters,
        finishedWriters | other.finishedWriters,
        finishReceivedAtMs == null ? other.finishReceivedAtMs : finishReceivedAtMs,
        brings || other.brings,
        ends || other.ends);
  }

  private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }
}
