package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.Channel;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.UnreadBody;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets devices in over the binary WebSocket: the token decides. One for each event loop. */
final class StreamConnections implements Handler<RoutingContext> {
  private static final System.Logger LOG = System.getLogger(StreamConnections.class.getName());
  static final String PATH = "/v1/stream";
  static final short TOKEN_EXPIRED = 4401;
  private static final short POLICY_VIOLATION = 1008; // RFC 6455, 7.4.1
  private static final short GOING_AWAY = 1001;
  /** Another connection of the device has to end before. */
  private static final long FULL_RETRY_AFTER_S = 5;

  private final WebServices services;
  private final Map<StreamDoor, StreamToken> tokens = new LinkedHashMap<>();

  StreamConnections(WebServices services) {
    this.services = services;
  }

  /** Every second: warns whose token runs out, ends whose did, and who has been silent for too long. */
  void sweep() {
    long nowMs = services.clock().millis();
    long nowNanos = System.nanoTime();
    List.copyOf(tokens.values()).forEach(token -> token.look(nowMs, nowNanos));
    long forNanos = services.config().idleTimeoutS() * 1_000_000_000L;
    long packetNanos = services.config().packetWithinS() * 1_000_000_000L;
    for (StreamDoor door : List.copyOf(tokens.keySet())) {
      if (door.isSilent(forNanos, nowNanos)) {
        door.close(GOING_AWAY, "silent");
      } else if (door.isDripping(packetNanos, nowNanos)) {
        services.turnstiles().readRoom().unfinished().ended(ReadAheadLimit.TIME);
        door.close(POLICY_VIOLATION, "a frame that does not end");
      }
    }
  }

  /** Nobody gets a socket before the token is known to be good; why not, a problem says. */
  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      ctx.fail(new ProblemException(Problem.ofStatus(426, "Upgrade Required")));
      return;
    }
    UnreadBody.pause(request);
    services
        .tokens()
        .verify(bearer(request.getHeader(HttpHeaders.AUTHORIZATION)), request.remoteAddress())
        .compose(device -> {
          if (services.turnstiles().isFull(Turnstiles.Kind.STREAM, device)) {
            return Future.failedFuture(new ProblemException(Problem.tooManyRequests(
                "the device has too many connections", FULL_RETRY_AFTER_S)));
          }
          return request.toWebSocket();
        })
        .onSuccess(socket -> connected(socket, request.connection()))
        .onFailure(cause -> {
          LOG.log(DEBUG, "WebSocket refused: {0}", cause.getMessage());
          UnreadBody.resume(request);
          ctx.fail(cause);
        });
  }

  /** The node goes: devices are told, and come back elsewhere. */
  void closeAll() {
    List.copyOf(tokens.keySet()).forEach(door -> door.close(GOING_AWAY, "the server stops"));
  }

  private void connected(ServerWebSocket socket, HttpConnection connection) {
    String token = bearer(socket.headers().get("Authorization"));
    socket.pause(); // until its handlers stand
    StreamSocket transport = StreamSocket.of(socket, connection);
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
    Channel channel = transport.context().channel();
    if (!services.turnstiles().place(Turnstiles.Kind.STREAM, device, channel)) {
      transport.close(POLICY_VIOLATION, "too many connections of the device");
      return;
    }
    StreamDoor door = new StreamDoor(transport, device, token, services);
    StreamToken held = new StreamToken(services.tokens(), door, services.clock());
    LedgerSubscription ledger =
        new LedgerSubscription(services.ledgers(), device.deviceId(), door::tell);
    socket.binaryMessageHandler(message -> door.receive(message, held::renew));
    socket.exceptionHandler(door::broken);
    socket.closeHandler(closed -> {
      tokens.remove(door);
      held.closed();
      ledger.close();
      door.closed();
    });
    tokens.put(door, held);
    held.open();
    ledger.open();
    door.open();
    door.send(ServerFrame.hello(
        services.config().maxBatchBytes(),
        services.config().window(),
        services.clock().millis()));
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.startsWith("Bearer ") ? header.substring(7) : null;
  }
}
