package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What lies between a device and ingest is a pipe: it holds no frame, and hides neither from the other. */
@ExtendWith(RealServers.class)
class StreamPipeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONG_BYTES = 1_500_000;
  private static final int MOST_BYTES = 2_000_000;
  private static final int SILENCE_S = 3;
  private static final int LONG_SILENCE_S = 120;

  private final Vertx vertx = Vertx.vertx();
  private final List<ServerWebSocket> opened = new CopyOnWriteArrayList<>();
  private TestGateway gateway;

  @TempDir
  Path folder;

  @AfterEach
  void close() throws Exception {
    gateway.close();
    Await.get(vertx.close());
  }

  @Test
  void pingsAndPongs_areThoseOfTheOtherEnd() throws Exception {
    List<String> atIngest = new CopyOnWriteArrayList<>();
    WebSocket device = connectedTo(realIngest(), LONG_SILENCE_S);
    ServerWebSocket inner = inner();
    inner.frameHandler(frame -> note(atIngest, frame));
    List<String> atDevice = new CopyOnWriteArrayList<>();
    device.frameHandler(frame -> note(atDevice, frame));
    Await.get(device.writePing(Buffer.buffer("one")));
    await().atMost(PATIENCE).until(() -> atDevice.contains("pong one"));
    Await.get(inner.writePing(Buffer.buffer("two")));
    await().atMost(PATIENCE).until(() -> atIngest.contains("pong two"));
    Await.get(device.writeBinaryMessage(Buffer.buffer("x")));
    await().atMost(PATIENCE).until(() -> atIngest.contains("data x"));
    assertThat(atIngest).containsExactly("ping one", "pong two", "data x");
    assertThat(atDevice).containsExactly("pong one", "ping two");
  }

  @Test
  void howLongAFrameMayBe_isIngestsToSay() throws Exception {
    WebSocket device = connectedTo(realIngest(), LONG_SILENCE_S);
    ServerWebSocket inner = inner();
    Promise<Integer> came = Promise.promise();
    inner.binaryMessageHandler(message -> came.tryComplete(message.length()));
    Promise<Throwable> tooLong = Promise.promise();
    inner.exceptionHandler(tooLong::tryComplete);
    Await.get(device.writeBinaryMessage(Buffer.buffer(new byte[LONG_BYTES])));
    assertThat(Await.get(came.future())).isEqualTo(LONG_BYTES);
    Future<?> unused = device.writeBinaryMessage(Buffer.buffer(new byte[MOST_BYTES + 1]));
    assertThat(Await.get(tooLong.future())).hasMessageContaining("length");
  }

  @Test
  void aFrameThatHasBegun_isHeldNowhere() throws Exception {
    Buffer came = Buffer.buffer();
    RawIngest ingest = new RawIngest(vertx, bytes -> {
      synchronized (came) {
        came.appendBuffer(bytes);
      }
    });
    WebSocket device = connectedTo(ingest.upstream(), LONG_SILENCE_S);
    Future<?> unused =
        device.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[LONG_BYTES]), false));
    await().atMost(PATIENCE).until(() -> {
      synchronized (came) {
        return came.length() > LONG_BYTES;
      }
    });
    assertThat(device.isClosed()).isFalse();
  }

  @Test
  void anIngestThatDoesNotAnswer_isNoticed_thoughTheDeviceGoesOn() throws Exception {
    RawIngest ingest = new RawIngest(vertx, bytes -> {});
    WebSocket device = connectedTo(ingest.upstream(), SILENCE_S);
    Promise<String> closed = closed(device);
    long pings = vertx.setPeriodic(100, tick -> {
      Future<?> unused = device.writePing(Buffer.buffer("there?"));
    });
    assertThat(Await.get(closed.future())).isEqualTo("1001 ingest does not answer");
    assertThat(vertx.cancelTimer(pings)).isTrue();
  }

  @Test
  void aDeviceThatIsSilent_isNoticed_andIngestIsTold() throws Exception {
    WebSocket device = connectedTo(realIngest(), SILENCE_S);
    ServerWebSocket inner = inner();
    assertThat(Await.get(closed(device).future())).isEqualTo("1001 silent");
    await().atMost(PATIENCE).until(inner::isClosed);
    assertThat(inner.closeStatusCode()).isEqualTo((short) 1001);
  }

  @Test
  void anIngestThatIsGone_isToldToTheDevice() throws Exception {
    RawIngest ingest = new RawIngest(vertx, bytes -> {});
    WebSocket device = connectedTo(ingest.upstream(), LONG_SILENCE_S);
    Promise<String> closed = closed(device);
    await().atMost(PATIENCE).until(() -> ingest.opened.size() == 1);
    Await.get(ingest.opened.get(0).close());
    assertThat(Await.get(closed.future())).isEqualTo("1001 ingest went away");
  }

  /** No frame of the gateway's goes into the middle of another's. */
  @Test
  void aGatewayThatStopsAmidAFrame_letsItEndFirst() throws Exception {
    Promise<Void> told = Promise.promise();
    RawIngest ingest = new RawIngest(vertx, bytes -> told.tryComplete());
    WebSocket device = connectedTo(ingest.upstream(), LONG_SILENCE_S);
    Promise<String> closed = closed(device);
    Promise<String> message = Promise.promise();
    device.binaryMessageHandler(whole -> message.tryComplete(whole.toString()));
    Promise<Void> first = Promise.promise();
    device.pongHandler(pong -> first.tryComplete());
    await().atMost(PATIENCE).until(() -> ingest.opened.size() == 1);
    Buffer begun = Buffer.buffer(new byte[] {(byte) 0x8A, 0, (byte) 0x82, 4, 'a', 'b'});
    Await.get(ingest.opened.get(0).write(begun));
    Await.get(first.future()); // and with it what came behind it
    Future<Void> stopped = gateway.vertx.close();
    Await.get(told.future());
    Await.get(ingest.opened.get(0).write(Buffer.buffer("cd").appendByte((byte) 0x82)));
    assertThat(Await.get(message.future())).isEqualTo("abcd");
    assertThat(Await.get(closed.future())).isEqualTo("1001 the server stops");
    Await.get(stopped);
  }

  private static void note(List<String> seen, WebSocketFrame frame) {
    if (!frame.isClose()) {
      String kind =
          frame.isPing() ? "ping " : frame.type().name().equals("PONG") ? "pong " : "data ";
      seen.add(kind + frame.binaryData());
    }
  }

  private static Promise<String> closed(WebSocket device) {
    Promise<String> closed = Promise.promise();
    device.closeHandler(
        gone -> closed.tryComplete(device.closeStatusCode() + " " + device.closeReason()));
    return closed;
  }

  private IngestUpstream realIngest() throws Exception {
    HttpServer server = Await.get(vertx
        .createHttpServer(new HttpServerOptions()
            .setMaxWebSocketFrameSize(MOST_BYTES)
            .setMaxWebSocketMessageSize(MOST_BYTES))
        .webSocketHandler(opened::add)
        .listen(0, "127.0.0.1"));
    return new IngestUpstream("http://127.0.0.1:" + server.actualPort(), null);
  }

  /** Held, as Vert.x closes the connections of a client that nobody has any more. */
  private WebSocketClient client;

  private ServerWebSocket inner() {
    await().atMost(PATIENCE).until(() -> opened.size() == 1);
    return opened.get(0);
  }

  private WebSocket connectedTo(IngestUpstream ingest, int silenceS) throws Exception {
    gateway = new TestGateway(folder, ingest, silenceS);
    client = vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setMaxFrameSize(MOST_BYTES * 2));
    WebSocket device = Await.get(client.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(gateway.port())
        .putHeader("Authorization", "Bearer " + gateway.token())
        .setURI("/v1/stream")));
    return device;
  }
}
