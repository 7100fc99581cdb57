package io.pacewire.track;

import java.util.function.IntToLongFunction;

/**
 * When a sensor's sample is due, as its own neighbours say: the one believed before it and the two
 * after. A device's clock is wrong for a moment now and then. A time that is ahead of the one before
 * and from which the next falls back is wrong where the next fits the one before it; where it does not,
 * either may be, and the one after both decides. A time that lies behind says nothing of when it was:
 * the sample is due with the next. Pure.
 */
final class Turn {
  /** Sensors that speak each second are out of step by less. */
  static final long LEAD_MS = 1_000;

  /** A first time that far before the start, and before the second, is no recording's beginning. */
  private static final long STRAY_MS = 60_000;

  /** Where the next excludes a time that is so far ahead of all sensors, that time is wrong. */
  static final long AHEAD_OF_OTHERS_MS = 30_000;

  /** A clock that is wrong more often is not looked through to the next right time. */
  private static final int MOST_WRONG_IN_A_ROW = 8;

  /** Behind all that waits for others: the end. */
  static final long LAST = Lane.NEVER - 1;

  private Turn() {}

  /**
   * Whether a time is ahead of all that the sensor said before, so that only what comes tells whether
   * the clock was wrong for a moment or the sensor was silent. The first time of all is.
   */
  static boolean leads(long atMs, long beforeMs) {
    return beforeMs == Lane.BEFORE_ALL || atMs - beforeMs > LEAD_MS;
  }

  /** Whether a time lies so far behind that it is no matter of who speaks first. */
  static boolean straggles(long atMs, long beforeMs) {
    return beforeMs != Lane.BEFORE_ALL && atMs < beforeMs - LEAD_MS;
  }

  /**
   * Whether a sensor's first time lies long before the start, and the second within the recording: as
   * good as behind.
   *
   * @param startMs of the start mark; {@link Lane#BEFORE_ALL} without any
   * @param nextMs of the sensor's second sample; {@link Lane#NEVER} while there is none
   */
  static boolean isStray(long atMs, long beforeMs, long startMs, long nextMs) {
    return beforeMs == Lane.BEFORE_ALL
        && startMs != Lane.BEFORE_ALL
        && atMs < startMs - STRAY_MS
        && nextMs >= startMs - LEAD_MS;
  }

  /** Whether the next falls back from a time, so that one of both is wrong. */
  static boolean contradicts(long nextMs, long atMs) {
    return nextMs < atMs - LEAD_MS;
  }

  /**
   * Whether the next may be the one that is wrong, of two that exclude each other: it fits those before
   * no better.
   */
  static boolean isUnclear(long nextMs, long beforeMs) {
    return beforeMs == Lane.BEFORE_ALL || straggles(nextMs, beforeMs);
  }

  /**
   * Whether a time was wrong.
   *
   * @param beforeMs believed before it; {@link Lane#BEFORE_ALL} without any
   * @param nextMs of the sample after; {@link Lane#NEVER} while there is none
   * @param afterNextMs of the one after that; {@link Lane#NEVER} while there is none
   * @param limits for a time that none of both speaks for
   */
  static boolean isWrong(long atMs, long beforeMs, long nextMs, long afterNextMs, Limits limits) {
    if (!leads(atMs, beforeMs)) {
      return false;
    }
    if (nextMs == Lane.NEVER) {
      return atMs > limits.aloneUntilMs;
    }
    if (!contradicts(nextMs, atMs)) {
      return false;
    }
    if (afterNextMs != Lane.NEVER && isUnclear(nextMs, beforeMs)) {
      return contradicts(afterNextMs, atMs);
    }
    return !isUnclear(nextMs, beforeMs) || limits.decide(atMs, beforeMs);
  }

  /**
   * When a sample is due whose own time tells nothing: with the next that was not wrong.
   *
   * @param timesMs of the sensor's samples, {@link Lane#NEVER} behind the last
   * @param beforeMs believed before it; {@link Lane#BEFORE_ALL} without any
   * @return {@link Lane#NEVER} as long as there is no next, {@link #LAST} where none will come
   */
  static long dueAsideMs(IntToLongFunction timesMs, int index, long beforeMs, Limits limits) {
    for (int i = index + 1; i <= index + MOST_WRONG_IN_A_ROW; i++) {
      long at = timesMs.applyAsLong(i);
      if (at == Lane.NEVER) {
        break;
      }
      long next = timesMs.applyAsLong(i + 1);
      if (at < 0 || !isWrong(at, beforeMs, next, timesMs.applyAsLong(i + 2), limits)) {
        return Math.max(beforeMs, at);
      }
    }
    if (timesMs.applyAsLong(index + 1) != Lane.NEVER) {
      return beforeMs;
    }
    return limits.isClosed() ? LAST : Lane.NEVER;
  }

  /** Up to where times are believed that no other of the sensor decides on. */
  static final class Limits {
    private boolean closed;
    private long aloneUntilMs = Lane.NEVER;
    private long opposedUntilMs = Lane.NEVER;

    /** More may come; so far has any sensor got. */
    void reach(long tailMs) {
      closed = false;
      aloneUntilMs = Lane.NEVER;
      opposedUntilMs = tailMs == Lane.BEFORE_ALL ? Lane.NEVER : tailMs + AHEAD_OF_OTHERS_MS;
    }

    /** Nothing will follow. */
    void close(long untilMs) {
      closed = true;
      aloneUntilMs = untilMs;
      opposedUntilMs = untilMs;
    }

    /** Whether the first of two times that exclude each other is wrong, where no third decides. */
    private boolean decide(long atMs, long beforeMs) {
      return atMs > opposedUntilMs && (closed || beforeMs == Lane.BEFORE_ALL);
    }

    boolean isClosed() {
      return closed;
    }
  }

  /**
   * How far a sensor has got by a time that leads and the one that confirms it. What other sensors
   * said up to soon after it is here, too: the next may be as far ahead again.
   */
  static long confirmed(long atMs, long nextMs) {
    return Math.min(nextMs, atMs + SampleOrder.PATIENCE_MS);
  }
}
