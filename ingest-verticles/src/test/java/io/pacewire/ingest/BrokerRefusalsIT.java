package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A batch that Kafka will never take is refused like any other, and the connection goes on. */
@ExtendWith(RealServers.class)
class BrokerRefusalsIT {
  private static final int LARGEST = 1_048_576;

  /**
   * More than Kafka's client gathers of several batches: it splits by that size what is refused as too long, so
   * below it that would go on for ever (KAFKA-8350).
   */
  private static final int KAFKA_TAKES = 135_000;

  private static final int LONG = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static MqttBed bed;
  private static WebClient client;
  private static WebSocketClient sockets; // held: Vert.x closes one that nobody holds

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final String batches = DeviceTopics.batches(session);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    bed = new MqttBed(folder, Map.of("ingest.maxBatchBytes", LARGEST));
    client = WebClient.create(
        bed.vertx, new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    sockets = bed.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    kafkaTakes(KAFKA_TAKES);
  }

  @AfterAll
  static void stop() throws Exception {
    kafkaTakes(IngestConfig.MOST_RECORD_BYTES);
    bed.close();
  }

  /** Returns once the broker goes by it. */
  private static void kafkaTakes(int bytes) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, EventTopics.TELEMETRY_LIVE);
    ConfigEntry entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
    try (Admin admin = RealServers.admin();
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                RealServers.kafka().bootstrapServers(),
                "max.request.size",
                IngestConfig.MOST_RECORD_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = admin
          .incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
      boolean raised = bytes > LARGEST;
      int probe = raised ? LARGEST + 100 : bytes + 1_000;
      await().atMost(PATIENCE).until(() -> takes(producer, probe) == raised);
    }
  }

  private static boolean takes(KafkaProducer<byte[], byte[]> producer, int bytes) throws Exception {
    try {
      var unused = producer
          .send(new ProducerRecord<>(EventTopics.TELEMETRY_LIVE, new byte[bytes]))
          .get(30, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException refused) {
      return false;
    }
  }

  /** A good one; how long it is, a field says that nobody knows yet. */
  private byte[] batch(int seq, int bytes) {
    byte[] known = MqttBed.batch(session, seq);
    Envelope envelope = Envelope.parse(known);
    byte[] noise = new byte[bytes];
    new Random(seq).nextBytes(noise);
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    batch.write(known, envelope.batchFrom(), envelope.batchLength());
    batch.writeBytes(new byte[] {(byte) 0x82, 1}); // field 16, bytes
    for (int left = bytes; left > 0; left >>>= 7) {
      batch.write(left > 0x7F ? (left & 0x7F) | 0x80 : left);
    }
    batch.writeBytes(noise);
    return Envelope.encode(envelope.sentAtEpochMs(), null, batch.toByteArray());
  }

  @Test
  void httpIsToldSo_beforeItSendsTheSameAgain() throws Exception {
    byte[] tooLong = batch(3, LONG);
    HttpResponse<Buffer> answer = post(tooLong);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(413);
    assertThat(answer.bodyAsJsonObject().getJsonArray("ledger").encode())
        .contains("{\"seq\":3,\"reason\":\"too-large\"}");
    assertThat(post(batch(4, 10)).statusCode()).isEqualTo(200);
    assertThat(tooLong).as("cut, as any that is long").startsWith(dead(1).get(0).value());
    assertThat(dead(1).get(0).value()).hasSizeGreaterThan(LONG / 4);
  }

  @Test
  void theStreamIsToldSo_andGoesOn() throws Exception {
    List<ServerFrame> told = new CopyOnWriteArrayList<>();
    ClientWebSocket opening = sockets.webSocket();
    // Before it is connected, or its first message may have come and gone.
    opening.binaryMessageHandler(message -> told.add(ServerFrame.parse(message.getBytes())));
    WebSocket socket = Await.get(opening.connect(new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(bed.streamPort())
        .setURI(StreamConnections.PATH)
        .putHeader("Authorization", "Bearer " + bed.token(athlete, device))));
    publish(socket, batch(5, LONG));
    await()
        .atMost(PATIENCE)
        .until(() -> entries(told).stream()
            .anyMatch(entry -> "too-large".equals(entry.refused().get(5))));
    publish(socket, batch(6, 10));
    await()
        .atMost(PATIENCE)
        .until(() -> entries(told).stream().anyMatch(entry -> entry.acked().contains(6)));
    assertThat(dead(1)).hasSize(1);
    Await.get(socket.close());
  }

  @Test
  void mqtt5IsToldSo_inTheOrderOfItsPublishes() throws Exception {
    try (RawClient five = bed.client().connected(new Connect(bed.token(athlete, device)))) {
      five.publish(1, 1, batches, batch(0, 10));
      five.publish(1, 2, batches, batch(1, LONG));
      five.publish(2, 3, batches, batch(2, LONG));
      five.publish(1, 4, batches, batch(3, 10));
      int[] reasons = {0, 0x99, 0x99, 0};
      for (int i = 0; i < reasons.length; i++) {
        MqttMessage answer = five.next();
        assertThat(RawClient.packetId(answer)).isEqualTo(i + 1);
        assertThat(RawClient.reason(answer)).isEqualTo(reasons[i]);
      }
    }
    assertThat(dead(2)).hasSize(2);
  }

  @Test
  void mqtt3HearsOfItInItsLedger_beforeItsAcknowledgement() throws Exception {
    try (RawClient three = bed.client().connected(new Connect(bed.token(athlete, device)).v3())) {
      assertThat(three.subscribe(1, MqttQoS.AT_LEAST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(1);
      three.publish(1, 2, batches, batch(7, LONG));
      MqttPublishMessage told = three.nextPublish();
      byte[] bytes = new byte[told.payload().readableBytes()];
      told.payload().readBytes(bytes);
      assertThat(LedgerEntry.parse(bytes).refused()).containsExactly(Map.entry(7, "too-large"));
      assertThat(RawClient.packetId(three.next())).isEqualTo(2);
    }
  }

  /** Where the topic takes it: as Kafka's client has a bound of its own, which the setting moves. */
  @Test
  void theLongestBatchThatMayBeSet_isTaken() throws Exception {
    kafkaTakes(IngestConfig.MOST_RECORD_BYTES);
    try {
      HttpResponse<Buffer> answer = post(batch(0, LARGEST - 200));
      assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    } finally {
      kafkaTakes(KAFKA_TAKES);
    }
  }

  private HttpResponse<Buffer> post(byte[] envelope) throws Exception {
    return Await.get(client
        .post(bed.streamPort(), "localhost", BatchRoute.PATH)
        .putHeader("Authorization", "Bearer " + bed.token(athlete, device))
        .putHeader("Content-Type", "application/x-protobuf")
        .sendBuffer(Buffer.buffer(envelope)));
  }

  private static void publish(WebSocket socket, byte[] envelope) {
    Envelope read = Envelope.parse(envelope);
    byte[] batch = new byte[read.batchLength()];
    System.arraycopy(envelope, read.batchFrom(), batch, 0, batch.length);
    Future<?> unused = socket.writeBinaryMessage(
        Buffer.buffer(ClientFrame.publish(read.sentAtEpochMs(), null, batch)));
  }

  private static List<LedgerEntry> entries(List<ServerFrame> told) {
    return told.stream().flatMap(frame -> frame.ledger().stream()).toList();
  }

  private List<ConsumerRecord<String, byte[]>> dead(int count) {
    List<ConsumerRecord<String, byte[]>> found =
        MqttBed.consumed(EventTopics.dead(EventTopics.TELEMETRY_LIVE), athlete, count);
    assertThat(found)
        .allMatch(record -> new String(
                record.headers().lastHeader("reason").value(), StandardCharsets.UTF_8)
            .equals("too-large"));
    return found;
  }
}
