package io.pacewire.training;

import org.jspecify.annotations.Nullable;

/**
 * What a poll brought of a session.
 *
 * @param receivedAtMs when the server got the newest of it
 * @param tipAtMs event time of its newest sample, corrected to the server's clock
 * @param partition of the topic
 * @param finishReceivedAtMs when a batch with a finish mark came, null where none did
 * @param cameLate the training was written before
 */
record Touch(
    long receivedAtMs,
    long tipAtMs,
    int partition,
    @Nullable Long finishReceivedAtMs,
    boolean cameLate) {

  static Touch of(TelemetryRecord record, boolean cameLate) {
    return new Touch(
        record.receivedAtMs(),
        record.correctedAtMs(),
        record.partition(),
        record.digest().finishes() ? record.receivedAtMs() : null,
        cameLate);
  }

  Touch and(Touch other) {
    return new Touch(
        Math.max(receivedAtMs, other.receivedAtMs),
        Math.max(tipAtMs, other.tipAtMs),
        other.partition,
        finishReceivedAtMs == null ? other.finishReceivedAtMs : finishReceivedAtMs,
        cameLate || other.cameLate);
  }
}
