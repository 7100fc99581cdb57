package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TwoNodes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an athlete or a tenant has of all nodes together, each node has its part of. A burst is so much longer than
 * the test that what comes back meanwhile is far from making a half a whole.
 */
@ExtendWith(RealServers.class)
class DividedQuotasIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BURST_S = 200;
  private static final int TENANT_PER_S = 8;
  private static final int DEVICE = BURST_S;
  private static final int ATHLETE = 6 * BURST_S;
  private static final int TENANT = TENANT_PER_S * BURST_S;

  /** More than a device may send is more than a request may bring: these are let through, each by itself. */
  private static final int OF_ONE = DEVICE - 10;

  /** What is let through after the bucket is empty, before anything is deferred, and what comes meanwhile. */
  private static final int MORE = DEVICE / 2;

  private static final Map<String, Object> SETTINGS = Map.of(
      "ingest.loops", 1,
      "ingest.limits.burstS", BURST_S,
      "ingest.limits.debtS", 1,
      "ingest.limits.device.batchesPerS", 1,
      "ingest.limits.deviceBackfill.batchesPerS", 1,
      "ingest.limits.athlete.batchesPerS", 6,
      "ingest.limits.tenant.batchesPerS", TENANT_PER_S);

  @Test
  void eachNode_letsItsPartThrough_andTheOneThatIsLeft_all(
      @TempDir Path folder, @TempDir Path otherFolder) throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      MqttBed here = new MqttBed(nodes.first(), folder, SETTINGS);
      MqttBed there = new MqttBed(nodes.second(), otherFolder, SETTINGS);
      WebClient client = WebClient.create(
          nodes.first(),
          new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
      // Nobody's other node is idle: of one athlete and one tenant, on both at the same time.
      Crowd athlete = new Crowd(client, UUID.randomUUID());
      Crowd tenant = new Crowd(client, null);
      for (MqttBed node : new MqttBed[] {here, there}) {
        assertThat(athlete.passes(node)).isBetween(ATHLETE / 2, ATHLETE / 2 + MORE);
        assertThat(tenant.passes(node)).isBetween(TENANT / 2, TENANT / 2 + MORE);
        assertThat(metrics(client, node))
            .containsPattern(deferred("athlete"))
            .containsPattern(deferred("tenant"))
            .as("a device is at one node at a time: each has the whole of its limit")
            .doesNotContainPattern(deferred("device"));
      }
      Await.get(nodes.second().close());
      await()
          .atMost(PATIENCE)
          .until(() -> new Crowd(client, UUID.randomUUID()).passes(here) >= ATHLETE);
      long begunNanos = System.nanoTime();
      int passed = new Crowd(client, null).passes(here);
      long tookS = Duration.ofNanos(System.nanoTime() - begunNanos).toSeconds();
      assertThat(passed).isBetween(TENANT, TENANT + MORE + TENANT_PER_S * (int) tookS);
    }
  }

  /** Not that there is such a metric, but that it counted. */
  private static String deferred(String limit) {
    return "pacewire_ingest_deferred_total\\{door=\"http\",limit=\"" + limit + "\"\\} [1-9]";
  }

  private static String metrics(WebClient client, MqttBed node) throws Exception {
    return Await.get(client
            .get(node.managementPort(), "127.0.0.1", "/metrics")
            .ssl(false)
            .send())
        .bodyAsString();
  }

  /** Devices of one tenant, each of which keeps to its own limit. */
  private record Crowd(WebClient client, String tenant, UUID athlete) {
    /** @param athlete whose all of them are; null for one each */
    Crowd(WebClient client, UUID athlete) {
      this(client, "gym-" + UUID.randomUUID(), athlete);
    }

    /** How many batches are durable before the first one is deferred. */
    int passes(MqttBed node) throws Exception {
      int passed = 0;
      for (int of = 0; of < 2 * TENANT; of += OF_ONE) {
        HttpResponse<Buffer> told = post(node);
        JsonObject entry = told.bodyAsJsonObject().getJsonArray("ledger").getJsonObject(0);
        passed += size(entry.getJsonArray("acked"));
        if (told.statusCode() == 429) {
          return passed;
        }
        assertThat(told.statusCode()).as(told.bodyAsString()).isEqualTo(200);
      }
      return passed;
    }

    private HttpResponse<Buffer> post(MqttBed node) throws Exception {
      UUID session = UUID.randomUUID();
      byte[][] envelopes = new byte[OF_ONE][];
      for (int seq = 0; seq < OF_ONE; seq++) {
        envelopes[seq] = MqttBed.batch(session, seq);
      }
      UUID whose = athlete == null ? UUID.randomUUID() : athlete;
      return Await.get(client
          .post(node.streamPort(), "localhost", BatchRoute.PATH)
          .bearerTokenAuthentication(node.token(whose, UUID.randomUUID(), tenant))
          .putHeader("Content-Type", "application/x-protobuf;encoding=delimited")
          .sendBuffer(Buffer.buffer(HttpBatchesIT.delimited(envelopes))));
    }

    private static int size(JsonArray ranges) {
      int size = 0;
      for (int i = 0; i < ranges.size(); i++) {
        JsonArray range = ranges.getJsonArray(i);
        size += range.getInteger(1) - range.getInteger(0) + 1;
      }
      return size;
    }
  }
}
