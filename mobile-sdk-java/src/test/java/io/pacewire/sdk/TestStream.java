package io.pacewire.sdk;

import io.pacewire.wire.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A platform's WebSocket front on a port of its own. */
final class TestStream implements AutoCloseable {
  final TestPlatform platform;
  volatile Predicate<String> accepts = token -> true;
  private final Vertx vertx;
  private final HttpServerOptions options;
  private final Set<ServerWebSocket> open = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private int port;

  TestStream(Vertx vertx, TestPlatform platform, HttpServerOptions options) {
    this.vertx = vertx;
    this.platform = platform;
    this.options = options.setHost("127.0.0.1");
    start();
  }

  URI uri() {
    return URI.create((options.isSsl() ? "wss" : "ws") + "://127.0.0.1:" + port + "/v1/stream");
  }

  /** Begins to listen again, on the same port. */
  void start() {
    server = vertx.createHttpServer(options.setPort(port));
    server.webSocketHandshakeHandler(this::greet).webSocketHandler(this::serve);
    port = TestServers.await(server.listen()).actualPort();
  }

  void stop() {
    open.clear();
    TestServers.await(server.close());
  }

  void dropConnections() {
    for (ServerWebSocket socket : open) {
      socket.close((short) 1011, "test");
    }
  }

  void push(ServerFrame frame) {
    for (ServerWebSocket socket : open) {
      socket.writeBinaryMessage(Buffer.buffer(frame.encode()));
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void greet(ServerWebSocketHandshake handshake) {
    String token = String.valueOf(handshake.headers().get("Authorization")).substring(7);
    platform.tokens.add(token);
    if (accepts.test(token)) {
      handshake.accept();
    } else {
      handshake.reject(401);
    }
  }

  private void serve(ServerWebSocket socket) {
    platform.connections.incrementAndGet();
    open.add(socket);
    socket.closeHandler(gone -> open.remove(socket));
    socket.binaryMessageHandler(message -> receive(socket, message.getBytes()));
    if (platform.maxBatchBytes > 0) {
      ServerFrame hello = ServerFrame.hello(platform.maxBatchBytes, platform.window, 0);
      socket.writeBinaryMessage(Buffer.buffer(hello.encode()));
    }
  }

  private void receive(ServerWebSocket socket, byte[] message) {
    if (socket.isClosed()) {
      return; // what still comes in while the connection goes down is lost, as in a crash
    }
    TestWire.read(
        message,
        platform.sentAt::add,
        batch -> {
          ServerFrame answer = platform.take(batch);
          if (answer == null) {
            socket.close((short) 1011, "test");
          } else if (platform.answering) {
            socket.writeBinaryMessage(Buffer.buffer(answer.encode()));
          }
        },
        session -> {
          if (platform.answering) {
            socket.writeBinaryMessage(Buffer.buffer(platform.ledger(session).encode()));
          }
        },
        platform.renewals::add);
  }
}
