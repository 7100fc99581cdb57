package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that stops says so to whoever looks on, and to whose request it will not answer any more. */
@ExtendWith(RealServers.class)
class GoingAwayIT {
  private final Vertx vertx = Vertx.vertx();

  @TempDir
  Path folder;

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  /** Held, as Vert.x closes the connections of a client that nobody has any more. */
  private WebSocketClient client;

  @Test
  void aViewer_isClosedAsGoingAway() throws Exception {
    TestGateway gateway = new TestGateway(folder);
    client = vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    ClientWebSocket viewer = client.webSocket();
    Promise<String> first = Promise.promise();
    viewer.textMessageHandler(first::tryComplete);
    WebSocket connected = Await.get(viewer.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(gateway.port())
        .putHeader("Authorization", "Bearer " + gateway.token())
        .setURI("/v1/live/sessions/" + UUID.randomUUID())));
    // Whose first state is still asked for when it stops is told that there is none now.
    assertThat(Await.get(first.future())).contains("snapshot");
    assertThat(connected.isClosed()).isFalse();
    Promise<String> closed = Promise.promise();
    viewer.closeHandler(
        gone -> closed.complete(viewer.closeStatusCode() + " " + viewer.closeReason()));
    Future<Void> stopped = gateway.vertx.close();
    assertThat(Await.get(closed.future())).isEqualTo("1001 the server stops");
    Await.get(stopped);
  }

  @Test
  void whoHasSentHalfOfABody_isToldToComeAgain() throws Exception {
    TestGateway gateway = new TestGateway(folder);
    try (HalfOpenClient half = half(gateway, "/v1/gear", "Expect: 100-continue\r\n")) {
      assertThat(half.head()).as("its body is read").startsWith("HTTP/1.1 100 ");
      half.send("{");
      Future<Void> stopped = gateway.vertx.close();
      assertThat(half.head()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
      assertThat(half.ends()).isTrue();
      Await.get(stopped);
      assertThat(gateway.seen).as("it reached nobody").isEmpty();
    }
  }

  @Test
  void whoHasSentHalfOfABatch_isToldToComeAgain_andIngestWaitsForNoMore() throws Exception {
    Promise<Void> begun = Promise.promise();
    Promise<Throwable> givenUp = Promise.promise();
    HttpServer ingest = Await.get(vertx
        .createHttpServer()
        .requestHandler(request ->
            request.exceptionHandler(givenUp::tryComplete).handler(body -> begun.tryComplete()))
        .listen(0, "127.0.0.1"));
    TestGateway gateway = new TestGateway(
        folder, new IngestUpstream("http://127.0.0.1:" + ingest.actualPort(), null));
    try (HalfOpenClient half = half(gateway, "/v1/batches", "")) {
      half.send("{");
      Await.get(begun.future());
      Future<Void> stopped = gateway.vertx.close();
      assertThat(half.head()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
      assertThat(half.ends()).isTrue();
      assertThat(Await.get(givenUp.future())).isNotNull();
      Await.get(stopped);
    }
  }

  private static HalfOpenClient half(TestGateway gateway, String path, String header)
      throws Exception {
    HalfOpenClient client = HalfOpenClient.overTls(gateway.port());
    client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
        + "Content-Type: application/json\r\nContent-Length: 100\r\nAuthorization: Bearer "
        + gateway.token() + "\r\n\r\n");
    return client;
  }
}
