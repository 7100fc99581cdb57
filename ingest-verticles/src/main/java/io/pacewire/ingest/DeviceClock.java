package io.pacewire.ingest;

/**
 * How far a device's clock is off ours, as it says with each batch that is new by its own clock alone. A
 * clock that is off stays so: it runs as fast as ours. One by which hours pass within a minute is that of a
 * backlog that is called live, or of a replay. A clock may be set and jump, so some jumps are believed; but
 * until it was steady for a while its batches pay as backlog. Pure but for its state.
 */
final class DeviceClock {
  /** What the network makes of a clock that is steady. */
  static final long STEADY_MS = 3_000;

  /** So long after a jump it has to be. */
  static final long STEADY_FOR_MS = 10_000;

  /** Jumps that are believed at once, and then one in so many milliseconds. */
  static final int JUMPS = 30;

  static final long JUMP_EVERY_MS = 300;

  private boolean known;
  private long offsetMs;
  private long jumpedAtMs;
  private double jumps = JUMPS;
  private long atMs;

  DeviceClock(long nowMs) {
    atMs = nowMs;
  }

  /**
   * Where a batch belongs that is live by its device's word alone. What was measured before the clock was seen to
   * be steady is not spoken for by that: or a liar leaps on every ten seconds, by as much as a batch may span.
   *
   * @param saidMs the latest time that the batch says it is
   */
  Lane look(long firstAtMs, long saidMs, long nowMs) {
    refill(nowMs);
    long offset = nowMs - saidMs;
    if (!known || Math.abs(offset - offsetMs) > STEADY_MS) {
      if (jumps < 1) {
        return Lane.BACKLOG;
      }
      jumps--;
      known = true;
      offsetMs = offset;
      jumpedAtMs = nowMs;
    }
    long steadyMs = nowMs - jumpedAtMs;
    return steadyMs < STEADY_FOR_MS || saidMs - firstAtMs > steadyMs ? Lane.DOUBTED : Lane.LIVE;
  }

  /** Where a batch belongs that may be old but for its newest sample: as after a jump, however steady the clock. */
  Lane wide(long nowMs) {
    refill(nowMs);
    if (jumps < 1) {
      return Lane.BACKLOG;
    }
    jumps--;
    return Lane.DOUBTED;
  }

  /** Whether nobody has asked for so long. After {@link #JUMPS} times {@link #JUMP_EVERY_MS} all jumps are there again. */
  boolean isIdle(long nowMs, long forMs) {
    return Math.abs(nowMs - atMs) > forMs;
  }

  private void refill(long nowMs) {
    jumps = Math.min(JUMPS, jumps + Math.max(0, nowMs - atMs) / (double) JUMP_EVERY_MS);
    atMs = nowMs;
  }
}
