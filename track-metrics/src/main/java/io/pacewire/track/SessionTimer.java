package io.pacewire.track;

import java.nio.ByteBuffer;

/** The stopwatch: runs from start to finish but for what the athlete paused. Milliseconds. */
final class SessionTimer {
  private static final long NONE = Long.MIN_VALUE;

  private long startAtMs = NONE;
  private long pausedSinceMs = NONE;
  private long pausedMs;
  private long lastAtMs = NONE;
  private boolean marked;

  /** Something happened at this time. */
  void at(long epochMs) {
    if (startAtMs == NONE) {
      startAtMs = epochMs;
    }
    lastAtMs = Math.max(lastAtMs, epochMs);
  }

  /** What a device recorded before the start mark is not on the stopwatch. */
  void start(long epochMs) {
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
      pausedMs += Math.max(0, epochMs - pausedSinceMs);
      pausedSinceMs = NONE;
    }
  }

  /** Whether the athlete ever paused. */
  boolean hasMarks() {
    return marked;
  }

  /** So much of the time until now was a pause that nobody marked. */
  void rested(long milliseconds) {
    pausedMs += milliseconds;
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
