package io.pacewire.gateway;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestCertificate;
import io.pacewire.platform.stack.TestRevocations;
import io.pacewire.platform.web.TestIssuer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway over TLS, with a real Redis, in front of roles that write down what reaches them. */
final class TestGateway {
  private static final int AT_ONCE = 16;
  private static final int SILENCE_S = 150;
  final Vertx vertx = Vertx.vertx();
  final UUID athlete = UUID.randomUUID();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger held = new AtomicInteger();
  private volatile Future<Void> hold = Future.succeededFuture();
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;
  private final GatewayVerticle verticle;
  private final WebClient client = WebClient.create(
      vertx,
      new WebClientOptions()
          .setSsl(true)
          .setTrustAll(true)
          .setVerifyHost(false)
          .setFollowRedirects(false),
      new PoolOptions().setHttp1MaxSize(AT_ONCE));

  /** What a role got to see. */
  record Seen(HttpMethod method, String uri, MultiMap headers, String body) {}

  TestGateway(Path folder) throws Exception {
    this(folder, new IngestUpstream("http://127.0.0.1:1", null));
  }

  TestGateway(Path folder, IngestUpstream ingest) throws Exception {
    this(folder, ingest, LiveViewers.Bounds.DEFAULT, SILENCE_S);
  }

  TestGateway(Path folder, IngestUpstream ingest, int streamSilenceS) throws Exception {
    this(folder, ingest, LiveViewers.Bounds.DEFAULT, streamSilenceS);
  }

  TestGateway(Path folder, LiveViewers.Bounds bounds) throws Exception {
    this(folder, new IngestUpstream("http://127.0.0.1:1", null), bounds, SILENCE_S);
  }

  private TestGateway(
      Path folder, IngestUpstream ingest, LiveViewers.Bounds bounds, int streamSilenceS)
      throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    HttpServer role =
        Await.get(vertx.createHttpServer().requestHandler(role()).listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + role.actualPort();
    TestCertificate.in(folder);
    GatewayConfig config = new GatewayConfig(
        "127.0.0.1",
        0,
        folder.resolve("certificate.pem"),
        folder.resolve("key.pem"),
        "https://localhost",
        "wss://localhost/v1/stream",
        "mqtts://localhost",
        url,
        url,
        url,
        "http://127.0.0.1:1", // nobody is there
        ingest,
        2,
        streamSilenceS,
        "127.0.0.1",
        0,
        RealServers.kafka(),
        RealServers.redis(),
        issuer.settings());
    verticle = new GatewayVerticle(config, bounds);
    Await.get(vertx.deployVerticle(verticle));
  }

  private Router role() {
    Router router = Router.router(vertx);
    router.route().handler(io.vertx.ext.web.handler.BodyHandler.create(false));
    router.route().handler(ctx -> {
      seen.add(new Seen(
          ctx.request().method(),
          ctx.request().uri(),
          ctx.request().headers(),
          String.valueOf(ctx.body().asString())));
      ctx.next();
    });
    router.post("/v1/gear").respond(ctx -> {
      ctx.response().setStatusCode(201);
      return Future.succeededFuture(new JsonObject().put("number", seen.size()));
    });
    router.get("/v1/export").handler(ctx -> {
      if (ctx.request().query() != null && ctx.request().query().equals("held")) {
        held.incrementAndGet();
        hold.onSuccess(free -> ctx.next());
      } else {
        ctx.next();
      }
    });
    router.get("/v1/trainings/:id/export").handler(ctx -> {
      ctx.response().putHeader("Pacewire-Incomplete", "gaps");
      ctx.next();
    });
    router.post("/v1/gear/broken").handler(ctx -> ctx.fail(500));
    router.post("/v1/gear/:id/edit").handler(TestGateway::edit);
    router.post("/v1/trainings/:id/crop").handler(TestGateway::edit);
    router
        .get("/v1/sessions/:id/live")
        .respond(ctx -> Future.succeededFuture(new JsonObject()
            .put("type", "snapshot")
            .put("sessionId", ctx.pathParam("id"))
            .put("version", 1)));
    router
        .route()
        .respond(ctx ->
            Future.succeededFuture(new JsonObject().put("path", ctx.request().path())));
    return router;
  }

