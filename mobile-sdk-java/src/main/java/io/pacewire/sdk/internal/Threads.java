package io.pacewire.sdk.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The SDK's threads: named, daemons, one for each purpose. */
public final class Threads {
  private Threads() {}

  public static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(work -> daemon(name, work));
  }

  static ScheduledThreadPoolExecutor scheduled(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, work -> daemon(name, work));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
