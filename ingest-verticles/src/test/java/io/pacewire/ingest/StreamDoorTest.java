package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemHandler;
import io.pacewire.platform.web.RoleClient;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The binary stream on a real socket, in front of a Kafka that takes what a test lets it take. */
class StreamDoorTest {
  private static final int WINDOW = 8;

  /** After so long an issuer is asked again for a key that is not known. */
  private static final long AGAIN_MS = 11_000;

  private final Vertx vertx = Vertx.vertx();
  private final TestIssuer issuer = new TestIssuer();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final List<ServerFrame> told = new CopyOnWriteArrayList<>();
  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final AtomicInteger asked = new AtomicInteger();
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  /** Of the clock by which keys are asked for again. */
  private volatile long aheadMs;

  private KeyPair key;
  private Context loop;
  private HttpServer server;
  private StreamConnections connections;

  @BeforeEach
  void open() throws Exception {
    vertx.exceptionHandler(faults::add);
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    HttpServer training = Await.get(vertx
        .createHttpServer()
        .requestHandler(question -> asked.incrementAndGet()) // and never answers
        .listen(0, "127.0.0.1"));
    IngestConfig config = IngestConfig.from(new JsonObject()
        .put(
            "ingest",
            new JsonObject()
                .put("trainingUrl", "http://127.0.0.1:" + training.actualPort())
                .put("window", WINDOW)
                .put("limits", new JsonObject().put("deviceConnections", 1))
                .put(
                    "tls",
                    new JsonObject()
                        .put("enabled", false)
                        .put("certificateFile", "none")
                        .put("keyFile", "none")))
        .put("kafka", new JsonObject().put("bootstrapServers", "127.0.0.1:1"))
        .put("tokens", new JsonObject().put("jwksUrl", issuer.settings().jwksUrl())));
    Await.get(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        loop = context;
        return listen(config);
      }
    }));
  }

  private Future<?> listen(IngestConfig config) {
    Revocations nothing = Revocations.create(vertx, config.kafka());
    WebServices services = new WebServices(
        loop,
        config,
        new DeviceTokens(
            TokenVerifier.create(
                vertx, issuer.settings(), nothing, () -> Instant.now().plusMillis(aheadMs)),
            nothing,
            new Strangers(0, System::nanoTime, meters, "test"),
            new TokenRefusals(meters, "test")),
        new SamplePublisher(
            new PublishLoop(loop, kafka, config.inFlightBytes()), InstantSource.system()),
        new LedgerFeed(vertx),
        new LedgerQueries(vertx, RoleClient.create(vertx), config.trainingUrl()),
        new Turnstiles(
            vertx,
            new Quotas(config.limits(), () -> 1, System::nanoTime),
            ReadRoom.of(config, meters),
            meters),
        HeldBodies.of(config),
        new WebMeters(meters),
        InstantSource.system());
    Router router = Router.router(vertx);
    ProblemHandler.install(router);
    connections = new StreamConnections(services);
    router.get(StreamConnections.PATH).handler(connections);
    server = vertx.createHttpServer().requestHandler(router);
    return server.listen(0, config.host());
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
    assertThat(faults).isEmpty();
  }

  /** As it was told in the hello: the rest stays on the socket, and comes as there is room. */
  @Test
  void whoSendsMoreThanItsWindow_isNotReadFurther_andGoesOn() throws Exception {
    WebSocket socket = Await.get(stream(token("ingest")));
    int all = 4 * WINDOW;
    List<Future<?>> sent = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (int seq = 0; seq < all; seq++) {
      sent.add(socket.writeBinaryMessage(
          Buffer.buffer(ClientFrame.publish(now, null, TestIngest.batch(session, seq, 3, now)))));
    }
    Await.get(Future.all(sent));
    for (int acked = 0; acked < all; acked++) {
      int half = WINDOW / 2;
      int read = Math.min(all, WINDOW + acked / half * half); // goes on once half of it is through
      await().until(() -> kafka.history().size() >= read);
      settled();
      assertThat(kafka.history()).as("read").hasSize(read);
      assertThat(kafka.completeNext()).isTrue();
    }
    await()
        .until(() -> told.stream()
                .flatMap(frame -> frame.ledger().stream())
                .mapToLong(entry -> entry.acked().size())
                .sum()
            == all);
    assertThat(count("pacewire.ingest.held", "by", "window")).isPositive();
    assertThat(socket.isClosed()).isFalse();
  }

  /** While nodes of two versions run; a device that only lost its connection would send it for ever. */
  @Test
  void aBatchOfALaterVersion_isRefusedByName_andTheStreamGoesOn() throws Exception {
    WebSocket socket = Await.get(stream(token("ingest")));
    long now = System.currentTimeMillis();
    byte[] later = TestIngest.batch(session, 0, 3, now);
    later[1] = 2; // wire_version
    Await.get(socket.writeBinaryMessage(Buffer.buffer(ClientFrame.publish(now, null, later))));
    byte[] next = TestIngest.batch(session, 1, 3, now);
    Await.get(socket.writeBinaryMessage(Buffer.buffer(ClientFrame.publish(now, null, next))));
    await().until(() -> kafka.history().size() == 2);
    assertThat(kafka.history().get(0).topic())
        .isEqualTo(EventTopics.dead(EventTopics.TELEMETRY_LIVE));
    assertThat(kafka.completeNext()).isTrue();
    assertThat(kafka.completeNext()).isTrue();
    await()
        .until(() -> told.stream()
            .flatMap(frame -> frame.ledger().stream())
            .anyMatch(entry -> entry.refused().containsKey(0)));
    await()
        .until(() -> told.stream()
            .flatMap(frame -> frame.ledger().stream())
            .anyMatch(entry -> entry.acked().contains(1)));
    assertThat(socket.isClosed()).isFalse();
  }

  /** A hub's sessions are told of one by one, and written for once. */
  @Test
  void whatTrainingTellsOfASessionEach_isOneFrame() throws Exception {
    WebSocket unused = Await.get(stream(token("ingest")));
    await().until(() -> told.size() == 1); // its hello
    LedgerFeed training = new LedgerFeed(vertx);
    loop.runOnContext(turn -> {
      for (int i = 0; i < 20; i++) {
        LedgerEntry change = new LedgerEntry(new UUID(1, i), 0);
        change.stored().add(i, i);
        training.publish(device, Buffer.buffer(change.encode()));
      }
    });
    await().until(() -> told.size() > 1);
    settled();
    assertThat(told).hasSize(2);
    assertThat(told.get(1).ledger())
        .hasSize(20)
        .allMatch(
            entry -> entry.stored().contains((int) entry.sessionId().getLeastSignificantBits()));
  }

  @Test
  void questionsBeyondWhatMayBeUnderWay_areCounted() throws Exception {
    WebSocket socket = Await.get(stream(token("ingest")));
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(socket.writeBinaryMessage(Buffer.buffer(ClientFrame.query(session, 0))));
    }
    Await.get(Future.all(sent));
    await().until(() -> count("pacewire.ingest.queries.dropped", "limit", "underWay") == 8);
  }

  @Test
  void whyNobodyGetsAStream_isAProblem() throws Exception {
    assertRefused(null, 401, "unauthorized", "WWW-Authenticate", "Bearer");
    assertRefused("x.y.z", 401, "unauthorized", "WWW-Authenticate", "Bearer");
    assertRefused(token("athlete"), 403, "forbidden", null, null);
    WebSocket only = Await.get(stream(token("ingest")));
    await().until(() -> !told.isEmpty()); // its hello
    assertRefused(token("ingest"), 429, "too-many-requests", "Retry-After", "5");
    Await.get(only.close());
    assertThat(count("pacewire.tokens.refused", "reason", "malformed")).isEqualTo(1);
    assertThat(count("pacewire.tokens.refused", "reason", "scope")).isEqualTo(1);
  }

  private void assertRefused(String token, int status, String name, String header, String value)
      throws Exception {
    try {
      WebSocket unexpected = Await.get(stream(token));
      throw new AssertionError(unexpected);
    } catch (ExecutionException e) {
      UpgradeRejectedException told = (UpgradeRejectedException) e.getCause();
      assertThat(told.getStatus()).isEqualTo(status);
      assertThat(told.getHeaders().get("Content-Type")).isEqualTo("application/problem+json");
      assertThat(told.getBody().toJsonObject().getString("type"))
          .isEqualTo("urn:pacewire:problem:" + name);
      if (header != null) {
        assertThat(told.getHeaders().get(header)).isEqualTo(value);
      }
    }
  }

  private double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counters().stream()
        .mapToDouble(one -> one.count())
        .sum();
  }

  /** Signed with a key that is new, while the issuer is away: what held before holds on. */
  @Test
  void aRenewalThatCannotBeLookedAt_isLookedAtLater() throws Exception {
    WebSocket socket = Await.get(stream(token("ingest")));
    String renewed =
        token(issuer.publish("two"), "two", "ingest", 50); // warned of as soon as it holds
    issuer.answersWith(503);
    aheadMs = AGAIN_MS;
    int before = issuer.fetches();
    Future<?> unused = socket.writeBinaryMessage(Buffer.buffer(ClientFrame.renewal(renewed)));
    await().until(() -> issuer.fetches() > before);
    aheadMs = 2 * AGAIN_MS;
    await()
        .until(
            () -> { // and it was looked at again
              aSecondLater();
              return issuer.fetches() > before + 1;
            });
    assertThat(socket.isClosed()).isFalse();
    assertThat(told).extracting(ServerFrame::warning).doesNotContain("token-expires");
    issuer.answersWith(200);
    aheadMs = 3 * AGAIN_MS;
    await().untilAsserted(() -> {
      aSecondLater();
      assertThat(told).extracting(ServerFrame::warning).contains("token-expires");
    });
    assertThat(socket.isClosed()).isFalse();
  }

  /** The issuer lets who asks for its keys wait, and the device thinks that nothing came of the first. */
  @Test
  void aRenewalWhileOneIsLookedAtAgain_takesItsPlace() throws Exception {
    WebSocket socket = Await.get(stream(token("ingest")));
    KeyPair two = issuer.publish("two");
    issuer.answersWith(503);
    aheadMs = AGAIN_MS;
    int before = issuer.fetches();
    Future<?> unused = socket.writeBinaryMessage(
        Buffer.buffer(ClientFrame.renewal(token(two, "two", "ingest", 50))));
    await().until(() -> issuer.fetches() > before);
    Promise<Void> keys = Promise.promise();
    issuer.answersAfter(keys.future());
    issuer.answersWith(200);
    aheadMs = 2 * AGAIN_MS;
    await().until(() -> {
      aSecondLater();
      return issuer.fetches() > before + 1;
    });
    unused = socket.writeBinaryMessage(
        Buffer.buffer(ClientFrame.renewal(token(two, "two", "ingest", 49))));
    Promise<Void> heard = Promise.promise();
    socket.pongHandler(pong -> heard.tryComplete());
    unused = socket.writePing(Buffer.buffer("behind it"));
    Await.get(heard.future());
    keys.complete();
    await().untilAsserted(() -> {
      aSecondLater();
      assertThat(told).extracting(ServerFrame::warning).contains("token-expires");
    });
    assertThat(socket.isClosed()).isFalse();
  }

  private void aSecondLater() {
    loop.runOnContext(due -> connections.sweep());
  }

  private Future<WebSocket> stream(String token) {
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(server.actualPort())
        .setURI(StreamConnections.PATH);
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    ClientWebSocket socket = client.webSocket();
    // Before it is connected, or its first message may have come and gone.
    socket.binaryMessageHandler(message -> told.add(ServerFrame.parse(message.getBytes())));
    return socket.connect(options);
  }

  private String token(String scope) throws Exception {
    return token(key, "one", scope, 600);
  }

  private String token(KeyPair signer, String keyId, String scope, long validForS)
      throws Exception {
    return TestIssuer.sign(
        signer,
        keyId,
        new JsonObject()
            .put("iss", "pacewire")
            .put("aud", "pacewire")
            .put("sub", athlete.toString())
            .put("did", device.toString())
            .put("tid", "public")
            .put("scope", scope)
            .put("iat", Instant.now().minusSeconds(300).getEpochSecond())
            .put("exp", Instant.now().plusSeconds(validForS).getEpochSecond()));
  }

  /** Runs what is queued on the loop, and what that queues, a few times over. */
  private void settled() throws Exception {
    for (int turn = 0; turn < 40; turn++) {
      Promise<Void> done = Promise.promise();
      loop.runOnContext(now -> done.complete());
      Await.get(done.future());
    }
  }
}
