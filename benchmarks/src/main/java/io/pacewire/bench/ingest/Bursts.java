package io.pacewire.bench.ingest;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Beats time for connections that send at a rate: every millisecond some of them send, and each again
 * after the time between bursts. A thread of its own, since an event loop over NIO does not sleep for
 * less than half a millisecond but spins, and what spins takes the cores from what is measured.
 */
final class Bursts implements Runnable, AutoCloseable {
  private static final long BEAT_NS = 1_000_000;

  private final List<LoadConnection> connections;
  private final int beats;
  private final Thread thread = new Thread(this, "bursts");
  private volatile boolean beating = true;

  /** @param burstMs time between two bursts of a connection */
  Bursts(List<LoadConnection> connections, int burstMs) {
    this.connections = connections;
    this.beats = burstMs;
  }

  void start() {
    long begunNs = System.nanoTime();
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).start(begunNs + i % beats * BEAT_NS);
    }
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    long dueNs = System.nanoTime();
    for (int beat = 0; beating; beat = (beat + 1) % beats) {
      for (int i = beat; i < connections.size(); i += beats) {
        connections.get(i).burst();
      }
      dueNs += BEAT_NS;
      // One that is late is made up for at once: nobody waits for another turn.
      for (long leftNs = dueNs - System.nanoTime();
          leftNs > 0 && beating;
          leftNs = dueNs - System.nanoTime()) {
        LockSupport.parkNanos(this, leftNs);
      }
    }
  }

  /** No burst begins after this but one that has begun. */
  @Override
  public void close() {
    beating = false;
    LockSupport.unpark(thread);
  }
}
