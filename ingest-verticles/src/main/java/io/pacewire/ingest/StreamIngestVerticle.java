package io.pacewire.ingest;

import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The raw binary WebSocket door, {@code /v1/stream}, over TLS. */
final class StreamIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(StreamIngestVerticle.class.getName());

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
    StreamConnections connections = new StreamConnections(
        vertx, config, tokens, publishers.forThisLoop(context), ledgers, queries, clock);
    HttpServer created = vertx.createHttpServer(options());
    server = created;
    return created
        .webSocketHandshakeHandler(connections::shake)
        .webSocketHandler(connections::connected)
        .requestHandler(request -> request.response().setStatusCode(426).end())
        .listen()
        .onSuccess(
            listening -> LOG.log(INFO, "WebSocket over TLS on port {0}", Integer.toString(port())));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private HttpServerOptions options() {
    int frame = config.maxMessageBytes();
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.streamPort())
        .setSsl(config.tls())
        .setKeyCertOptions(new PemKeyCertOptions()
            .setCertPath(config.certificateFile().toString())
            .setKeyPath(config.keyFile().toString()))
        .setIdleTimeout(config.idleTimeoutS())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxWebSocketFrameSize(frame)
        .setMaxWebSocketMessageSize(frame);
  }
}
