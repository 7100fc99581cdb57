package io.pacewire.launcher;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A beat on one event loop, and whether its thread has waited since: for a lock, a queue, a future or a
 * time, as a handler does that blocks. A thread that has no work is in the selector, which is no such
 * wait, and one that the machine does not let run does not wait either: so load changes nothing.
 */
final class LoopBeat extends VerticleBase {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long everyMs;
  private volatile long threadId;
  private final AtomicInteger count = new AtomicInteger();
  private volatile long longestLagNanos;
  private long beforeNanos;
  private long waitsBefore;

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
    waitsBefore = waitsUntilNow();
  }

  long waits() {
    return waitsUntilNow() - waitsBefore;
  }

  private long waitsUntilNow() {
    ThreadInfo thread = THREADS.getThreadInfo(threadId);
    return thread.getWaitedCount();
  }
}
