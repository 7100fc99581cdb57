package io.pacewire.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for processes to be gone. */
final class Ending {
  private Ending() {}

  /** Whether all of them ended within the time. */
  static boolean await(Collection<ProcessHandle> processes, Duration limit)
      throws InterruptedException {
    CountDownLatch running = new CountDownLatch(processes.size());
    for (ProcessHandle process : processes) {
      CompletableFuture<Void> unused = process.onExit().thenRun(running::countDown);
    }
    return running.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
