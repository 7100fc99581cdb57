package io.pacewire.ingest;

/** For how long nothing went over a connection, while we did read. Used from one event loop. */
final class Silence {
  private final ReadGate reading;
  private long sinceNanos = System.nanoTime();

  Silence(ReadGate reading) {
    this.reading = reading;
  }

  /** Something came, or went. */
  void broken() {
    sinceNanos = System.nanoTime();
  }

  /** Who is not read cannot be heard: that begins anew when it is read again. */
  boolean isLongerThan(long nanos, long nowNanos) {
    if (!reading.isOpen()) {
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos > nanos;
  }
}
