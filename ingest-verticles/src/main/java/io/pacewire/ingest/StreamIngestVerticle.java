package io.pacewire.ingest;

import static java.lang.System.Logger.Level.INFO;

import io.micrometer.core.instrument.MeterRegistry;
import io.pacewire.platform.web.InvalidRequests;
import io.pacewire.platform.web.ProblemHandler;
import io.pacewire.platform.web.RequestDeadlines;
import io.pacewire.platform.web.RequestId;
import io.pacewire.platform.web.RequestsUnderWay;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The web doors over TLS: the raw binary WebSocket and batches by POST. */
final class StreamIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(StreamIngestVerticle.class.getName());

  private static final long SWEEP_MS = 1_000;
  private static final long SECOND_MS = 1_000;

  /** A token may have half of it. */
  private static final int MAX_HEADER_BYTES = 16_384;

  private final IngestConfig config;
  private final MeterRegistry registry;
  private final Function<Context, WebServices> services;
  private final String loopName;
  private final int port;
  private final RequestsUnderWay requests = new RequestsUnderWay();
  private @Nullable HttpServer server;
  private @Nullable StreamConnections connections;
  private @Nullable LoopMeters meters;
  private volatile boolean closing;

  /**
   * Those on the same ports share the connections.
   *
   * @param services made for the event loop this comes to run on
   * @param loopName in metrics
   */
  StreamIngestVerticle(
      IngestConfig config,
      MeterRegistry registry,
      Function<Context, WebServices> services,
      String loopName,
      int port) {
    this.loopName = loopName;
    this.port = port;
    this.config = config;
    this.registry = registry;
    this.services = services;
  }

  @Override
  public Future<?> start() {
    WebServices own = services.apply(context);
    StreamConnections created = new StreamConnections(own);
    connections = created;
    long unused = vertx.setPeriodic(SWEEP_MS, timer -> created.sweep());
    meters = LoopMeters.start(vertx, registry, loopName, own.publisher().loop());
    RequestDeadlines deadlines = new RequestDeadlines(
        config.connectTimeoutS() * SECOND_MS,
        config.idleTimeoutS() * SECOND_MS,
        channel -> own.turnstiles().waitingRoom().enter(WaitingRoom.Kind.WEB, channel));
    HttpServer listening = deadlines.watch(vertx.createHttpServer(options()));
    server = listening;
    return listening
        .invalidRequestHandler(new InvalidRequests(vertx))
        .requestHandler(router(own, created, deadlines))
        .listen()
        .onSuccess(
            open -> LOG.log(INFO, "web doors over TLS on port {0}", Integer.toString(port())));
  }

  @Override
  public Future<?> stop() {
    closing = true;
    if (connections != null) {
      connections.closeAll();
    }
    if (meters != null) {
      meters.stop();
    }
    return server == null ? Future.succeededFuture() : requests.stop(server);
  }

  /** From any thread: whether it goes, and takes no new connections. */
  boolean isClosing() {
    return closing;
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private Router router(WebServices own, StreamConnections streams, RequestDeadlines deadlines) {
    Router router = Router.router(vertx);
    ProblemHandler.install(router);
    router.route().handler(deadlines);
    router.route().handler(requests);
    router.route().handler(new RequestId());
    router.post(BatchRoute.PATH).handler(new BatchRoute(own));
    router.get(StreamConnections.PATH).handler(streams);
    return router;
  }

  private HttpServerOptions options() {
    int frame = config.maxMessageBytes();
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(port)
        .setSsl(config.tls())
        .setSslEngineOptions(TlsEngine.options())
        .setKeyCertOptions(new PemKeyCertOptions()
            .setCertPath(config.certificateFile().toString())
            .setKeyPath(config.keyFile().toString()))
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setSslHandshakeTimeout(config.connectTimeoutS())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(config.idleTimeoutS())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false) // doors pause what has come whole, which HTTP/2 takes ill
        // A small frame could become any amount of memory: its bound is that of the packed bytes.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(frame)
        .setMaxWebSocketMessageSize(frame);
  }
}
