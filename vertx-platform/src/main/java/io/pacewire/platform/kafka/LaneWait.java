package io.pacewire.platform.kafka;

/**
 * How much longer something takes than it did when nothing was in its way, which is what the least of the last
 * half minute or more says. Pure but for its state; not thread-safe.
 */
final class LaneWait {
  static final long WINDOW_NANOS = 30_000_000_000L;

  private long leastNanos = Long.MAX_VALUE;
  private long leastBeforeNanos = Long.MAX_VALUE;
  private long begunNanos;

  /** @param tookNanos this time */
  long beyondLeastNanos(long tookNanos, long nowNanos) {
    if (leastNanos == Long.MAX_VALUE) {
      begunNanos = nowNanos;
    } else if (nowNanos - begunNanos >= WINDOW_NANOS) {
      begunNanos = nowNanos;
      leastBeforeNanos = leastNanos;
      leastNanos = tookNanos;
    }
    leastNanos = Math.min(leastNanos, tookNanos);
    return tookNanos - Math.min(leastNanos, leastBeforeNanos);
  }
}
