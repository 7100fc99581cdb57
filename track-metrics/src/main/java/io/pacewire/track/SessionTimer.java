package io.pacewire.track;

import java.nio.ByteBuffer;

/** The stopwatch: runs from start to finish but for what the athlete paused. Milliseconds. */
final class SessionTimer {
  private static final long NONE = Long.MIN_VALUE;

  /** A recording that is silent for longer is over, or had not begun. */
  static final long LONGEST_SILENCE_MS = 6 * 3_600_000L;

  /** 2001-01-01. A clock that knows no date begins in 1970, 1980, 1989 or 2000. */
  private static final long DATED_FROM_MS = 978_307_200_000L;

  /** No recording is silent for a week: such a clock has learnt the date. */
  private static final long LONGEST_LEAP_MS = 7 * 86_400_000L;

  /** Longer than all years that a time can be of, and six bytes hold it. */
  private static final long LONGEST_PAUSES_MS = 1L << 46;

  private long startAtMs = NONE;
  private long pausedSinceMs = NONE;
  private long pausedMs;
  private long lastAtMs = NONE;
  private boolean marked;

  /**
   * A sensor spoke. Where the first to speak does so hours after the start, or well before it, the
   * device had not learnt the time yet when it started.
   */
  void sample(long epochMs) {
    boolean first = startAtMs != NONE && lastAtMs == startAtMs && pausedSinceMs == NONE;
    long silentMs = epochMs - startAtMs;
    if (first && (silentMs > LONGEST_SILENCE_MS || -silentMs > Lane.LEAP_MS)) {
      startAtMs = epochMs;
      lastAtMs = epochMs;
    }
    at(epochMs);
  }

  /** Something happened at this time. A clock that learns the date meanwhile takes the start along. */
  void at(long epochMs) {
    if (startAtMs == NONE) {
      startAtMs = epochMs;
      lastAtMs = epochMs;
    }
    long leapMs = epochMs - lastAtMs;
    if (leapMs > LONGEST_LEAP_MS && lastAtMs < DATED_FROM_MS) {
      startAtMs += leapMs;
      pausedSinceMs = isPaused() ? pausedSinceMs + leapMs : NONE;
    }
    lastAtMs = Math.max(lastAtMs, epochMs);
  }

  /**
   * What sensors said before the start mark is not on the stopwatch.
   *
   * @param went whether way was counted by then; its time counts as well
   */
  void start(long epochMs, boolean went) {
    if (went) {
      resume(epochMs);
      return;
    }
    startAtMs = epochMs;
    pausedSinceMs = NONE;
    pausedMs = 0;
    lastAtMs = Math.max(lastAtMs, epochMs);
  }

  void pause(long epochMs) {
    marked = true;
    at(epochMs);
    if (pausedSinceMs == NONE) {
      pausedSinceMs = epochMs;
    }
  }

  void resume(long epochMs) {
    at(epochMs);
    if (pausedSinceMs != NONE) {
      rested(Math.max(0, epochMs - pausedSinceMs));
      pausedSinceMs = NONE;
    }
  }

  /** Whether the athlete ever paused. */
  boolean hasMarks() {
    return marked;
  }

  /** So much of the time until now was a pause that nobody marked. */
  void rested(long milliseconds) {
    pausedMs = Math.min(LONGEST_PAUSES_MS, pausedMs + milliseconds);
  }

  boolean isStarted() {
    return startAtMs != NONE;
  }

  boolean isPaused() {
    return pausedSinceMs != NONE;
  }

  long startAtMs() {
    return isStarted() ? startAtMs : 0;
  }

  long lastAtMs() {
    return isStarted() ? lastAtMs : 0;
  }

  long elapsedMs() {
    return isStarted() ? lastAtMs - startAtMs : 0;
  }

  /** What the stopwatch showed at this time. */
  long timerMs(long epochMs) {
    if (!isStarted()) {
      return 0;
    }
    long until = isPaused() ? Math.min(epochMs, pausedSinceMs) : epochMs;
    return Math.max(0, until - startAtMs - pausedMs);
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, startAtMs);
    StateBytes.put48(out, pausedSinceMs);
    StateBytes.put48(out, pausedMs);
    StateBytes.put48(out, lastAtMs);
    StateBytes.putFlag(out, marked);
  }

  void read(ByteBuffer in) {
    startAtMs = StateBytes.get48(in);
    pausedSinceMs = StateBytes.get48(in);
    pausedMs = StateBytes.get48(in);
    lastAtMs = StateBytes.get48(in);
    marked = StateBytes.getFlag(in);
  }
}
