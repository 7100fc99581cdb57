package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The raw binary WebSocket door, {@code /v1/stream}, over TLS. */
final class StreamIngestVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(StreamIngestVerticle.class.getName());
  static final String PATH = "/v1/stream";
  private static final short TOKEN_EXPIRED = 4401;

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
    HttpServer created = vertx.createHttpServer(options());
    server = created;
    return created
        .webSocketHandshakeHandler(handshake -> shake(handshake))
        .webSocketHandler(socket -> connected(socket, publisher))
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
        .setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .setCertPath(config.certificateFile().toString())
            .setKeyPath(config.keyFile().toString()))
        .setIdleTimeout(config.idleTimeoutS())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxWebSocketFrameSize(frame)
        .setMaxWebSocketMessageSize(frame);
  }

  /** Nobody gets a socket before the token is known to be good. */
  private void shake(ServerWebSocketHandshake handshake) {
    if (!PATH.equals(handshake.path())) {
      discard(handshake.reject(404));
      return;
    }
    tokens
        .verify(bearer(handshake.headers().get("Authorization")))
        .onSuccess(device -> discard(handshake.accept()))
        .onFailure(cause -> {
          LOG.log(DEBUG, "WebSocket refused: {0}", cause.getMessage());
          discard(handshake.reject(401));
        });
  }

  private void connected(ServerWebSocket socket, SamplePublisher publisher) {
    String token = bearer(socket.headers().get("Authorization"));
    socket.pause(); // until its handlers stand
    tokens
        .verify(token) // cached by now
        .onFailure(cause -> discard(socket.close(TOKEN_EXPIRED, "token")))
        .onSuccess(device -> serve(socket, device, String.valueOf(token), publisher));
  }

  private void serve(
      ServerWebSocket socket, Device device, String token, SamplePublisher publisher) {
    StreamDoor door = new StreamDoor(
        socket,
        device,
        token,
        new BatchAdmission(config.maxBatchBytes()),
        publisher,
        queries,
        clock);
    TokenLife life = new TokenLife(
        vertx,
        clock,
        () -> door.warn("token-expires"),
        () -> door.close(TOKEN_EXPIRED, "token expired"));
    LedgerSubscription ledger = new LedgerSubscription(ledgers, device.deviceId(), door::tell);
    socket.binaryMessageHandler(
        message -> door.receive(message, renewal -> renew(door, renewal, life)));
    socket.exceptionHandler(cause -> LOG.log(DEBUG, "WebSocket: {0}", cause.getMessage()));
    socket.closeHandler(closed -> {
      life.stop();
      ledger.close();
      publisher.loop().closed(door);
    });
    life.until(device.tokenExpiresAtMs());
    ledger.open();
    socket.resume();
    publisher.loop().open(door);
    door.send(ServerFrame.hello(config.maxBatchBytes(), config.window(), clock.millis()));
  }

  /** A new token for the same device, without a new connection. */
  private void renew(StreamDoor door, String token, TokenLife life) {
    tokens
        .verify(token)
        .onSuccess(device -> {
          if (device.deviceId().equals(door.device().deviceId())) {
            door.renewed(device, token);
            life.until(device.tokenExpiresAtMs());
          } else {
            door.close(TOKEN_EXPIRED, "token of another device");
          }
        })
        .onFailure(cause -> door.close(TOKEN_EXPIRED, "token not valid"));
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.startsWith("Bearer ") ? header.substring(7) : null;
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "WebSocket handshake: {0}", cause.getMessage()));
  }
}
