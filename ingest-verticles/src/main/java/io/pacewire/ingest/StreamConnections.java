package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Lets devices in over the binary WebSocket: the token decides. One for each event loop. */
final class StreamConnections {
  private static final System.Logger LOG = System.getLogger(StreamConnections.class.getName());
  static final String PATH = "/v1/stream";
  private static final short TOKEN_EXPIRED = 4401;

  private final Vertx vertx;
  private final IngestConfig config;
  private final DeviceTokens tokens;
  private final SamplePublisher publisher;
  private final LedgerFeed ledgers;
  private final LedgerQueries queries;
  private final InstantSource clock;

  StreamConnections(
      Vertx vertx,
      IngestConfig config,
      DeviceTokens tokens,
      SamplePublisher publisher,
      LedgerFeed ledgers,
      LedgerQueries queries,
      InstantSource clock) {
    this.vertx = vertx;
    this.config = config;
    this.tokens = tokens;
    this.publisher = publisher;
    this.ledgers = ledgers;
    this.queries = queries;
    this.clock = clock;
  }

  /** Nobody gets a socket before the token is known to be good. */
  void shake(ServerWebSocketHandshake handshake) {
    if (!PATH.equals(handshake.path())) {
      discard(handshake.reject(404));
      return;
    }
    tokens
        .verify(bearer(handshake.headers().get("Authorization")))
        .onSuccess(device -> discard(handshake.accept()))
        .onFailure(cause -> {
          LOG.log(DEBUG, "WebSocket refused: {0}", cause.getMessage());
          discard(handshake.reject(status(cause)));
        });
  }

  void connected(ServerWebSocket socket) {
    String token = bearer(socket.headers().get("Authorization"));
    socket.pause(); // until its handlers stand
    tokens
        .verify(token) // cached by now
        .onFailure(cause -> discard(socket.close(TOKEN_EXPIRED, "token")))
        .onSuccess(device -> serve(socket, device, String.valueOf(token)));
  }

  private void serve(ServerWebSocket socket, Device device, String token) {
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
    Revocations.Watch watch =
        tokens.watch(device, () -> door.close(TOKEN_EXPIRED, "device was revoked"));
    socket.binaryMessageHandler(
        message -> door.receive(message, renewal -> renew(door, renewal, life)));
    socket.exceptionHandler(cause -> LOG.log(DEBUG, "WebSocket: {0}", cause.getMessage()));
    socket.closeHandler(closed -> {
      life.stop();
      watch.close();
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

  /** Keys that cannot be fetched now are not the token's fault. */
  private static int status(Throwable cause) {
    return cause instanceof ProblemException expected ? expected.problem().status() : 503;
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.startsWith("Bearer ") ? header.substring(7) : null;
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "WebSocket handshake: {0}", cause.getMessage()));
  }
}
