package io.pacewire.gateway;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.InvalidRequests;
import io.pacewire.platform.web.ProblemHandler;
import io.pacewire.platform.web.RequestDeadlines;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.RequestsUnderWay;
import io.pacewire.platform.web.RoleClient;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gateway role. */
public final class GatewayVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(GatewayVerticle.class.getName());
  private static final String VERSION = "0.1.0";
  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final long REVOCATIONS_WITHIN_S = 10;
  private static final String ROLE = "gateway";
  private static final long SECOND_MS = 1_000;

  /** From one address; what ingest has by default. */
  private static final int FORGED_TOKENS_PER_S = 20;

  private static final int MANAGEMENT_BODY_BYTES = 1_024;

  private final GatewayConfig config;
  private final LiveViewers viewers;
  private final RequestsUnderWay requests = new RequestsUnderWay();
  private @Nullable HttpServer server;
  private @Nullable LiveRoute live;
  private @Nullable IngestRoutes ingest;
  private @Nullable RoleServer management;
  private @Nullable RedisCommands redis;
  private @Nullable Revocations revocations;

  public GatewayVerticle(GatewayConfig config) {
    this(config, LiveViewers.Bounds.DEFAULT);
  }

  GatewayVerticle(GatewayConfig config, LiveViewers.Bounds bounds) {
    this.config = config;
    this.viewers = new LiveViewers(bounds);
  }

  @Override
  public Future<?> start() {
    Revocations revoked = Revocations.create(vertx, config.kafka());
    revocations = revoked;
    Future<Void> known = revoked
        .start()
        .timeout(REVOCATIONS_WITHIN_S, TimeUnit.SECONDS)
        .recover(late -> {
          LOG.log(WARNING, "revocations are not known yet; tokens are taken for what they say");
          return Future.succeededFuture();
        });
    return known
        .compose(done -> vertx.executeBlocking(ConsolePages::new, false))
        .compose(pages -> open(pages, revoked));
  }

  @Override
  public Future<?> stop() {
    if (live != null) {
      live.closeAll();
    }
    if (ingest != null) {
      ingest.closeAll();
    }
    Future<Void> closed = server == null ? Future.succeededFuture() : requests.stop(server);
    RedisCommands connected = redis;
    Revocations revoked = revocations;
    RoleServer managed = management;
    closed = managed == null ? closed : closed.eventually(managed::close);
    closed = revoked == null ? closed : closed.eventually(revoked::close);
    return connected == null ? closed : closed.eventually(connected::close);
  }

  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  /** Where metrics and health are asked for. */
  public int managementPort() {
    return management == null ? 0 : management.port();
  }

  /** Live ones of this node. */
  int viewers() {
    return viewers.open();
  }

  private Future<?> open(ConsolePages pages, Revocations revoked) {
    RedisCommands connected = config.redis().client(vertx);
    redis = connected;
    TokenVerifier verifier = TokenVerifier.create(vertx, config.tokens(), revoked);
    TokenGate gate = new TokenGate(
        verifier,
        new Strangers(FORGED_TOKENS_PER_S, System::nanoTime, Metrics.of(vertx), ROLE),
        new TokenRefusals(Metrics.of(vertx), ROLE));
    Router router = Router.router(vertx);
    ProblemHandler.install(router);
    RequestDeadlines deadlines =
        new RequestDeadlines(GatewayServer.HEAD_WITHIN_MS, GatewayServer.IDLE_S * 1_000L);
    router.route().handler(deadlines);
    router.route().handler(requests);
    router.route().handler(new RequestId());
    router.route().handler(new SecurityHeaders());
    router.get("/health/live").respond(ctx -> Future.succeededFuture(about()));
    Readiness readiness = new Readiness(vertx, config);
    router.get("/health/ready").respond(ctx -> readiness.check());
    LiveRoute lookingOn = new LiveRoute(
        vertx,
        new LiveFeed(vertx),
        gate,
        verifier,
        revoked,
        RoleClient.create(vertx),
        config.trainingUrl(),
        viewers);
    live = lookingOn;
    router.get("/v1/live/sessions/:id").handler(lookingOn);
    IngestRoutes toIngest = new IngestRoutes(
        new StreamOpening(
            vertx, config.ingest(), config.ingest().streams(vertx, config.maxStreams()), requests),
        gate,
        config.maxStreams(),
        Metrics.of(vertx).counter(BatchForward.REFUSED, "limit", "maxStreams"),
        new BatchForward(config.ingest(), config.ingest().client(vertx), gate, Metrics.of(vertx)));
    toIngest.mount(router);
    toIngest.sweep(vertx, config.streamSilenceS() * SECOND_MS);
    ingest = toIngest;
    new FileRoutes(vertx, config.trainingUrl(), gate).mount(router);
    router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    new ApiRoutes(
            new RouteTable(config),
            gate,
            new ApiProxy(vertx),
            new IdempotencyKeys(connected),
            about().put("streamUrl", config.streamUrl()).put("mqttUrl", config.mqttUrl()))
        .mount(router);
    new ConsoleRoutes(pages, gate).mount(router);
    HttpServer listening = deadlines
        .watch(vertx.createHttpServer(GatewayServer.of(config)))
        .invalidRequestHandler(new InvalidRequests(vertx))
        .requestHandler(router);
    server = listening;
    RoleServer managed = RoleServer.create(vertx, "gateway-management", MANAGEMENT_BODY_BYTES);
    management = managed;
    return listening
        .listen()
        .onSuccess(up -> LOG.log(INFO, "gateway on port {0}", Integer.toString(port())))
        .compose(up -> managed.listen(config.managementHost(), config.managementPort()));
  }

  private static JsonObject about() {
    return new JsonObject().put("name", "Pacewire").put("version", VERSION);
  }
}
