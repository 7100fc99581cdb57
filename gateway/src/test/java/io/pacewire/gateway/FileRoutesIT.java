package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is longer than a request may be goes through as it flows, for those who may. */
@ExtendWith(RealServers.class)
class FileRoutesIT {
  private static final int LONG = 5 << 20;
  private static TestGateway gateway;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
  }

  @Test
  void anArchive_goesToTheTrainingRole_howeverLongItIs() throws Exception {
    String token = gateway.token();
    HttpResponse<Buffer> response = gateway.ask(
        HttpMethod.POST,
        "/v1/imports?name=a.zip",
        Map.of(
            "Authorization", "Bearer " + token,
            "Content-Type", "application/zip",
            "Idempotency-Key", "one",
            "Cookie", "secret=1"),
        "x".repeat(LONG));
    assertThat(response.statusCode()).isEqualTo(200);
    TestGateway.Seen seen = gateway.seen.get(gateway.seen.size() - 1);
    assertThat(seen.body()).hasSize(LONG);
    assertThat(seen.uri()).isEqualTo("/v1/imports?name=a.zip");
    assertThat(seen.headers().get("Idempotency-Key")).isEqualTo("one");
    assertThat(seen.headers().get("Cookie")).isNull();
    assertThat(seen.headers().get("Authorization")).isEqualTo("Bearer " + token);
  }

  @Test
  void aFile_comesBackWithWhatSaysWhatItIs() throws Exception {
    for (String path :
        new String[] {"/v1/export", "/v1/trainings/7d7bcb1e-0a4e-4c52-9f8e-1d2b1b9f5f10/export"}) {
      HttpResponse<Buffer> response = gateway.get(path + "?format=gpx", gateway.token());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(response.body()).getString("path")).isEqualTo(path);
      assertThat(response.getHeader("Content-Type")).startsWith("application/json");
      assertThat(response.getHeader("Pacewire-Incomplete"))
          .isEqualTo(path.startsWith("/v1/trainings") ? "gaps" : null);
      assertThat(gateway.seen.get(gateway.seen.size() - 1).uri()).isEqualTo(path + "?format=gpx");
    }
    assertThat(gateway.get("/v1/imports", gateway.token()).statusCode()).isEqualTo(200);
  }

  @Test
  void oneAthlete_hasAShareOfWhatGoesThrough_andOthersHaveTheirs() throws Exception {
    Promise<Void> kept = Promise.promise();
    gateway.holdUntil(kept.future());
    Map<String, String> mine = Map.of("Authorization", "Bearer " + gateway.token());
    List<Future<HttpResponse<Buffer>>> held = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      held.add(gateway.asking(HttpMethod.GET, "/v1/export?held", mine, null));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> gateway.held() == 8);
    HttpResponse<Buffer> tooMuch = gateway.ask(HttpMethod.GET, "/v1/export", mine, null);
    assertThat(tooMuch.statusCode()).isEqualTo(429);
    assertThat(tooMuch.getHeader("Retry-After")).isNotNull();
    assertThat(gateway.get("/v1/export", gateway.token(UUID.randomUUID())).statusCode())
        .isEqualTo(200);
    kept.complete();
    Await.get(Future.all(held));
    assertThat(gateway.ask(HttpMethod.GET, "/v1/export", mine, null).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whoHasNoToken_getsNothingThrough() throws Exception {
    int seen = gateway.seen.size();
    assertThat(gateway
            .ask(HttpMethod.POST, "/v1/imports", Map.of(), "x".repeat(LONG))
            .statusCode())
        .isEqualTo(401);
    assertThat(gateway.get("/v1/export", gateway.expired()).statusCode()).isEqualTo(401);
    assertThat(gateway
            .ask(
                HttpMethod.POST,
                "/v1/imports",
                Map.of(
                    "Cookie",
                    TokenGate.ACCESS_COOKIE + "=" + gateway.token(),
                    "Origin",
                    "https://elsewhere.example"),
                "x")
            .statusCode())
        .isEqualTo(403);
    assertThat(gateway.seen).hasSize(seen);
  }
}
