package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ingest's two web doors through the gateway, over TLS on both sides. */
@ExtendWith(RealServers.class)
class IngestRoutesIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int HELD = 300;
  private static final long LINGER_MS = 2_000; // as ingest
  private static TestGateway gateway;
  private static WebSocketClient sockets;
  private static HttpClient requests;
  private static HttpServer ingest;
  private static Path certificate;

  private static final List<ServerWebSocket> OPENED = new CopyOnWriteArrayList<>();
  private static final List<HttpServerRequest> ASKED = new CopyOnWriteArrayList<>();
  private static volatile int handshakeStatus;
  private static volatile int refusedWith;
  private static volatile boolean holdsNext;
  private static volatile boolean holdsAnswers;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    Path own = Files.createDirectory(folder.resolve("ingest"));
    TestCertificate.in(own);
    ingest = Await.get(VERTX
        .createHttpServer(new HttpServerOptions()
            .setSsl(true)
            .setMaxWebSocketFrameSize(2_000_000)
            .setMaxWebSocketMessageSize(2_000_000)
            .setKeyCertOptions(new PemKeyCertOptions()
                .setCertPath(own.resolve("certificate.pem").toString())
                .setKeyPath(own.resolve("key.pem").toString())))
        .webSocketHandshakeHandler(IngestRoutesIT::shake)
        .webSocketHandler(IngestRoutesIT::opened)
        .requestHandler(IngestRoutesIT::answer)
        .listen(0, "127.0.0.1"));
    certificate = own.resolve("certificate.pem");
    gateway = new TestGateway(folder, ownIngest());
    sockets = VERTX.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setMaxFrameSize(2_000_000));
    requests = VERTX.createHttpClient(
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
    Await.get(VERTX.close());
  }

  @BeforeEach
  void forget() {
    OPENED.clear();
    ASKED.clear();
    handshakeStatus = 0;
    holdsNext = false;
  }

  private static IngestUpstream ownIngest() {
    return new IngestUpstream("https://localhost:" + ingest.actualPort(), certificate);
  }

  private static void opened(ServerWebSocket socket) {
    if (holdsNext) {
      socket.pause(); // here, on its event loop: later something may have been read
    }
    OPENED.add(socket);
  }

  private static void shake(ServerWebSocketHandshake handshake) {
    Future<?> unused =
        handshakeStatus == 0 ? handshake.accept() : handshake.reject(handshakeStatus);
  }

  /** Says what came; a body that begins with "later" is refused for now. */
  private static void answer(HttpServerRequest request) {
    ASKED.add(request);
    if (holdsAnswers) {
      return;
    }
    Future<?> unused = request.body().compose(body -> {
      boolean later = body.toString().startsWith("later");
      return request
          .response()
          .setStatusCode(later ? 429 : 200)
          .putHeader("Content-Type", "application/json")
          .putHeader("Retry-After", "7")
          .putHeader("X-Internal", "hidden")
          .end(Integer.toString(body.length()));
    });
  }

  @Test
  void frames_passBothWays_asTheyAre() throws Exception {
    WebSocket device = connected();
    List<Buffer> atIngest = new CopyOnWriteArrayList<>();
    List<Buffer> atDevice = new CopyOnWriteArrayList<>();
    OPENED.get(0).binaryMessageHandler(atIngest::add);
    device.binaryMessageHandler(atDevice::add);
    byte[] large = new byte[200_000];
    new java.util.Random(1).nextBytes(large);
    Await.get(device.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3})));
    Await.get(device.writeBinaryMessage(Buffer.buffer(large)));
    await().atMost(PATIENCE).until(() -> atIngest.size() == 2);
    assertThat(atIngest.get(0)).isEqualTo(Buffer.buffer(new byte[] {1, 2, 3}));
    assertThat(atIngest.get(1)).isEqualTo(Buffer.buffer(large));
    Await.get(OPENED.get(0).writeBinaryMessage(Buffer.buffer(large)));
    await().atMost(PATIENCE).until(() -> atDevice.size() == 1);
    assertThat(atDevice.get(0)).isEqualTo(Buffer.buffer(large));
    assertThat(OPENED.get(0).headers().get("Authorization")).startsWith("Bearer ");
    assertThat(OPENED.get(0).headers().get("X-Forwarded-For")).isEqualTo("127.0.0.1");
    closeAndWait(device);
  }

  @Test
  void whoeverCloses_theOtherSideLearnsWhy() throws Exception {
    WebSocket device = connected();
    List<Short> codes = new CopyOnWriteArrayList<>();
    device.closeHandler(closed -> codes.add(device.closeStatusCode()));
    Await.get(OPENED.get(0).close((short) 4401, "token expired"));
    await().atMost(PATIENCE).until(() -> codes.size() == 1);
    assertThat(codes).containsExactly((short) 4401);
    assertThat(device.closeReason()).isEqualTo("token expired");

    WebSocket second = connected();
    ServerWebSocket inner = OPENED.get(1);
    Await.get(second.close((short) 1000));
    await().atMost(PATIENCE).until(inner::isClosed);
    assertThat(inner.closeStatusCode()).isEqualTo((short) 1000);
  }

  @Test
  void aGatewayThatStops_saysSoToBothSides(@TempDir Path folder) throws Exception {
    TestGateway stopping = new TestGateway(folder, ownIngest());
    WebSocket device = Await.get(connect(stopping, stopping.token()));
    List<Short> codes = new CopyOnWriteArrayList<>();
    device.closeHandler(closed -> codes.add(device.closeStatusCode()));
    await().atMost(PATIENCE).until(() -> OPENED.size() == 1);
    ServerWebSocket inner = OPENED.get(0);
    stopping.close();
    await().atMost(PATIENCE).until(() -> codes.size() == 1 && inner.isClosed());
    assertThat(codes).containsExactly((short) 1001);
    assertThat(inner.closeStatusCode()).isEqualTo((short) 1001);
  }

  @Test
  void whatIngestDoesNotRead_isNotHeldHere() throws Exception {
    holdsNext = true;
    WebSocket device = connected();
    ServerWebSocket inner = OPENED.get(0);
    AtomicLong received = new AtomicLong();
    inner.binaryMessageHandler(message -> received.addAndGet(message.length()));
    AtomicLong written = new AtomicLong();
    long all = 512L << 20;
    // So much that what the kernel takes on four sockets is little of it.
    Future<?> begun = device
        .writeBinaryMessage(Buffer.buffer(new byte[] {1}))
        .onSuccess(open -> pump(device, written, all));
    await()
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(1))
        .until(
            written::get, accepted -> accepted > 0 && accepted == written.get() && accepted < all);
    assertThat(written.get()).isLessThan(all / 2);
    Await.get(begun);
    inner.resume();
    await().atMost(Duration.ofSeconds(60)).until(() -> received.get() == all + 1);
    closeAndWait(device);
  }

  /**
   * Writes only while the socket takes it, as a good client does. One frame a turn of the event loop:
   * with TLS, Netty tells in the next turn that a channel is full.
   */
  private static void pump(WebSocket device, AtomicLong written, long all) {
    if (device.writeQueueFull()) {
      device.drainHandler(drained -> pump(device, written, all));
    } else if (written.get() < all) {
      Buffer frame = Buffer.buffer(new byte[64 << 10]);
      written.addAndGet(frame.length());
      Future<?> unused = device.writeBinaryMessage(frame);
      Vertx.currentContext().runOnContext(turn -> pump(device, written, all));
    }
  }

  @Test
  void nobodyStreams_withoutAGoodToken_andIngestHasTheLastWord() throws Exception {
    assertThat(rejected(connect(null))).isEqualTo(401);
    assertThat(rejected(connect(gateway.expired()))).isEqualTo(401);
    assertThat(OPENED).isEmpty();
    for (int more = 0; more < 3; more++) { // than there are places
      for (Map.Entry<Integer, Integer> told :
          Map.of(401, 401, 403, 403, 404, 503).entrySet()) {
        handshakeStatus = told.getKey();
        assertThat(rejected(connect(gateway.token()))).isEqualTo(told.getValue());
      }
    }
    HttpResponse<Buffer> plain = gateway.get("/v1/stream", gateway.token());
    assertThat(plain.statusCode()).isEqualTo(426);
  }

  /** Ingest's own document, so that an SDK learns what it would have learned there. */
  @Test
  void whyIngestOpensNoStream_isToldAsItSaysIt(@TempDir Path folder) throws Exception {
    TestGateway refusing = new TestGateway(folder, refusingIngest());
    for (int status : new int[] {401, 403, 429, 503}) {
      refusedWith = status;
      UpgradeRejectedException told = refusal(connect(refusing, gateway(refusing)));
      assertThat(told.getStatus()).isEqualTo(status);
      assertThat(told.getBody().toString()).isEqualTo("{\"status\":" + status + "}");
      assertThat(told.getHeaders().get("Content-Type")).isEqualTo("application/problem+json");
      assertThat(told.getHeaders().get("Retry-After")).isEqualTo("3");
    }
    refusedWith = 500;
    assertThat(refusal(connect(refusing, gateway(refusing))).getStatus()).isEqualTo(503);
    refusing.close();
  }

  /** Of a body that comes in parts ingest reads no more than it takes, and nobody else's request for the rest. */
  @Test
  void aRefusalAmidTheBody_isToldAsItIs(@TempDir Path folder) throws Exception {
    TestGateway refusing = new TestGateway(folder, refusingIngest());
    for (int status : new int[] {413, 403, 415, 429, 413, 413}) {
      refusedWith = status;
      List<Integer> statuses = new CopyOnWriteArrayList<>();
      Buffer told = Await.get(requests
          .request(HttpMethod.POST, refusing.port(), "localhost", "/v1/batches")
          .compose(request -> {
            request.setChunked(true).putHeader("Authorization", "Bearer " + gateway(refusing));
            for (int i = 0; i < 32; i++) {
              Future<?> unused = request.write(Buffer.buffer(new byte[64 << 10]));
            }
            Future<?> unused = request.end();
            // Within, so that it is there before the answer is: a body waits for nobody.
            return request.response().compose(answer -> {
              statuses.add(answer.statusCode());
              return answer.body();
            });
          }));
      assertThat(statuses).containsExactly(status);
      assertThat(told.toString()).isEqualTo("{\"status\":" + status + "}");
    }
    refusing.close();
  }

  private static String gateway(TestGateway refusing) {
    try {
      return refusing.token(UUID.randomUUID());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static IngestUpstream refusingIngest() throws Exception {
    HttpServer server = Await.get(
        VERTX.createHttpServer().requestHandler(IngestRoutesIT::refuse).listen(0, "127.0.0.1"));
    return new IngestUpstream("http://127.0.0.1:" + server.actualPort(), null);
  }

  /** As soon as something of it came, and then it is gone. */
  private static void refuse(HttpServerRequest request) {
    Future<?> unused = request
        .response()
        .setStatusCode(refusedWith)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Retry-After", "3")
        .putHeader("Connection", "close")
        .end("{\"status\":" + refusedWith + "}")
        .eventually(
            () -> VERTX.timer(LINGER_MS).compose(later -> request.connection().close()));
  }

  @Test
  void streamsAreBounded_andAClosedOneMakesRoom() throws Exception {
    WebSocket first = connected();
    WebSocket second = connected();
    assertThat(rejected(connect(gateway.token()))).isEqualTo(503);
    assertThat(Metrics.of(gateway.vertx)
            .get("pacewire.gateway.ingest.refused")
            .tag("limit", "maxStreams")
            .counter()
            .count())
        .isPositive();
    closeAndWait(first);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> {
      closeAndWait(connected());
      return true;
    });
    closeAndWait(second);
  }

  @Test
  void aBody_passesAsItIs_andSoDoesTheAnswer() throws Exception {
    Map<String, String> headers = Map.of(
        "Authorization", "Bearer " + gateway.token(),
        "Content-Type", "application/x-protobuf; encoding=delimited",
        "Content-Encoding", "gzip",
        "Cookie", "a=b");
    HttpResponse<Buffer> answer =
        gateway.ask(HttpMethod.POST, "/v1/batches", headers, "x".repeat(900_000));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsString()).isEqualTo("900000");
    assertThat(answer.getHeader("X-Internal")).isNull();
    assertThat(ASKED.get(0).getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(ASKED.get(0).getHeader("Content-Type")).endsWith("encoding=delimited");
    assertThat(ASKED.get(0).getHeader("Cookie")).isNull();
    HttpResponse<Buffer> later = gateway.ask(HttpMethod.POST, "/v1/batches", headers, "later");
    assertThat(later.statusCode()).isEqualTo(429);
    assertThat(later.getHeader("Retry-After")).isEqualTo("7");
  }

  /** A body that has come whole is over before ingest answers, and so before a limit speaks. */
  @Test
  void aBatchOverHttp2_isAnsweredLikeAnyOther() throws Exception {
    HttpClient client = VERTX.createHttpClient(new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setUseAlpn(true)
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false));
    String token = gateway.token(UUID.randomUUID());
    assertThat(overHttp2(client, gateway, token, "abc")).isEqualTo(200);
    assertThat(overHttp2(client, gateway, token, "")).as("over with its head").isEqualTo(200);
    assertThat(overHttp2(client, gateway, token, "later")).isEqualTo(429);
    assertThat(overHttp2(client, gateway, "nothing like a token", "abc")).isEqualTo(401);
    List<Future<Integer>> many = new CopyOnWriteArrayList<>();
    holdsAnswers = true;
    for (int i = 0; i < RequestShares.MOST_AN_ATHLETE; i++) {
      many.add(askOverHttp2(client, gateway, token, "abc"));
    }
    await().atMost(PATIENCE).until(() -> ASKED.size() == 3 + RequestShares.MOST_AN_ATHLETE);
    assertThat(overHttp2(client, gateway, token, "abc"))
        .as("more than an athlete's")
        .isEqualTo(429);
    holdsAnswers = false;
    ASKED.forEach(IngestRoutesIT::answerLate);
    for (Future<Integer> one : many) {
      assertThat(Await.get(one)).isEqualTo(200);
    }
    Await.get(client.close());
  }

  private static int overHttp2(HttpClient client, TestGateway at, String token, String body)
      throws Exception {
    return Await.get(askOverHttp2(client, at, token, body));
  }

  private static Future<Integer> askOverHttp2(
      HttpClient client, TestGateway at, String token, String body) {
    return client
        .request(HttpMethod.POST, at.port(), "localhost", "/v1/batches")
        .compose(request -> request
            .putHeader("Authorization", "Bearer " + token)
            .send(body)
            .compose(answer -> answer.body().map(whole -> {
              assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
              return answer.statusCode();
            })));
  }

  private static void answerLate(HttpServerRequest request) {
    if (!request.response().ended()) {
      Future<?> unused = request.response().end("late");
    }
  }

  @Test
  void aChunkedBody_passesToo() throws Exception {
    HttpClientResponse answer = Await.get(requests
        .request(HttpMethod.POST, gateway.port(), "localhost", "/v1/batches")
        .compose(request -> {
          try {
            request.setChunked(true).putHeader("Authorization", "Bearer " + gateway.token());
          } catch (Exception e) {
            return Future.failedFuture(e);
          }
          Future<?> unused = request.write("abc").compose(sent -> request.end("defg"));
          return request.response();
        }));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /** While the gateway fetched the keys for its token: nothing of it waits at ingest. */
  @Test
  void whoHangsUpBeforeItsTokenIsKnown_leavesNothingOpen(@TempDir Path folder) throws Exception {
    IngestUpstream plain = new IngestUpstream("http://127.0.0.1:" + ingestPlain(), null);
    TestGateway cold = new TestGateway(folder, plain);
    Promise<Void> keys = Promise.promise();
    cold.keysAfter(keys.future());
    List<HttpClientRequest> callers = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) { // as many as a client opens connections, and one less
      String token = cold.token(UUID.randomUUID());
      callers.add(Await.get(requests
          .request(HttpMethod.POST, cold.port(), "localhost", "/v1/batches")
          .compose(request -> request
              .setChunked(true)
              .putHeader("Authorization", "Bearer " + token)
              .write("abc")
              .map(request))));
    }
    for (HttpClientRequest caller : callers) {
      Await.get(caller.connection().close());
    }
    keys.complete();
    assertThat(cold.ask(
                HttpMethod.POST,
                "/v1/batches",
                Map.of("Authorization", "Bearer " + cold.token()),
                "x")
            .statusCode())
        .isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> ASKED.stream()
            .allMatch(asked -> asked.response().ended() || asked.response().closed()));
    cold.close();
  }

  /** More than there are connections to ingest, and none of them ever brings all of its body. */
  @Test
  void oneAthlete_cannotKeepOthersFromIngest() throws Exception {
    HttpClient many = VERTX.createHttpClient(
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false),
        new PoolOptions().setHttp1MaxSize(HELD));
    List<HttpClientRequest> held = new CopyOnWriteArrayList<>();
    AtomicLong refused = new AtomicLong();
    String token = gateway.token(UUID.randomUUID());
    for (int i = 0; i < HELD; i++) {
      HttpClientRequest one =
          Await.get(many.request(HttpMethod.POST, gateway.port(), "localhost", "/v1/batches"));
      Future<?> unused = one.response().onSuccess(answer -> {
        if (answer.statusCode() == 429) {
          refused.incrementAndGet();
        }
      });
      held.add(one);
      Await.get(one.putHeader("Authorization", "Bearer " + token)
          .putHeader("Content-Length", "300")
          .write("x"));
    }
    HttpResponse<Buffer> other = gateway.ask(
        HttpMethod.POST, "/v1/batches", Map.of("Authorization", "Bearer " + gateway.token()), "x");
    assertThat(other.statusCode()).isEqualTo(200);
    await().atMost(PATIENCE).until(() -> refused.get() == HELD - RequestShares.MOST_AN_ATHLETE);
    for (HttpClientRequest one : held) {
      Future<?> unused = one.connection().close();
    }
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> gateway
                .ask(
                    HttpMethod.POST, "/v1/batches", Map.of("Authorization", "Bearer " + token), "x")
                .statusCode()
            == 200);
    Await.get(many.close());
  }

  private static int ingestPlain() throws Exception {
    return Await.get(
            VERTX.createHttpServer().requestHandler(IngestRoutesIT::answer).listen(0))
        .actualPort();
  }

  @Test
  void batches_needAToken() throws Exception {
    assertThat(gateway.ask(HttpMethod.POST, "/v1/batches", Map.of(), "x").statusCode())
        .isEqualTo(401);
    assertThat(gateway
            .ask(
                HttpMethod.POST,
                "/v1/batches",
                Map.of(
                    "Cookie", "__Host-pw_at=" + gateway.token(),
                    "Origin", "https://127.0.0.1:" + gateway.port()),
                "x")
            .statusCode())
        .as("a browser's cookie is no device")
        .isEqualTo(401);
    assertThat(ASKED).isEmpty();
  }

  private static WebSocket connected() throws Exception {
    int before = OPENED.size();
    WebSocket socket = Await.get(connect(gateway.token()));
    await().atMost(PATIENCE).until(() -> OPENED.size() > before);
    return socket;
  }

  private static Future<WebSocket> connect(String token) {
    return connect(gateway, token);
  }

  private static Future<WebSocket> connect(TestGateway gateway, String token) {
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(gateway.port())
        .setURI("/v1/stream");
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    return sockets.connect(options);
  }

  private static void closeAndWait(WebSocket socket) throws Exception {
    ServerWebSocket inner = OPENED.get(OPENED.size() - 1);
    Await.get(socket.close());
    await().atMost(PATIENCE).until(() -> OPENED.stream().anyMatch(ServerWebSocket::isClosed));
    assertThat(inner).isNotNull();
  }

  private static int rejected(Future<WebSocket> connecting) {
    return refusal(connecting).getStatus();
  }

  private static UpgradeRejectedException refusal(Future<WebSocket> connecting) {
    ExecutionException failure =
        Assertions.assertThrows(ExecutionException.class, () -> Await.get(connecting));
    return (UpgradeRejectedException) failure.getCause();
  }
}
