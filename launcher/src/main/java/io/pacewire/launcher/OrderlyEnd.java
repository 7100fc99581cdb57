package io.pacewire.launcher;

import static java.lang.System.Logger.Level.DEBUG;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, or a service's stop: the JVM waits until what it interrupted is closed in order. One for each
 * process. Thread-safe.
 */
final class OrderlyEnd {
  private static final System.Logger LOG = System.getLogger(OrderlyEnd.class.getName());

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean begun;

  /** From now on the JVM waits for {@link #closed}. */
  void guard() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  /** What was to start is there. */
  void started() {
    begun = true;
  }

  /** For whatever went wrong meanwhile: what is to start misses what a JVM that ends does not give. */
  boolean excuses(RuntimeException fault) {
    boolean excused = isAsked() && !begun;
    if (excused) {
      LOG.log(DEBUG, "while it started", fault);
    }
    return excused;
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** For what takes time to start, between its steps. */
  void check() {
    if (isAsked()) {
      throw new StartException("stopped before it was ready");
    }
  }

  /** Returns when it is asked for. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void stop() {
    if (!begun) {
      // What is starting may want what a JVM that ends does not give, and nobody waits for it any
      // more.
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, fault) -> LOG.log(DEBUG, "while it stopped", fault));
    }
    asked.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing is left to be closed. */
  void closed() {
    closed.countDown();
  }
}
