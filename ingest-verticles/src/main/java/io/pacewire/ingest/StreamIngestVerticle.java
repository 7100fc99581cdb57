package io.pacewire.ingest;

import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.ProblemHandler;
import io.pacewire.platform.web.RequestId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The web doors over TLS: the raw binary WebSocket and batches by POST. */
final class StreamIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(StreamIngestVerticle.class.getName());

  /** A token may have half of it. */
  private static final int MAX_HEADER_BYTES = 16_384;

  private final IngestConfig config;
  private final DeviceTokens tokens;
  private final Publishers publishers;
  private final LedgerFeed ledgers;
  private final LedgerQueries queries;
  private final InstantSource clock;
  private @Nullable HttpServer server;

  StreamIngestVerticle(
      IngestConfig config,
      DeviceTokens tokens,
      Publishers publishers,
      LedgerFeed ledgers,
      LedgerQueries queries,
      InstantSource clock) {
    this.config = config;
    this.tokens = tokens;
    this.publishers = publishers;
    this.ledgers = ledgers;
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    SamplePublisher publisher = publishers.forThisLoop(context);
    StreamConnections connections =
        new StreamConnections(vertx, config, tokens, publisher, ledgers, queries, clock);
    HttpServer created = vertx.createHttpServer(options());
    server = created;
    return created
        .webSocketHandshakeHandler(connections::shake)
        .webSocketHandler(connections::connected)
        .requestHandler(router(publisher))
        .listen()
        .onSuccess(
            listening -> LOG.log(INFO, "web doors over TLS on port {0}", Integer.toString(port())));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private Router router(SamplePublisher publisher) {
    Router router = Router.router(vertx);
    ProblemHandler.install(router);
    router.route().handler(new RequestId());
    router.post(BatchRoute.PATH).handler(new BatchRoute(vertx, config, tokens, publisher, clock));
    router
        .get(StreamConnections.PATH)
        .handler(ctx -> ctx.fail(new ProblemException(Problem.ofStatus(426, "Upgrade Required"))));
    return router;
  }

  private HttpServerOptions options() {
    int frame = config.maxMessageBytes();
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.streamPort())
        .setSsl(config.tls())
        .setSslEngineOptions(TlsEngine.options())
        .setKeyCertOptions(new PemKeyCertOptions()
            .setCertPath(config.certificateFile().toString())
            .setKeyPath(config.keyFile().toString()))
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setIdleTimeout(config.idleTimeoutS())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxWebSocketFrameSize(frame)
        .setMaxWebSocketMessageSize(frame);
  }
}