  /** Of what has the revision 1. */
  private static void edit(RoutingContext ctx) {
    boolean matches = "\"1\"".equals(ctx.request().getHeader("If-Match"));
    var unused = ctx.response()
        .setStatusCode(matches ? 200 : 412)
        .putHeader("ETag", matches ? "\"2\"" : "\"1\"")
        .putHeader("Location", "/v1/elsewhere")
        .putHeader("Vary", "Accept")
        .putHeader("Retry-After", "7")
        .putHeader("Idempotency-Replayed", "true")
        .putHeader("X-Inside", "is for nobody")
        .end("{}");
  }

  /** Exports with {@code ?held} are answered when this is done. */
  void holdUntil(Future<Void> due) {
    hold = due;
  }

  int held() {
    return held.get();
  }

  /** The gateway waits so long for the keys that it looks at tokens with. */
  void keysAfter(Future<Void> due) {
    issuer.answersAfter(due);
  }

  /** How often. */
  int keysAskedFor() {
    return issuer.fetches();
  }

  int port() {
    return verticle.port();
  }

  int viewers() {
    return verticle.viewers();
  }

  int managementPort() {
    return verticle.managementPort();
  }

  String token() throws Exception {
    return token(athlete, "pacewire", Instant.now().plusSeconds(600), key);
  }

  String token(UUID subject) throws Exception {
    return token(subject, "pacewire", Instant.now().plusSeconds(600), key);
  }

  String expired() throws Exception {
    return token(athlete, "pacewire", Instant.now().minusSeconds(120), key);
  }

  /** Within the seconds for which clocks may differ. */
  String expiringIn(int seconds) throws Exception {
    return token(athlete, "pacewire", Instant.now().minusSeconds(30 - seconds), key);
  }

  /** Of a sign-in that may be revoked. */
  String ofSignIn(UUID signIn) throws Exception {
    return TestIssuer.sign(
        key,
        "one",
        claims(athlete, "pacewire", Instant.now().plusSeconds(600)).put("sid", signIn.toString()));
  }

  void revoke(UUID signIn) throws Exception {
    TestRevocations.revoke(vertx, "session", signIn);
  }

  String forAnother() throws Exception {
    return token(athlete, "somebody-else", Instant.now().plusSeconds(600), key);
  }

  String forged() throws Exception {
    return token(athlete, "pacewire", Instant.now().plusSeconds(600), TestIssuer.keyPair());
  }

  private static String token(UUID subject, String audience, Instant until, KeyPair by)
      throws Exception {
    return TestIssuer.sign(by, "one", claims(subject, audience, until));
  }

  private static JsonObject claims(UUID subject, String audience, Instant until) {
    return new JsonObject()
        .put("iss", "pacewire")
        .put("aud", audience)
        .put("sub", subject.toString())
        .put("tid", "public")
        .put("scope", "athlete")
        .put("iat", Instant.now().minusSeconds(300).getEpochSecond())
        .put("exp", until.getEpochSecond());
  }

  HttpResponse<Buffer> ask(HttpMethod method, String uri, Map<String, String> headers, String body)
      throws Exception {
    return Await.get(asking(method, uri, headers, body));
  }

  Future<HttpResponse<Buffer>> asking(
      HttpMethod method, String uri, Map<String, String> headers, String body) {
    HttpRequest<Buffer> request = client.request(method, port(), "127.0.0.1", uri);
    headers.forEach(request::putHeader);
    return body == null ? request.send() : request.sendBuffer(Buffer.buffer(body));
  }

  HttpResponse<Buffer> get(String uri, String token) throws Exception {
    return ask(
        HttpMethod.GET,
        uri,
        token == null ? Map.of() : Map.of("Authorization", "Bearer " + token),
        null);
  }

  void close() throws Exception {
    Await.get(vertx.close());
  }
}
