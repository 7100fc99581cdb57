package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whether a node is to be sent devices. */
@ExtendWith(RealServers.class)
class ReadinessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static HttpResponse<Buffer> ready(TestIngest ingest) throws Exception {
    WebClient client = WebClient.create(ingest.vertx);
    try {
      return ready(client, ingest.verticle.managementPort());
    } finally {
      client.close();
    }
  }

  @Test
  void aNodeThatHasAllItNeeds_isReady_alsoWithoutRedis(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, noRedis(folder));
    await().atMost(PATIENCE).until(() -> ready(ingest).statusCode() == 200);
    assertThat(ready(ingest).bodyAsJsonObject().getJsonObject("checks"))
        .isEqualTo(new JsonObject()
            .put("doors", "up")
            .put("kafka", "up")
            .put("keys", "up")
            .put("redis", "down"));
    ingest.close();
  }

  @Test
  void aNodeThatKnowsNoKeys_isNot(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of("tokens.jwksUrl", "http://127.0.0.1:1/keys"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(
                ready(ingest).bodyAsJsonObject().getJsonObject("checks").getString("kafka"))
            .isEqualTo("up"));
    HttpResponse<Buffer> answer = ready(ingest);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.bodyAsJsonObject().getJsonObject("checks"))
        .isEqualTo(new JsonObject().put("doors", "up").put("kafka", "up").put("keys", "down"));
    ingest.close();
  }

  /** The producer's end waits for a worker, which nobody gives it before we do. */
  @Test
  void aNodeThatStops_isNotReady_fromWhenItsDoorsClose(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of());
    Vertx vertx = Vertx.vertx();
    WebClient prober = WebClient.create(vertx);
    int port = ingest.verticle.managementPort();
    await().atMost(PATIENCE).until(() -> ready(prober, port).statusCode() == 200);
    CountDownLatch free = new CountDownLatch(1);
    Future<?> busy = Future.all(IntStream.range(0, VertxOptions.DEFAULT_WORKER_POOL_SIZE)
        .mapToObj(worker -> ingest.vertx.executeBlocking(
            () -> free.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), false))
        .toList());
    Future<Void> stopped = ingest.vertx.close();
    await()
        .atMost(PATIENCE.dividedBy(2))
        .until(() -> "down"
            .equals(
                ready(prober, port).bodyAsJsonObject().getJsonObject("checks").getString("doors")));
    assertThat(stopped.isComplete()).isFalse();
    assertThat(ready(prober, port).statusCode()).isEqualTo(503);
    free.countDown();
    Await.get(busy);
    Await.get(stopped);
    prober.close();
    Await.get(vertx.close());
  }

  private static HttpResponse<Buffer> ready(WebClient client, int port) throws Exception {
    return Await.get(client.get(port, "127.0.0.1", "/health/ready").send());
  }

  /** Nobody is there. */
  private static Map<String, Object> noRedis(Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("redis-password"), "none");
    return Map.of(
        "redis.host", "127.0.0.1", "redis.port", 1, "redis.passwordFile", password.toString());
  }
}
