package io.pacewire.sdk.internal;

import java.util.concurrent.TimeUnit;

/** Since when a lane waits for acknowledgements and for storage, and how patient it has become. */
final class StallWatch {
  private static final int FIRST_RESEND =
      4; // five minutes each may be, and all devices ask at once
  private static final int MAX_RESEND = 4_096;
  private static final int MAX_ROUNDS = 6;

  private long ackSinceNanos;
  private long storedSinceNanos;
  private long askedAtNanos;
  private boolean asked;
  private int round;
  private int resend = FIRST_RESEND;

  void ackProgress(long now) {
    ackSinceNanos = now;
  }

  void storedProgress(long now) {
    storedSinceNanos = now;
    round = 0;
  }

  /** Nothing waits for storage any more: the next stall is a first one. */
  void settled() {
    round = 0;
    resend = FIRST_RESEND;
    asked = false;
  }

  boolean isAckLate(long now, long timeoutMs) {
    return now - ackSinceNanos > TimeUnit.MILLISECONDS.toNanos(timeoutMs);
  }

  /**
   * Each fruitless round doubles the patience: a database that is down must not be met with all our
   * bytes again.
   */
  boolean isStoredLate(long now, long timeoutMs) {
    return !asked && now - storedSinceNanos > TimeUnit.MILLISECONDS.toNanos(timeoutMs) << round;
  }

  void asked(long now) {
    asked = true;
    askedAtNanos = now;
    storedSinceNanos = now;
    round = Math.min(MAX_ROUNDS, round + 1);
  }

  boolean isAsked() {
    return asked;
  }

  boolean isAnswerLate(long now, long patienceMs) {
    return asked && now - askedAtNanos > TimeUnit.MILLISECONDS.toNanos(patienceMs);
  }

  /**
   * How many batches to send again now; more each time, so that a lost topic is refilled in
   * minutes.
   */
  int takeResend() {
    asked = false;
    int now = resend;
    resend = Math.min(MAX_RESEND, resend * 2);
    return now;
  }
}
