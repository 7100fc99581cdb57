package io.pacewire.ingest;

/**
 * One limit on one device, athlete, tenant or node: batches and bytes a second, with a burst. What
 * passes may leave it in debt, which whoever sends has to wait for. Pure but for its state;
 * thread-safe, since event loops share it.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;
  private static final long LONGEST_MS = 60_000;

  private final Limit limit;
  private double batches;
  private double bytes;
  private long atNanos;

  /** Full. */
  TokenBucket(Limit limit, int nodes, long nowNanos) {
    this.limit = limit;
    this.batches = limit.batchesPerS(nodes) * limit.burstS();
    this.bytes = limit.bytesPerS(nodes) * limit.burstS();
    this.atNanos = nowNanos;
  }

  String name() {
    return limit.name();
  }

  /** Whether the debt is one that may grow no more. */
  synchronized boolean isExhausted(int nodes, long nowNanos) {
    refill(nodes, nowNanos);
    return waitMs(nodes) > 1_000L * limit.debtS();
  }

  /** Takes one batch, whether or not there is room; how long to wait then. */
  synchronized long take(int batchBytes, int nodes, long nowNanos) {
    refill(nodes, nowNanos);
    batches -= 1;
    bytes -= batchBytes;
    return waitMs(nodes);
  }

  /** How long until there is no debt. */
  synchronized long debtMs(int nodes, long nowNanos) {
    refill(nodes, nowNanos);
    return waitMs(nodes);
  }

  /** A full one is as good as a new one. */
  synchronized boolean isFull(int nodes, long nowNanos) {
    refill(nodes, nowNanos);
    return batches >= limit.batchesPerS(nodes) * limit.burstS()
        && bytes >= limit.bytesPerS(nodes) * limit.burstS();
  }

  private void refill(int nodes, long nowNanos) {
    double seconds = Math.max(0, (nowNanos - atNanos) / NANOS);
    atNanos = Math.max(atNanos, nowNanos);
    batches = filled(batches, limit.batchesPerS(nodes), seconds);
    bytes = filled(bytes, limit.bytesPerS(nodes), seconds);
  }

  private double filled(double level, double perS, double seconds) {
    return perS == 0 ? 0 : Math.min(perS * limit.burstS(), level + perS * seconds);
  }

  private long waitMs(int nodes) {
    return Math.min(
        LONGEST_MS,
        Math.max(waitMs(batches, limit.batchesPerS(nodes)), waitMs(bytes, limit.bytesPerS(nodes))));
  }

  private static long waitMs(double level, double perS) {
    return perS == 0 || level >= 0 ? 0 : (long) Math.ceil(-level / perS * 1_000);
  }
}
