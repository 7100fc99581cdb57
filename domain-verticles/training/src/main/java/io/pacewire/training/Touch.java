package io.pacewire.training;

/**
 * @param receivedAtMs when the server last heard of a session
 * @param tipAtMs event time of its newest sample, corrected to the server's clock
 */
record Touch(long receivedAtMs, long tipAtMs) {

  Touch newer(Touch other) {
    return new Touch(Math.max(receivedAtMs, other.receivedAtMs), Math.max(tipAtMs, other.tipAtMs));
  }
}
