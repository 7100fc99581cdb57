package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets devices in over the binary WebSocket: the token decides. One for each event loop. */
final class StreamConnections {
  private static final System.Logger LOG = System.getLogger(StreamConnections.class.getName());
  static final String PATH = "/v1/stream";
  private static final short TOKEN_EXPIRED = 4401;

  private final WebServices services;
  private final Map<StreamDoor, TokenLife> lives = new LinkedHashMap<>();

  StreamConnections(WebServices services) {
    this.services = services;
  }

  /** Every second: warns whose token runs out, and ends whose did. */
  void sweep() {
    long nowMs = services.clock().millis();
    for (StreamDoor door : List.copyOf(lives.keySet())) {
      TokenLife life = lives.get(door);
      switch (life == null ? TokenLife.Due.NOTHING : life.look(nowMs)) {
        case WARNING -> door.warn("token-expires");
        case END -> door.close(TOKEN_EXPIRED, "token expired");
        case NOTHING -> {}
      }
    }
  }

  /** Nobody gets a socket before the token is known to be good. */
  void shake(ServerWebSocketHandshake handshake) {
    if (!PATH.equals(handshake.path())) {
      discard(handshake.reject(404));
      return;
    }
    services
        .tokens()
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
    StreamSocket transport = StreamSocket.of(socket);
    services
        .tokens()
        .verify(token) // cached by now
        .onFailure(cause -> transport.close(TOKEN_EXPIRED, "token"))
        .onSuccess(device -> serve(transport, device, String.valueOf(token)));
  }

  private void serve(StreamSocket transport, Device device, String token) {
    assert transport.context().executor().inEventLoop() : "on another event loop than the socket";
    ServerWebSocket socket = transport.socket();
    if (socket.isClosed()) {
      return; // nobody would tell the door that it is
    }
    StreamDoor door = new StreamDoor(transport, device, token, services);
    TokenLife life = new TokenLife();
    LedgerSubscription ledger =
        new LedgerSubscription(services.ledgers(), device.deviceId(), door::tell);
    Revocations.Watch watch =
        services.tokens().watch(device, () -> door.close(TOKEN_EXPIRED, "device was revoked"));
    socket.binaryMessageHandler(
        message -> door.receive(message, renewal -> renew(door, renewal, life)));
    socket.exceptionHandler(cause -> LOG.log(DEBUG, "WebSocket: {0}", cause.getMessage()));
    socket.closeHandler(closed -> {
      lives.remove(door);
      watch.close();
      ledger.close();
      door.closed();
    });
    life.until(device.tokenExpiresAtMs());
    lives.put(door, life);
    ledger.open();
    door.open();
    door.send(ServerFrame.hello(
        services.config().maxBatchBytes(),
        services.config().window(),
        services.clock().millis()));
  }

  /** A new token for the same device, without a new connection. */
  private void renew(StreamDoor door, String token, TokenLife life) {
    services
        .tokens()
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
