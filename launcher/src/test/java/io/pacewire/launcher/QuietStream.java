package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.atomic.AtomicLong;

/** A device that holds a stream, says nothing, and remembers how it ended. */
final class QuietStream implements AutoCloseable {
  private final WebSocketClient client;
  private final AtomicLong endedNanos;
  private final WebSocket socket;

  private QuietStream(WebSocketClient client, AtomicLong endedNanos, WebSocket socket) {
    this.client = client;
    this.endedNanos = endedNanos;
    this.socket = socket;
  }

  /** Throws what the client throws where it is not let in. Else the node knows it when this returns. */
  static QuietStream open(Vertx vertx, int port, String token) throws Exception {
    WebSocketClient client = vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    ClientWebSocket opening = client.webSocket();
    Promise<Void> greeted = Promise.promise();
    AtomicLong endedNanos = new AtomicLong();
    // Before it is connected, or its first message, and its end, may have come and gone.
    opening.binaryMessageHandler(message -> greeted.tryComplete());
    opening.closeHandler(closed -> {
      endedNanos.set(System.nanoTime());
      greeted.tryFail("closed");
    });
    QuietStream stream = new QuietStream(
        client,
        endedNanos,
        Await.get(opening.connect(new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/v1/stream")
            .putHeader("Authorization", "Bearer " + token))));
    assertThat(Await.get(greeted.future())).isNull();
    return stream;
  }

  boolean isEnded() {
    return endedNanos.get() != 0;
  }

  /** Status code and reason it was closed with. */
  String end() {
    return socket.closeStatusCode() + " " + socket.closeReason();
  }

  /** When it heard of its end, by {@link System#nanoTime}, whoever looked when. */
  long endedNanos() {
    return endedNanos.get();
  }

  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
