package io.pacewire.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A process of its own around a stack: what tests kill, and what measures a start by hand. */
final class StackUntilKilled {
  private StackUntilKilled() {}

  /** Arguments: data directory, server files. Prints one line when ready and closes at the end of input. */
  public static void main(String[] args) throws Exception {
    long from = System.nanoTime();
    Map<StackServer, Long> readyMs = new TreeMap<>();
    StackListener listener = new StackListener() {
      @Override
      public void ready(StackServer server, Duration took) {
        synchronized (readyMs) {
          readyMs.put(server, took.toMillis());
        }
      }

      @Override
      public void restarted(StackServer server, Duration took) {
        System.err.printf(Locale.ROOT, "restarted %s %d ms%n", server, took.toMillis());
      }
    };
    StackConfig config =
        StackConfig.in(Path.of(args[0])).withServerFiles(ServerFiles.at(Path.of(args[1])));
    try (EmbeddedStack stack = EmbeddedStack.start(config, listener)) {
      System.out.printf(
          Locale.ROOT,
          "ready %d ms %s %s%n",
          (System.nanoTime() - from) / 1_000_000,
          readyMs,
          stack.endpoints().ports());
      while (System.in.read() >= 0) {
        // Only the end of input matters.
      }
      from = System.nanoTime();
    }
    System.out.printf(Locale.ROOT, "closed %d ms%n", (System.nanoTime() - from) / 1_000_000);
  }
}
