package io.pacewire.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.gateway.GatewayConfig;
import io.pacewire.gateway.GatewayVerticle;
import io.pacewire.ingest.IngestConfig;
import io.pacewire.ingest.IngestVerticle;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.training.TrainingConfig;
import io.pacewire.training.TrainingVerticle;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's process: the roles it is told. Any line after that asks what it has counted. */
final class PipelineServerMain {
  private static final long START_WITHIN_S = 120;
  private static final long CLOSE_WITHIN_S = 8;

  private PipelineServerMain() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    JsonObject told = new JsonObject(in.readLine());
    JsonArray roles = told.getJsonArray("roles");
    JsonObject tree = told.getJsonObject("tree");
    Vertx vertx = Vertx.vertx();
    JsonObject ports = new JsonObject();
    if (roles.contains("training")) {
      TrainingVerticle training = new TrainingVerticle(TrainingConfig.from(tree));
      deploy(vertx, training);
      ports.put("trainingPort", training.port());
      tree.getJsonObject("gateway").put("trainingUrl", "http://127.0.0.1:" + training.port());
    }
    if (roles.contains("ingest")) {
      IngestVerticle ingest = new IngestVerticle(IngestConfig.from(tree));
      deploy(vertx, ingest);
      ports.put("streamPort", ingest.streamPort());
    }
    if (roles.contains("gateway")) {
      GatewayVerticle gateway = new GatewayVerticle(GatewayConfig.from(tree));
      deploy(vertx, gateway);
      ports.put("gatewayPort", gateway.port());
    }
    System.out.println(ports.encode());
    MeterRegistry registry = Metrics.of(vertx);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(new JsonObject()
          .put("stored", counted(registry, "pacewire.training.batches.stored"))
          .put("folded", counted(registry, "pacewire.training.batches.folded"))
          .put("peakHeapBytes", peakHeapBytes())
          .encode());
    }
    // Who only ends leaves offsets behind: the next one would store again what a row before has
    // counted.
    vertx.close().await(CLOSE_WITHIN_S, TimeUnit.SECONDS);
    System.exit(0);
  }

  private static void deploy(Vertx vertx, VerticleBase role) throws Exception {
    String unused = vertx.deployVerticle(role).await(START_WITHIN_S, TimeUnit.SECONDS);
  }

  /** No less than there ever was: its parts did not peak at the same time. */
  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static long counted(MeterRegistry registry, String name) {
    @Nullable Counter counter = registry.find(name).counter();
    return counter == null ? 0 : (long) counter.count();
  }
}
