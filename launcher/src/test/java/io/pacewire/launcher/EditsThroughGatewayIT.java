package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions and keys of edits as callers see them: through the one door that there is. */
class EditsThroughGatewayIT {
  private static final double SPEED = 1_000;
  private static final long CUT_MS = 120_000;

  private final Vertx vertx = Vertx.vertx();
  private final WebClient web = WebClient.create(
      vertx, new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));

  @TempDir
  Path directory;

  private String gateway = "";
  private String token = "";
  private UUID training = new UUID(0, 0);

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void eachEdit_hasItsRevision_happensOnce_andARefusalLeavesItsKeyFree() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      record(server);
      JsonObject whole = detail();
      long start = whole.getLong("startAtMs");
      edit("crop", new JsonObject().put("fromMs", start + CUT_MS));
      edit("elevation", new JsonObject().put("source", "receiver").put("offsetM", 12));
      edit("undo", new JsonObject());
      edit("recompute", new JsonObject());
      edit("split", new JsonObject().put("atMs", start + 3 * CUT_MS));
      edit("merge", new JsonObject().put("with", new JsonArray().add(other())));
      edit("reject", new JsonObject().put("reason", "not mine"));
      refusedUntilRestored(start);
    }
  }

  private void record(ServerProcess server) throws Exception {
    gateway = server.endpoints().getString("consoleUrl");
    DemoAccount account = server.account();
    token = account.token();
    ReplayOptions options = new ReplayOptions(
        SPEED,
        false,
        URI.create(server.endpoints().getString("streamUrl")),
        server.authority(),
        directory.resolve("device"));
    try (Replay replay = Replay.start(DemoRun.startingAt(0), account, options)) {
      replay.play(Replay.Progress.NONE);
      assertThat(replay.awaitStored(Duration.ofMinutes(2))).as(server.log()).isTrue();
      training = replay.sessionId();
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            send(get("")).statusCode() == 200 && "finished".equals(detail().getString("status")));
  }

  /** With a revision that does not hold, then with the one that does, then once more. */
  private HttpResponse<Buffer> edit(String edit, JsonObject body) throws Exception {
    String key = UUID.randomUUID().toString();
    String tag = send(get("")).getHeader("ETag");
    HttpResponse<Buffer> refused = post(edit, key, "\"77777\"", body);
    assertThat(refused.statusCode()).as(edit).isEqualTo(412);
    assertThat(refused.getHeader("ETag")).as(edit).isEqualTo(tag);
    HttpResponse<Buffer> done = post(edit, key, tag, body);
    assertThat(done.statusCode()).as(edit + " " + done.bodyAsString()).isEqualTo(200);
    assertThat(done.getHeader("ETag")).as(edit).isEqualTo(send(get("")).getHeader("ETag"));
    assertThat(done.getHeader("Idempotency-Replayed")).isNull();
    HttpResponse<Buffer> again = post(edit, key, tag, body);
    assertThat(again.statusCode()).as(edit).isEqualTo(200);
    assertThat(again.getHeader("Idempotency-Replayed")).as(edit).isEqualTo("true");
    assertThat(again.getHeader("ETag")).as(edit).isEqualTo(done.getHeader("ETag"));
    assertThat(again.bodyAsJsonObject()).as(edit).isEqualTo(done.bodyAsJsonObject());
    return done;
  }

  private void refusedUntilRestored(long startAtMs) throws Exception {
    String key = UUID.randomUUID().toString();
    JsonObject body = new JsonObject().put("fromMs", startAtMs + 2 * CUT_MS);
    assertThat(post("crop", key, "*", body).statusCode()).isEqualTo(409);
    HttpResponse<Buffer> restored = edit("restore", new JsonObject());
    assertThat(restored.bodyAsJsonObject().getString("status")).isEqualTo("finished");
    assertThat(post("crop", key, "*", body).statusCode()).isEqualTo(200);
  }

  private String other() throws Exception {
    JsonArray all = json(web.getAbs(gateway + "/v1/trainings").bearerTokenAuthentication(token))
        .getJsonArray("trainings");
    assertThat(all).hasSize(2);
    return all.stream()
        .map(one -> ((JsonObject) one).getString("trainingId"))
        .filter(id -> !id.equals(training.toString()))
        .findAny()
        .orElseThrow();
  }

  private JsonObject detail() throws Exception {
    return json(get(""));
  }

  private HttpRequest<Buffer> get(String path) {
    return web.getAbs(gateway + "/v1/trainings/" + training + path)
        .bearerTokenAuthentication(token);
  }

  private HttpResponse<Buffer> post(String edit, String key, String match, JsonObject body)
      throws Exception {
    return web.postAbs(gateway + "/v1/trainings/" + training + "/" + edit)
        .bearerTokenAuthentication(token)
        .putHeader("Idempotency-Key", key)
        .putHeader("If-Match", match)
        .sendJsonObject(body)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static JsonObject json(HttpRequest<Buffer> request) throws Exception {
    HttpResponse<Buffer> response = send(request);
    assertThat(response.statusCode()).isEqualTo(200);
    return response.bodyAsJsonObject();
  }

  private static HttpResponse<Buffer> send(HttpRequest<Buffer> request) throws Exception {
    return request.send().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
