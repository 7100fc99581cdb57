package io.pacewire.stack;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs one step for several things at once and returns when all are through, or at the first that fails. */
final class Together {
  /** A step that may take its time. */
  interface Step<T> {
    void take(T subject) throws Exception;
  }

  private Together() {}

  static <T> void run(Executor workers, List<T> subjects, Step<T> step) throws Exception {
    CountDownLatch left = new CountDownLatch(subjects.size());
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (T subject : subjects) {
      workers.execute(() -> {
        try {
          step.take(subject);
          left.countDown();
        } catch (Exception failed) {
          if (failure.compareAndSet(null, failed)) {
            release(left);
          }
        }
      });
    }
    left.await();
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private static void release(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      latch.countDown();
    }
  }
}
