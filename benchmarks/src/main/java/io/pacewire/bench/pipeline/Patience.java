package io.pacewire.bench.pipeline;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Looks again until something is so. */
final class Patience {
  private static final long LOOK_MS = 100;

  private Patience() {}

  /** @throws IOException where it is not so in time */
  static void until(String what, long withinS, Callable<Boolean> isSo) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinS);
    while (!isSo.call()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not within " + withinS + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }
}
