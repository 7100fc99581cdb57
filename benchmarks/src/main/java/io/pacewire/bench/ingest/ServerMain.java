package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.ingest.IngestConfig;
import io.pacewire.ingest.IngestVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;

/** The server's process: the ingest role and nothing else. A line that says "heap" asks what it holds. */
final class ServerMain {
  private static final int COLLECTIONS = 4;
  private static final long SETTLE_MS = 200;

  private ServerMain() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    IngestVerticle ingest = new IngestVerticle(IngestConfig.from(new JsonObject(in.readLine())));
    Vertx vertx = Vertx.vertx();
    String unused = vertx.deployVerticle(ingest).await(60, TimeUnit.SECONDS);
    say(new JsonObject().put("mqttPort", ingest.mqttPort()).put("streamPort", ingest.streamPort()));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(new JsonObject().put("heapBytes", heapBytes()));
    }
    System.exit(0);
  }

  private static long heapBytes() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(JsonObject told) {
    System.out.println(told.encode());
  }
}
