package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.Consumed;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web doors do with who is held, cut off, or sends what no batch can be. */
@ExtendWith(RealServers.class)
class WebDoorsIT {
  private static final int BYTES_A_SECOND = 2_000;
  private static final int IDLE_S = 5;
  /** Holds a device for well more than that. */
  private static final int HEAVY_RATES = 6_000;

  private static final Duration CUT_OFF = Duration.ofSeconds(30);
  private static TestIngest ingest;
  private static WebClient client;
  private static WebSocketClient sockets;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final long now = System.currentTimeMillis();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder,
        Map.of(
            "ingest.idleTimeoutS",
            IDLE_S,
            "ingest.maxBodyBytes",
            100_000,
            "ingest.limits.burstS",
            1,
            "ingest.limits.debtS",
            30,
            "ingest.limits.device.bytesPerS",
            BYTES_A_SECOND));
    client = WebClient.create(
        ingest.vertx, new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    sockets = ingest.vertx.createWebSocketClient(new WebSocketClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setMaxFrameSize(1 << 20)
        .setMaxMessageSize(1 << 20));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  /** It waits for its limits; what it brought would have been taken some seconds later. */
  @Test
  void aRequestThatIsHeld_endsWhenItsDeviceIsRevoked() throws Exception {
    assertThat(Await.get(post(heavy(0))).statusCode()).isEqualTo(200);
    Future<HttpResponse<Buffer>> held =
        post(TestIngest.envelope(session, 1, 5, now, System.currentTimeMillis()));
    ingest.revoke(device);
    await().atMost(CUT_OFF).until(held::isComplete);
    assertThat(held.result().statusCode()).isEqualTo(401);
    assertThat(mine(EventTopics.TELEMETRY_LIVE, 1)).hasSize(1);
  }

  /** Its silence is ours: it is not read. */
  @Test
  void aStreamThatIsHeld_isNotIdle_andASilentOneIs() throws Exception {
    List<ServerFrame> told = new CopyOnWriteArrayList<>();
    WebSocket held = stream(device, message -> told.add(ServerFrame.parse(message.getBytes())));
    WebSocket silent = stream(UUID.randomUUID(), message -> {});
    send(held, 0, HEAVY_RATES);
    await().until(() -> acked(told) == 1);
    send(held, 1, 5);
    await().atMost(Duration.ofSeconds(IDLE_S + 30)).until(silent::isClosed);
    await().atMost(Duration.ofSeconds(60)).until(() -> acked(told) == 2);
    assertThat(held.isClosed()).isFalse();
    Await.get(held.close());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageThatIsTooLong_andNamesNoBatch_closesTheStream_andIsADeadLetter(boolean inOneFrame)
      throws Exception {
    WebSocket socket = stream(device, message -> {});
    Buffer message = Buffer.buffer(new byte[300_000]);
    Future<?> unused = inOneFrame
        ? socket.writeBinaryMessage(message)
        : socket
            .writeFrame(WebSocketFrame.binaryFrame(message.slice(0, 200_000), false))
            .compose(first -> socket.writeFrame(
                WebSocketFrame.continuationFrame(message.slice(0, 100_000), true)));
    await().until(socket::isClosed);
    assertThat(socket.closeStatusCode()).isEqualTo((short) 1009);
    assertThat(socket.closeReason()).startsWith("too-large: at most ");
    assertThat(dead(1)).containsExactly("too-large");
  }

  @Test
  void bodiesThatNoBatchCanBeReadFrom_areDeadLetters() throws Exception {
    assertThat(Await.get(post(new byte[100_001])).statusCode()).isEqualTo(413);
    assertThat(Await.get(posting("application/json").sendBuffer(Buffer.buffer("{\"batch\":1}")))
            .statusCode())
        .isEqualTo(400);
    assertThat(dead(2)).containsExactly("too-large", "malformed");
  }

  private byte[] heavy(int seq) {
    return TestIngest.envelope(session, seq, HEAVY_RATES, now, System.currentTimeMillis());
  }

  private void send(WebSocket socket, int seq, int rates) {
    byte[] batch = TestIngest.batch(session, seq, rates, now);
    Future<?> unused = socket.writeBinaryMessage(
        Buffer.buffer(ClientFrame.publish(System.currentTimeMillis(), null, batch)));
  }

  private static int acked(List<ServerFrame> told) {
    return told.stream()
        .flatMap(frame -> frame.ledger().stream())
        .mapToInt(entry -> entry.acked().count())
        .sum();
  }

  private WebSocket stream(UUID of, Handler<Buffer> reader) throws Exception {
    ClientWebSocket socket = sockets.webSocket();
    // Before it is connected, or its first message may have come and gone.
    socket.binaryMessageHandler(reader);
    return Await.get(socket.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(ingest.verticle.streamPort())
        .setURI(StreamConnections.PATH)
        .putHeader("Authorization", "Bearer " + ingest.token(athlete, of))));
  }

  private HttpRequest<Buffer> posting(String type) throws Exception {
    return client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .bearerTokenAuthentication(ingest.token(athlete, device))
        .putHeader("Content-Type", type);
  }

  private Future<HttpResponse<Buffer>> post(byte[] envelope) throws Exception {
    return posting("application/x-protobuf").sendBuffer(Buffer.buffer(envelope));
  }

  private List<String> dead(int count) {
    return mine(EventTopics.dead(EventTopics.TELEMETRY_LIVE), count).stream()
        .map(record -> new String(record.headers().lastHeader("reason").value(), UTF_8))
        .toList();
  }

  private List<ConsumerRecord<String, byte[]>> mine(String topic, int enough) {
    return of(Consumed.from(topic, records -> of(records).size() >= enough));
  }

  private List<ConsumerRecord<String, byte[]>> of(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .filter(record -> athlete.toString().equals(record.key()))
        .toList();
  }
}
