package io.pacewire.bench.ingest;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What a connection costs that says nothing. */
final class Idle {
  static final int HOLD_MS = 10_000;

  private Idle() {}

  /** The server's heap after collection, with the connections and without them, for each. */
  static double heapKbEach(Stage stage, LoadPlan silent, Stage.Server server) throws IOException {
    long before = heapBytes(server);
    stage.begin(silent);
    long begunNs = System.nanoTime();
    long during = heapBytes(server);
    if (System.nanoTime() - begunNs > TimeUnit.MILLISECONDS.toNanos(HOLD_MS)) {
      throw new IOException("looking at the heap took longer than the connections were held");
    }
    JsonObject result = stage.result();
    if (result.getString("fault") != null) {
      throw new IOException("idle connections: " + result.getString("fault"));
    }
    return (during - before) / 1e3 / silent.connections();
  }

  private static long heapBytes(Stage.Server server) throws IOException {
    return server.process().ask(new JsonObject().put("ask", "heap")).getLong("heapBytes");
  }
}
