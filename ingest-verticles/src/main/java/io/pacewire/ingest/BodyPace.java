package io.pacewire.ingest;

/**
 * Whether a body comes as fast as it has to: who drips one, or stops amid it, holds room that others
 * wait for. Time in which we did not read is nobody's fault. Used from one event loop.
 */
final class BodyPace {
  /** The slowest networks that phones still have bring several times that. */
  static final int LEAST_BYTES_PER_S = 1_024;

  private static final long SECOND_MS = 1_000;

  /** What came fast saves no more than it had at the beginning, or a megabyte would buy minutes. */
  private final long mostBytes;

  private long savedBytes;

  /** @param graceMs it may take so long beside what its bytes take, and so long without any */
  BodyPace(long graceMs) {
    this.mostBytes = graceMs * LEAST_BYTES_PER_S / SECOND_MS;
    this.savedBytes = mostBytes;
  }

  void came(int more) {
    savedBytes = Math.min(mostBytes, savedBytes + more);
  }

  /** After each second: whether it is too slow by now. */
  boolean secondPassed(boolean wasRead) {
    savedBytes -= wasRead ? LEAST_BYTES_PER_S : 0;
    return savedBytes < 0;
  }
}
