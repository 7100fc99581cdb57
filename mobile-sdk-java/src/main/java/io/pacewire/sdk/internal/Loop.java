package io.pacewire.sdk.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The uploader's thread as a queue of small tasks. After the close it takes none and says nothing.
 */
final class Loop {
  private final ScheduledThreadPoolExecutor thread = Threads.scheduled("pacewire-upload");
  private final Consumer<String> unexpected;

  Loop(Consumer<String> unexpected) {
    this.unexpected = unexpected;
  }

  void execute(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException closed) {
      // Nobody waits for the upload any more; what was not sent is in the store.
    }
  }

  @Nullable
  ScheduledFuture<?> schedule(Runnable task, long delayMs) {
    try {
      return thread.schedule(guarded(task), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
  }

  void close(Runnable last, long patienceMs) {
    execute(last);
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(patienceMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException mistake) {
        unexpected.accept("upload: " + mistake);
      }
    };
  }
}
