package io.pacewire.ingest;

/**
 * Whether a body comes as fast as it has to: who drips one holds room that others wait for. Time in
 * which we did not read is nobody's fault. Used from one event loop.
 */
final class BodyPace {
  /** The slowest networks that phones still have bring several times that. */
  static final int LEAST_BYTES_PER_S = 1_024;

  private static final int SECOND_MS = 1_000;

  private final long graceMs;
  private long bytes;
  private long readMs;

  /** @param graceMs it may take so long beside what its bytes take */
  BodyPace(long graceMs) {
    this.graceMs = graceMs;
  }

  void came(int more) {
    bytes += more;
  }

  /** After each second: whether it is too slow by now. */
  boolean secondPassed(boolean wasRead) {
    readMs += wasRead ? SECOND_MS : 0;
    return readMs > graceMs + bytes * SECOND_MS / LEAST_BYTES_PER_S;
  }
}
