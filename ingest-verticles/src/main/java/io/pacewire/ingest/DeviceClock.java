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

  private static final long IDLE_MS = 60_000;

  private boolean known;
  private long offsetMs;
  private long jumpedAtMs;
  private double jumps = JUMPS;
  private long atMs;

  DeviceClock(long nowMs) {
    atMs = nowMs;
  }

  /** Where a batch belongs that is live by its device's word alone. */
  Lane look(long sentAtMs, long nowMs) {
    refill(nowMs);
    long offset = nowMs - sentAtMs;
    if (!known || Math.abs(offset - offsetMs) > STEADY_MS) {
      if (jumps < 1) {
        return Lane.BACKLOG;
      }
      jumps--;
      known = true;
      offsetMs = offset;
      jumpedAtMs = nowMs;
    }
    return nowMs - jumpedAtMs < STEADY_FOR_MS ? Lane.DOUBTED : Lane.LIVE;
  }

  /** Whether it may be forgotten: all jumps are there again. */
  boolean isIdle(long nowMs) {
    return Math.abs(nowMs - atMs) > IDLE_MS;
  }

  private void refill(long nowMs) {
    jumps = Math.min(JUMPS, jumps + Math.max(0, nowMs - atMs) / (double) JUMP_EVERY_MS);
    atMs = nowMs;
  }
}
