package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.stack.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.streams.WriteStream;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the network and vertx-mqtt, over TCP and over WebSocket. */
class MqttSocketTest {
  private static final int MESSAGE_BYTES = 32_768;
  private static final int MESSAGES = 1_000;
  private static final int SHORT_BYTES = 300;

  private final Vertx vertx = Vertx.vertx();
  private final NetClient tcp =
      vertx.createNetClient(); // held: Vert.x closes one that nobody holds
  private final WebSocketClient webSockets = vertx.createWebSocketClient();
  private final HttpClient http = vertx.createHttpClient();
  private final AtomicInteger heard = new AtomicInteger();
  /** Held by each message. */
  private final AtomicReference<MqttSocket> holding = new AtomicReference<>();

  private final Promise<MqttSocket> connected = Promise.promise();

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  /** As the real one is put together, without TLS and tokens. */
  private final class Door extends VerticleBase {
    private final boolean webSocket;
    private MqttServer server;

    Door(boolean webSocket) {
      this.webSocket = webSocket;
    }

    @Override
    public Future<?> start() {
      ConnectingSockets sockets = new ConnectingSockets(
          context,
          1 << 20,
          10_000,
          30_000,
          held -> {},
          new WaitingRoom(0, new SimpleMeterRegistry()),
          ReadRoom.of(1 << 24, 1 << 24, new SimpleMeterRegistry()));
      server = MqttServer.create(
          new FlushConsolidatingVertx((VertxInternal) vertx, sockets::connected),
          new MqttServerOptions().setMaxMessageSize(1 << 20).setUseWebSocket(webSocket));
      return server
          .endpointHandler(endpoint -> {
            MqttSocket socket = sockets.take(endpoint.remoteAddress());
            socket.keepAliveOurselves();
            endpoint.publishHandler(message -> {
              heard.incrementAndGet();
              MqttSocket held = holding.get();
              if (held != null) {
                held.reading().close(ReadGate.Reason.QUOTA);
              }
            });
            endpoint.accept(false, MqttProperties.NO_PROPERTIES);
            connected.complete(socket);
          })
          .listen(0, "127.0.0.1");
    }
  }

  private WriteStream<Buffer> connect(boolean webSocket) throws Exception {
    Door door = new Door(webSocket);
    Await.get(vertx.deployVerticle(door));
    int port = door.server.actualPort();
    WriteStream<Buffer> client = webSocket
        ? Await.get(webSockets.connect(new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/mqtt")
            .setSubProtocols(List.of("mqtt"))))
        : Await.get(tcp.connect(port, "127.0.0.1"));
    Await.get(client.write(bytes(new Connect("x").message())));
    return client;
  }

  private static Buffer bytes(MqttMessage message) {
    EmbeddedChannel codec = new EmbeddedChannel(MqttEncoder.INSTANCE);
    assertThat(codec.writeOutbound(message)).isTrue();
    ByteBuf bytes = codec.readOutbound();
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    bytes.release();
    return Buffer.buffer(copy);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void acknowledgementsAreWrittenTogether_andWhatIsHeldIsNotRead(boolean webSocket)
      throws Exception {
    WriteStream<Buffer> client = connect(webSocket);
    MqttSocket socket = Await.get(connected.future());
    List<String> pipeline = socket.channel().pipeline().names();
    List<String> expected = webSocket
        ? List.of(
            "webSocketPackets",
            FlushConsolidatingVertx.HANDLER,
            "mqttEncoder",
            "frameLimit",
            "mqttDecoder",
            "protocol",
            "handler")
        : List.of(
            FlushConsolidatingVertx.HANDLER,
            "mqttEncoder",
            "frameLimit",
            "mqttDecoder",
            "protocol",
            "handler");
    assertThat(pipeline).containsSubsequence(expected);
    assertThat(pipeline)
        .doesNotContain(
            "webSocketExtensionHandler", "ws2bytebufDecoder", "idle", "keepAliveHandler");

    onLoop(socket, () -> socket.reading().close(ReadGate.Reason.BROKER));
    Buffer message = bytes(
        RawClient.publishing(0, 0, "a", new byte[MESSAGE_BYTES], MqttProperties.NO_PROPERTIES));
    for (int i = 0; i < MESSAGES; i++) {
      client.write(message).onFailure(cause -> heard.set(Integer.MIN_VALUE));
    }
    Awaitility.await().until(() -> !socket.channel().config().isAutoRead());
    assertThat(client.writeQueueFull()).isTrue(); // what is not read stays with the sender
    assertThat(heard.get()).isZero();
    onLoop(socket, () -> socket.reading().close(ReadGate.Reason.UNREAD));
    onLoop(socket, () -> socket.reading().open(ReadGate.Reason.BROKER));
    assertThat(heard.get()).isZero();
    onLoop(socket, () -> socket.reading().open(ReadGate.Reason.UNREAD));
    Awaitility.await().until(() -> heard.get() == MESSAGES);
  }

  /** Vert.x hands on what it has before it returns from being resumed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsHeldAgainByWhatWasHeld_isNotRead(boolean webSocket) throws Exception {
    WriteStream<Buffer> client = connect(webSocket);
    MqttSocket socket = Await.get(connected.future());
    onLoop(socket, () -> socket.reading().close(ReadGate.Reason.QUOTA));
    holding.set(socket);
    Buffer message =
        bytes(RawClient.publishing(0, 0, "a", new byte[SHORT_BYTES], MqttProperties.NO_PROPERTIES));
    Buffer many = Buffer.buffer();
    for (int i = 0; i < 100; i++) {
      many.appendBuffer(message);
    }
    int writes = 400; // 12 MB, more than the system takes
    for (int i = 0; i < writes; i++) {
      client.write(many).onFailure(cause -> heard.set(Integer.MIN_VALUE));
    }
    Awaitility.await().until(() -> !socket.channel().config().isAutoRead());
    for (int turn = 1; turn <= 40; turn++) {
      int heardBefore = heard.get();
      onLoop(socket, () -> socket.reading().open(ReadGate.Reason.QUOTA));
      Awaitility.await().until(() -> heard.get() > heardBefore);
      onLoop(socket, () -> {});
      assertThat(socket.channel().config().isAutoRead()).as("turn %d", turn).isFalse();
      assertThat(heard.get()).isEqualTo(turn);
    }
    assertThat(client.writeQueueFull()).isTrue();
    holding.set(null);
    onLoop(socket, () -> socket.reading().open(ReadGate.Reason.QUOTA));
    Awaitility.await().until(() -> heard.get() == 100 * writes);
  }

  private static void onLoop(MqttSocket socket, Runnable task) throws Exception {
    var unused = socket.channel().eventLoop().submit(task).get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/mqtt/x", "/other"})
  void anotherPath_isNotFound(String path) throws Exception {
    Door door = new Door(true);
    Await.get(vertx.deployVerticle(door));
    int status = Await.get(http.request(
                io.vertx.core.http.HttpMethod.GET, door.server.actualPort(), "127.0.0.1", path)
            .compose(request -> request.send()))
        .statusCode();
    assertThat(status).isEqualTo(404);
  }
}
