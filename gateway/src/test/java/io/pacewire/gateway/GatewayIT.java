package io.pacewire.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.gateway.TestGateway.Seen;
import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one entry: who gets through, what roles get to see, and what happens once. */
@ExtendWith(RealServers.class)
class GatewayIT {
  private static TestGateway gateway;
  /** Held for as long as it is used: Vert.x closes a client that nobody refers to. */
  private static WebSocketClient sockets;

  private static WebClient operator;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
    operator = WebClient.create(gateway.vertx);
    sockets = gateway.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
  }

  @BeforeEach
  void forget() {
    gateway.seen.clear();
  }

  @Test
  void onlyAGoodToken_getsThrough() throws Exception {
    assertThat(gateway.get("/v1/trainings", gateway.token()).statusCode()).isEqualTo(200);
    for (String token : new String[] {
      null, "", "no-token", gateway.expired(), gateway.forAnother(), gateway.forged()
    }) {
      HttpResponse<Buffer> refused = gateway.get("/v1/trainings", token);
      assertThat(refused.statusCode()).as(token).isEqualTo(401);
      assertThat(refused.getHeader("WWW-Authenticate")).as(token).isEqualTo("Bearer");
      problem(refused, 401);
    }
    assertThat(gateway.seen).hasSize(1);
  }

  @Test
  void metrics_areThereForTheOperator_andForNobodyElse() throws Exception {
    HttpResponse<Buffer> outside = gateway.get("/metrics", gateway.token());
    assertThat(outside.bodyAsString()).doesNotContain("jvm_memory");
    HttpResponse<Buffer> inside = Await.get(
        operator.get(gateway.managementPort(), "127.0.0.1", "/metrics").send());
    assertThat(inside.statusCode()).isEqualTo(200);
    assertThat(inside.bodyAsString()).contains("jvm_memory_used_bytes");
  }

  @Test
  void whetherItIsReady_isWhatAllItsRolesSay() throws Exception {
    HttpResponse<Buffer> answer = gateway.get("/health/ready", null);
    problem(answer, 503);
    assertThat(answer.bodyAsJsonObject().getJsonObject("roles"))
        .isEqualTo(new JsonObject()
            .put("identity", "up")
            .put("training", "up")
            .put("inventory", "up")
            .put("gamification", "down"));
    gateway.seen.clear();
    assertThat(gateway.get("/health/ready", null).statusCode())
        .as("asked again")
        .isEqualTo(503);
    assertThat(gateway.seen).hasSize(3);
  }

  @Test
  void whatTrainingsComeTo_isAskedOfTraining_andItsDocumentOfNobodyInParticular() throws Exception {
    for (String path : List.of("/v1/totals", "/v1/records", "/v1/load")) {
      assertThat(gateway.get(path, gateway.token()).statusCode()).as(path).isEqualTo(200);
      assertThat(gateway.get(path, null).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(gateway.get("/v1/openapi/training.json", null).statusCode()).isEqualTo(200);
    assertThat(gateway.seen).hasSize(4);
  }

  @Test
  void aRole_isToldWhoAsks_byUs_andNeverSeesCookies() throws Exception {
    HttpResponse<Buffer> answer = gateway.ask(
        HttpMethod.GET,
        "/v1/trainings?limit=3",
        Map.of(
            "Authorization", "Bearer " + gateway.token(),
            "Cookie", "__Host-pw_at=secret",
            "X-Forwarded-For", "10.1.2.3",
            "X-Request-Id", "<script>"),
        null);
    assertThat(answer.statusCode()).isEqualTo(200);
    Seen seen = gateway.seen.get(0);
    assertThat(seen.uri()).isEqualTo("/v1/trainings?limit=3");
    assertThat(seen.headers().get("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(seen.headers().get("Cookie")).isNull();
    assertThat(seen.headers().get("X-Request-Id")).doesNotContain("<");
    assertThat(answer.getHeader("X-Request-Id")).isEqualTo(seen.headers().get("X-Request-Id"));
    assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aCookie_countsForPagesOfOurOwn_only() throws Exception {
    String cookie = "__Host-pw_at=" + gateway.token();
    String own = "https://127.0.0.1:" + gateway.port();
    assertThat(gateway
            .ask(HttpMethod.GET, "/v1/trainings", Map.of("Cookie", cookie), null)
            .statusCode())
        .isEqualTo(200);
    assertThat(post("/v1/gear", Map.of("Cookie", cookie, "Origin", own), "{}").statusCode())
        .isEqualTo(201);
    for (String origin : List.of("https://evil.example", "null", "https://127.0.0.1", "::", "")) {
      HttpResponse<Buffer> refused =
          post("/v1/gear", Map.of("Cookie", cookie, "Origin", origin), "{}");
      assertThat(refused.statusCode()).as(origin).isEqualTo(403);
      problem(refused, 403);
    }
    assertThat(post("/v1/gear", Map.of("Cookie", cookie), "{}").statusCode()).isEqualTo(403);
    assertThat(post(
                "/v1/auth/refresh",
                Map.of("Cookie", cookie, "Origin", "https://evil.example"),
                "{}")
            .statusCode())
        .isEqualTo(403);
    assertThat(gateway.seen).hasSize(2);
  }

  @Test
  void theSamePostWithTheSameKey_happensOnce() throws Exception {
    Map<String, String> headers = keyed(gateway.athlete);
    HttpResponse<Buffer> first = post("/v1/gear", headers, "{\"name\":\"a\"}");
    HttpResponse<Buffer> again = post("/v1/gear", headers, "{\"name\":\"a\"}");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.bodyAsString()).isEqualTo(first.bodyAsString());
    assertThat(gateway.seen).hasSize(1);
    assertThat(gateway.seen.get(0).headers().get("Idempotency-Key"))
        .isEqualTo(headers.get("Idempotency-Key"));

    HttpResponse<Buffer> other = post("/v1/gear", headers, "{\"name\":\"b\"}");
    assertThat(other.statusCode()).isEqualTo(422);
    problem(other, 422);
    assertThat(post("/v1/gear?x=1", headers, "{\"name\":\"a\"}").statusCode()).isEqualTo(201);
    assertThat(gateway.seen).as("another address is another request").hasSize(2);
  }

  @Test
  void keysOfDifferentAthletes_neverMeet() throws Exception {
    Map<String, String> mine = keyed(gateway.athlete);
    Map<String, String> others = new HashMap<>(mine);
    others.put("Authorization", "Bearer " + gateway.token(UUID.randomUUID()));
    assertThat(post("/v1/gear", mine, "{}").bodyAsJsonObject().getInteger("number"))
        .isEqualTo(1);
    assertThat(post("/v1/gear", others, "{}").bodyAsJsonObject().getInteger("number"))
        .isEqualTo(2);
  }

  @Test
  void manyAtOnceWithOneKey_haveOneEffect() throws Exception {
    Map<String, String> headers = keyed(gateway.athlete);
    List<Future<HttpResponse<Buffer>>> all = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(gateway.asking(HttpMethod.POST, "/v1/gear", headers, "{}"));
    }
    Await.get(Future.all(all));
    assertThat(gateway.seen).hasSize(1);
    assertThat(all)
        .extracting(one -> one.result().statusCode())
        .contains(201)
        .allMatch(status -> status == 201 || status == 409);
  }

  @Test
  void aFailure_isNotKept_soThatTheNextTryCounts() throws Exception {
    Map<String, String> headers = keyed(gateway.athlete);
    for (int i = 1; i <= 2; i++) {
      assertThat(post("/v1/gear/broken", headers, "{}").statusCode()).isEqualTo(500);
      assertThat(gateway.seen).hasSize(i);
    }
  }

  @Test
  void whatWasRefused_leavesItsKeyFree_andWhatWasDone_isToldAgainWithItsRevision()
      throws Exception {
    Map<String, String> headers = new HashMap<>(keyed(gateway.athlete));
    headers.put("If-Match", "\"77\"");
    HttpResponse<Buffer> refused = post("/v1/gear/a/edit", headers, "{}");
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.getHeader("ETag")).isEqualTo("\"1\"");

    headers.put("If-Match", "\"1\"");
    HttpResponse<Buffer> done = post("/v1/gear/a/edit", headers, "{}");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.getHeader("ETag")).isEqualTo("\"2\"");
    HttpResponse<Buffer> again = post("/v1/gear/a/edit", headers, "{}");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.getHeader("ETag")).isEqualTo("\"2\"");
    assertThat(again.getHeader("Location")).isEqualTo("/v1/elsewhere");
    assertThat(again.getHeader("Vary")).isEqualTo("Accept");
    assertThat(again.getHeader("Idempotency-Replayed")).isEqualTo("true");
    assertThat(gateway.seen).hasSize(2);

    headers.put("If-Match", "\"2\"");
    assertThat(post("/v1/gear/a/edit", headers, "{}").statusCode()).isEqualTo(422);
  }

  @Test
  void whereTheRoleKeepsItsKeys_itIsAskedEachTime_andItsHeadersPass() throws Exception {
    Map<String, String> headers = new HashMap<>(keyed(gateway.athlete));
    headers.put("If-Match", "\"1\"");
    for (int i = 1; i <= 2; i++) {
      HttpResponse<Buffer> answer = post("/v1/trainings/a/crop", headers, "{}");
      assertThat(gateway.seen).hasSize(i);
      assertThat(gateway.seen.get(i - 1).headers().get("If-Match")).isEqualTo("\"1\"");
      assertThat(answer.getHeader("ETag")).isEqualTo("\"2\"");
      assertThat(answer.getHeader("Vary")).isEqualTo("Accept");
      assertThat(answer.getHeader("Retry-After")).isEqualTo("7");
      assertThat(answer.getHeader("Idempotency-Replayed")).isEqualTo("true");
      assertThat(answer.getHeader("X-Inside")).isNull();
    }
  }

  @Test
  void aKeyThatIsNone_isRefused() throws Exception {
    for (String key : List.of("with space", "x".repeat(201))) {
      Map<String, String> headers = new HashMap<>(keyed(gateway.athlete));
      headers.put("Idempotency-Key", key);
      assertThat(post("/v1/gear", headers, "{}").statusCode()).isEqualTo(400);
    }
    assertThat(gateway.seen).isEmpty();
  }

  @Test
  void aRoleThatIsAway_is503_withAWordOnWhenToComeAgain() throws Exception {
    HttpResponse<Buffer> away = gateway.get("/v1/xp", gateway.token());
    assertThat(away.statusCode()).isEqualTo(503);
    problem(away, 503);
    assertThat(away.getHeader("Retry-After")).matches("\\d+");
  }

  @Test
  void whatIsNotThere_andWhatIsTooLong_areProblems() throws Exception {
    problem(gateway.get("/v1/nonsense", gateway.token()), 404);
    problem(gateway.get("/nonsense", null), 404);
    problem(
        post(
            "/v1/gear",
            Map.of("Authorization", "Bearer " + gateway.token()),
            "x".repeat(1_100_000)),
        413);
    assertThat(gateway.seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/trainings/../../v1/me HTTP/1.1",
        "GET /v1/trainings/..%2f..%2fadmin HTTP/1.1",
        "GET /v1/trainings/%2e%2e/%2e%2e/admin HTTP/1.1",
        "GET /assets/..%2f..%2f..%2fetc/passwd HTTP/1.1",
        "GET /assets/../csp.txt HTTP/1.1",
        "GET /assets/vendor/%00 HTTP/1.1",
        "GET //evil.example/v1/trainings HTTP/1.1",
        "GET http://evil.example/v1/trainings HTTP/1.1",
        "GET /v1/trainings\tHTTP/1.1",
        "BREW /v1/trainings HTTP/1.1",
        "TRACE /v1/trainings HTTP/1.1",
        "GET /v1/trainings HTTP/9.9"
      })
  void hostileRequests_areAnsweredOrClosed_andReachNoRole(String line) throws Exception {
    String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).doesNotContain("root:").doesNotContain(" 500 ").doesNotContain(" 200 ");
    assertThat(gateway.seen).isEmpty();
    assertThat(gateway.get("/health/live", null).statusCode()).isEqualTo(200);
  }

  @Test
  void headersWithoutEnd_areRefused() throws Exception {
    String answer = raw("GET /v1/trainings HTTP/1.1\r\nHost: localhost\r\nX-Long: "
        + "x".repeat(40_000) + "\r\n\r\n");
    assertThat(answer).doesNotContain(" 200 ");
    assertThat(gateway.get("/health/live", null).statusCode()).isEqualTo(200);
  }

  @Test
  void pagesNeedASession_filesHaveATag_andThePolicyIsStrict() throws Exception {
    HttpResponse<Buffer> home = gateway.get("/trainings?x=1", null);
    assertThat(home.statusCode()).isEqualTo(302);
    assertThat(home.getHeader("Location")).isEqualTo("/sign-in?next=%2Ftrainings%3Fx%3D1");
    HttpResponse<Buffer> signIn = gateway.get("/sign-in", null);
    assertThat(signIn.statusCode()).isEqualTo(200);
    assertThat(signIn.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    HttpResponse<Buffer> script = gateway.get("/assets/main.js", null);
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(gateway
            .ask(
                HttpMethod.GET,
                "/assets/main.js",
                Map.of("If-None-Match", script.getHeader("ETag")),
                null)
            .statusCode())
        .isEqualTo(304);
    assertThat(gateway
            .ask(
                HttpMethod.GET,
                "/trainings",
                Map.of("Cookie", "__Host-pw_at=" + gateway.token()),
                null)
            .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aViewer_getsASnapshot_thenWhatChanges_andOnlyOfItsSession() throws Exception {
    UUID session = UUID.randomUUID();
    List<JsonObject> messages = new CopyOnWriteArrayList<>();
    WebSocket socket = Await.get(
        watch(session, gateway.token(), null, text -> messages.add(new JsonObject(text))));
    await().atMost(Duration.ofSeconds(60)).until(() -> messages.size() == 1);
    assertThat(messages.get(0).getString("type")).isEqualTo("snapshot");
    LiveFeed feed = new LiveFeed(gateway.vertx);
    await().atMost(Duration.ofSeconds(60)).until(() -> feed.isWatched(gateway.athlete));
    feed.publish(gateway.athlete, delta(UUID.randomUUID(), 2));
    feed.publish(UUID.randomUUID(), delta(session, 3));
    feed.publish(gateway.athlete, delta(session, 0)); // older than the snapshot
    feed.publish(gateway.athlete, delta(session, 4));
    await().atMost(Duration.ofSeconds(60)).until(() -> messages.size() == 2);
    assertThat(messages.get(1).getInteger("version")).isEqualTo(4);
    assertThat(messages.get(1).fieldNames()).doesNotContain("athlete");
    Await.get(socket.close());
  }

  /** Whose clock is behind that of the node that was asked for the snapshot. */
  @Test
  void aViewer_hearsAnotherNode_andTheEndWhateverNodeSaysIt() throws Exception {
    UUID session = UUID.randomUUID();
    List<JsonObject> messages = new CopyOnWriteArrayList<>();
    WebSocket socket = Await.get(
        watch(session, gateway.token(), null, text -> messages.add(new JsonObject(text))));
    await().atMost(Duration.ofSeconds(60)).until(() -> messages.size() == 1);
    LiveFeed feed = new LiveFeed(gateway.vertx);
    await().atMost(Duration.ofSeconds(60)).until(() -> feed.isWatched(gateway.athlete));
    feed.publish(gateway.athlete, delta(session, -5_000).put("node", "another"));
    feed.publish(gateway.athlete, delta(session, -5_000)); // of the snapshot's own
    feed.publish(gateway.athlete, delta(session, -4_000).put("type", "finished"));
    await().atMost(Duration.ofSeconds(60)).until(() -> messages.size() == 3);
    assertThat(messages)
        .extracting(message -> message.getString("type"))
        .containsExactly("snapshot", "delta", "finished");
    assertThat(messages).noneMatch(message -> message.containsKey("node"));
    Await.get(socket.close());
  }

  @Test
  void aViewer_whoseTokenRunsOut_orWhoseSignInIsRevoked_isToldSo() throws Exception {
    UUID signIn = UUID.randomUUID();
    RealServers.createTopic(EventTopics.REVOCATIONS);
    WebSocket expiring = Await.get(watch(UUID.randomUUID(), gateway.expiringIn(15), null));
    WebSocket revoked = Await.get(watch(UUID.randomUUID(), gateway.ofSignIn(signIn), null));
    WebSocket stays = Await.get(watch(UUID.randomUUID(), gateway.token(), null));
    gateway.revoke(signIn);
    await().atMost(Duration.ofSeconds(60)).until(revoked::isClosed);
    await().atMost(Duration.ofSeconds(60)).until(expiring::isClosed);
    assertThat(revoked.closeStatusCode()).isEqualTo((short) 4401);
    assertThat(expiring.closeStatusCode()).isEqualTo((short) 4401);
    assertThat(stays.isClosed()).isFalse();
    Await.get(stays.close());
  }

  @Test
  void nobodyWatches_withoutAToken_orFromAnotherSite() throws Exception {
    UUID session = UUID.randomUUID();
    assertThat(rejected(watch(session, null, null))).isEqualTo(401);
    assertThat(rejected(watch(session, gateway.expired(), null))).isEqualTo(401);
    assertThat(rejected(watch(session, gateway.token(), "https://evil.example")))
        .isEqualTo(403);
    assertThat(gateway.seen).isEmpty();
  }

  private static JsonObject delta(UUID session, int version) {
    return new JsonObject()
        .put("type", "delta")
        .put("sessionId", session.toString())
        .put("version", version);
  }

  private static Future<WebSocket> watch(UUID session, String token, String origin) {
    return watch(session, token, origin, text -> {});
  }

  private static Future<WebSocket> watch(
      UUID session, String token, String origin, Handler<String> reader) {
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(gateway.port())
        .setURI("/v1/live/sessions/" + session);
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    if (origin != null) {
      options.putHeader("Origin", origin);
    }
    ClientWebSocket socket = sockets.webSocket();
    // Before it is connected, or its first message may have come and gone.
    socket.textMessageHandler(reader);
    return socket.connect(options);
  }

  private static int rejected(Future<WebSocket> connecting) {
    ExecutionException failure =
        Assertions.assertThrows(ExecutionException.class, () -> Await.get(connecting));
    return ((UpgradeRejectedException) failure.getCause()).getStatus();
  }

  private static Map<String, String> keyed(UUID athlete) throws Exception {
    return Map.of(
        "Authorization",
        "Bearer " + gateway.token(athlete),
        "Content-Type",
        "application/json",
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  private static HttpResponse<Buffer> post(String uri, Map<String, String> headers, String body)
      throws Exception {
    return gateway.ask(HttpMethod.POST, uri, headers, body);
  }

  /** RFC 9457. */
  private static void problem(HttpResponse<Buffer> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.getHeader("Content-Type")).startsWith("application/problem+json");
    JsonObject body = response.bodyAsJsonObject();
    assertThat(body.getInteger("status")).isEqualTo(status);
    assertThat(body.getString("title")).isNotBlank();
    assertThat(body.getString("type")).isNotBlank();
    assertThat(body.getString("requestId")).isEqualTo(response.getHeader("X-Request-Id"));
  }

  /** Bytes that no client library would send. */
  private static String raw(String request) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Anybody()}, null);
    try (Socket socket = trusting.getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(4_000), US_ASCII);
    } catch (java.io.IOException closed) {
      return "";
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
