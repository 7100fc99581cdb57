package io.pacewire.launcher;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A beat on one event loop. */
final class LoopBeat extends VerticleBase {
  private final long everyMs;
  private volatile long threadId;
  private final AtomicInteger count = new AtomicInteger();
  private volatile long longestLagNanos;
  private long beforeNanos;

  LoopBeat(long everyMs) {
    this.everyMs = everyMs;
  }

  @Override
  public Future<?> start() {
    threadId = Thread.currentThread().getId();
    beforeNanos = System.nanoTime();
    long unused = vertx.setPeriodic(everyMs, tick -> beat());
    return Future.succeededFuture();
  }

  private void beat() {
    long now = System.nanoTime();
    long lag = now - beforeNanos - TimeUnit.MILLISECONDS.toNanos(everyMs);
    beforeNanos = now;
    longestLagNanos = Math.max(longestLagNanos, lag);
    count.incrementAndGet();
  }

  long threadId() {
    return threadId;
  }

  int count() {
    return count.get();
  }

  long longestLagMs() {
    return TimeUnit.NANOSECONDS.toMillis(longestLagNanos);
  }

  /** What was until now does not count. */
  void forget() {
    longestLagNanos = 0;
  }
}
