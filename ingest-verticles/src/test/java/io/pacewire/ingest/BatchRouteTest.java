package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemHandler;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request takes of its event loop is given back, however it ends. */
class BatchRouteTest {
  private static final int CALLERS = 20;
  private static final String PART_OF_A_LARGE_ONE =
      "Transfer-Encoding: chunked\r\n\r\n40000\r\n" + " ".repeat(0x40000) + "\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final TestIssuer issuer = new TestIssuer();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private KeyPair key;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private HeldBodies bodies;
  private PublishLoop loop;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    JsonObject tls = new JsonObject()
        .put("enabled", false)
        .put("certificateFile", "none")
        .put("keyFile", "none");
    IngestConfig config = IngestConfig.from(new JsonObject()
        .put(
            "ingest",
            new JsonObject()
                .put("trainingUrl", "http://127.0.0.1:1")
                .put("loops", 1)
                .put("connectTimeoutS", 5)
                .put(
                    "limits",
                    new JsonObject().put("device", new JsonObject().put("bytesPerS", 10_000)))
                .put("tls", tls))
        .put("kafka", new JsonObject().put("bootstrapServers", "127.0.0.1:1"))
        .put("tokens", new JsonObject().put("jwksUrl", issuer.settings().jwksUrl())));
    Await.get(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return listen(config, services(config));
      }

      private WebServices services(IngestConfig settings) {
        Revocations nothing = Revocations.create(vertx, settings.kafka());
        loop = new PublishLoop(
            context,
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
            settings.inFlightBytes());
        bodies = HeldBodies.of(settings);
        return new WebServices(
            context,
            settings,
            new DeviceTokens(
                TokenVerifier.create(vertx, issuer.settings(), nothing),
                nothing,
                new Strangers(0, System::nanoTime, meters, "test"),
                new TokenRefusals(meters, "test")),
            new SamplePublisher(loop, InstantSource.system()),
            null,
            null,
            new Turnstiles(
                vertx,
                new Quotas(settings.limits(), () -> 1, () -> 0), // a debt stays
                ReadRoom.of(settings, meters),
                meters),
            bodies,
            new WebMeters(meters),
            InstantSource.system());
      }
    }));
  }

  private Future<?> listen(IngestConfig config, WebServices services) {
    Router router = Router.router(vertx);
    ProblemHandler.install(router);
    router.route().handler(ctx -> {
      opened.incrementAndGet();
      ctx.request().connection().closeHandler(closed -> gone.incrementAndGet());
      ctx.next();
    });
    router.post(BatchRoute.PATH).handler(new BatchRoute(services));
    server = vertx.createHttpServer().requestHandler(router);
    return server.listen(0, config.host());
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void whoHangsUp_whileItsTokenIsVerified_takesNothing() throws Exception {
    Promise<Void> keys = Promise.promise();
    issuer.answersAfter(keys.future());
    for (int i = 0; i < CALLERS; i++) {
      Socket socket = asking("Transfer-Encoding: chunked\r\n\r\n");
      int count = i + 1;
      await().until(() -> opened.get() == count);
      socket.close();
    }
    await().until(() -> gone.get() == CALLERS);
    keys.complete();
    assertThat(statusOfOneMore()).contains(" 400 "); // an empty batch: it was let in and looked at
    await().untilAsserted(() -> {
      assertThat(bodies.heldBytes()).isZero();
      assertThat(loop.doors()).isZero();
    });
  }

  @Test
  void whoHangsUp_inTheMiddleOfItsBody_leavesNothingBehind() throws Exception {
    for (int i = 0; i < CALLERS; i++) {
      Socket socket = asking("Transfer-Encoding: chunked\r\n\r\n2\r\n{ \r\n");
      await().until(() -> loop.doors() == 1);
      socket.close();
      await().until(() -> loop.doors() == 0);
    }
    assertThat(bodies.heldBytes()).isZero();
  }

  /** Large bodies that are announced, and some that come in part: of many devices, but of one account. */
  @Test
  void oneAthlete_leavesRoomForOthers_howeverManyDevicesItHas() throws Exception {
    List<Socket> open = new ArrayList<>();
    UUID athlete = UUID.randomUUID();
    for (int i = 0; i < 40; i++) {
      Socket socket =
          asking(athlete, i % 2 == 0 ? "Content-Length: 1048576\r\n\r\n{" : PART_OF_A_LARGE_ONE);
      open.add(socket);
    }
    await()
        .until(() -> refused(WebLimit.ATHLETE_REQUESTS) + refused(WebLimit.ATHLETE_BYTES)
            >= 40 - HeldBodies.MOST_AN_ATHLETE);
    assertThat(statusOfOneMore()).contains(" 400 ");
    for (Socket socket : open) {
      socket.close();
    }
    await().until(() -> bodies.heldBytes() == 0 && loop.doors() == 0);
  }

  /** A body of which the end never comes holds room of others all the same. */
  @Test
  void whatCameOfABodyThatWasBrokenOff_costsItsDevice() throws Exception {
    UUID athlete = UUID.randomUUID();
    UUID device = UUID.randomUUID();
    Socket first = asking(athlete, device, PART_OF_A_LARGE_ONE);
    await().until(() -> bodies.heldBytes() == 0x40000);
    first.close();
    await().until(() -> loop.doors() == 0);
    assertThat(slowed()).isZero();
    Socket second = asking(athlete, device, "Content-Length: 2\r\n\r\n{}");
    await().until(() -> slowed() == 1);
    second.close();
  }

  private double slowed() {
    return meters.find("pacewire.ingest.slowed").tag("limit", "device").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void whoDripsItsBody_isToldThatItIsTooSlow_andHoldsNothing() throws Exception {
    try (Socket socket = asking("Content-Length: 1048576\r\n\r\n{")) {
      socket.setSoTimeout(20_000);
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 408 ")
          .containsIgnoringCase("content-type: application/problem+json")
          .contains("urn:pacewire:problem:request-timeout");
    }
    assertThat(refused(WebLimit.SLOW_BODY)).isEqualTo(1);
    await().until(() -> bodies.heldBytes() == 0 && loop.doors() == 0);
  }

  private int refused(WebLimit limit) {
    return (int)
        meters.counter("pacewire.ingest.requests.refused", "limit", limit.tag()).count();
  }

  private String statusOfOneMore() throws Exception {
    try (Socket socket = asking("Content-Length: 2\r\n\r\n{}")) {
      return new String(socket.getInputStream().readNBytes(15), UTF_8);
    }
  }

  private Socket asking(String rest) throws Exception {
    return asking(UUID.randomUUID(), rest);
  }

  private Socket asking(UUID athlete, String rest) throws Exception {
    return asking(athlete, UUID.randomUUID(), rest);
  }

  private Socket asking(UUID athlete, UUID device, String rest) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    String head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    socket
        .getOutputStream()
        .write((head + "Authorization: Bearer " + token(athlete, device) + "\r\n" + rest)
            .getBytes(UTF_8));
    return socket;
  }

  private String token(UUID athlete, UUID device) throws Exception {
    long nowS = InstantSource.system().millis() / 1_000;
    return TestIssuer.sign(
        key,
        "one",
        new JsonObject()
            .put("iss", "pacewire")
            .put("aud", "pacewire")
            .put("sub", athlete.toString())
            .put("did", device.toString())
            .put("scope", "ingest")
            .put("iat", nowS)
            .put("exp", nowS + 600));
  }
}
