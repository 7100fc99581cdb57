package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whether a node is to be sent devices. */
@ExtendWith(RealServers.class)
class ReadinessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static HttpResponse<Buffer> ready(TestIngest ingest) throws Exception {
    return Await.get(WebClient.create(ingest.vertx)
        .get(ingest.verticle.managementPort(), "127.0.0.1", "/health/ready")
        .send());
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

  /** Nobody is there. */
  private static Map<String, Object> noRedis(Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("redis-password"), "none");
    return Map.of(
        "redis.host", "127.0.0.1", "redis.port", 1, "redis.passwordFile", password.toString());
  }
}
