package io.pacewire.platform.kafka;

/**
 * How much longer records wait than they do when nothing is in their way, which is what the least wait of the last
 * half minute or more says: clocks that differ, and the way there, are in both. Pure but for its state; not
 * thread-safe.
 */
final class LaneWait {
  static final long WINDOW_NANOS = 30_000_000_000L;

  private long leastMs = Long.MAX_VALUE;
  private long leastBeforeMs = Long.MAX_VALUE;
  private long begunNanos;

  /** @param ageMs of the oldest record of a poll: now, less when it was written, by whatever clocks */
  long beyondLeastMs(long ageMs, long nowNanos) {
    if (leastMs == Long.MAX_VALUE) {
      begunNanos = nowNanos;
    } else if (nowNanos - begunNanos >= WINDOW_NANOS) {
      begunNanos = nowNanos;
      leastBeforeMs = leastMs;
      leastMs = ageMs;
    }
    leastMs = Math.min(leastMs, ageMs);
    return ageMs - Math.min(leastMs, leastBeforeMs);
  }
}
