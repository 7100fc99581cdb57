package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.DeviceTopics;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who sends too much is slowed, then deferred; the others do not notice. */
@ExtendWith(RealServers.class)
class FairnessIT {
  private static final int BATCHES_A_SECOND = 20;
  private static final int TRIES = 5;
  private static final long HOUR_MS = 3_600_000;
  private static TestIngest ingest;
  private static WebClient client;
  private static WebClient operator;
  private static WebSocketClient sockets;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    ingest = new TestIngest(
        folder,
        Map.of(
            "ingest.limits.burstS",
            1,
            "ingest.limits.debtS",
            2,
            "ingest.limits.device.batchesPerS",
            BATCHES_A_SECOND,
            "ingest.limits.athlete.bytesPerS",
            10_000,
            "ingest.limits.deviceBackfill.batchesPerS",
            2 * BATCHES_A_SECOND));
    operator = WebClient.create(ingest.vertx);
    WebClientOptions http = new WebClientOptions();
    client =
        WebClient.create(ingest.vertx, http.setSsl(true).setTrustAll(true).setVerifyHost(false));
    sockets = ingest.vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  @AfterAll
  static void close() throws Exception {
    ingest.close();
  }

  /** A device with its connection and what it was told. */
  private static final class Sender {
    final UUID athlete;
    final UUID device = UUID.randomUUID();
    final UUID session = UUID.randomUUID();
    final List<ServerFrame> told = new CopyOnWriteArrayList<>();
    WebSocket socket;

    Sender() {
      this(UUID.randomUUID());
    }

    Sender(UUID athlete) {
      this.athlete = athlete;
    }

    Sender open() throws Exception {
      ClientWebSocket opening = sockets.webSocket();
      // Before it is connected, or its first message may have come and gone.
      opening.binaryMessageHandler(message -> told.add(ServerFrame.parse(message.getBytes())));
      socket = Await.get(opening.connect(new WebSocketConnectOptions()
          .setHost("localhost")
          .setPort(ingest.verticle.streamPort())
          .setURI("/v1/stream")
          .putHeader("Authorization", "Bearer " + ingest.token(athlete, device))));
      return this;
    }

    void send(int seq, long agoMs) {
      send(seq, 5, agoMs);
    }

    void send(int seq, int rates, long agoMs) {
      long now = System.currentTimeMillis();
      byte[] batch = TestIngest.batch(session, seq, rates, now - agoMs);
      Future<?> unused =
          socket.writeBinaryMessage(Buffer.buffer(ClientFrame.publish(now, null, batch)));
    }

    int acked() {
      return entries().mapToInt(entry -> size(entry.acked())).sum();
    }

    int deferred() {
      return entries().mapToInt(entry -> size(entry.deferred())).sum();
    }

    java.util.stream.Stream<LedgerEntry> entries() {
      return told.stream().flatMap(frame -> frame.ledger().stream());
    }
  }

  private static int size(io.pacewire.wire.SeqRanges ranges) {
    int size = 0;
    for (int i = 0; i < ranges.count(); i++) {
      size += ranges.to(i) - ranges.from(i) + 1;
    }
    return size;
  }

  @Test
  void aDeviceOverItsLimit_isSlowed_andNeverLosesABatch() throws Exception {
    Sender sender = new Sender().open();
    int all = 100;
    long begun = System.nanoTime();
    for (int seq = 0; seq < all; seq++) {
      sender.send(seq, 0);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> sender.acked() == all);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
    assertThat(sender.deferred()).as("who is not read cannot go far over").isZero();
    String metrics = metrics();
    assertThat(metric(metrics, "pacewire_ingest_slowed_total", "stream", "device"))
        .isPositive();
    assertThat(metric(metrics, "pacewire_ingest_slowed_total", "stream", "tenant"))
        .isZero();
    assertThat(metrics)
        .contains("pacewire_loop_lag_seconds_bucket{loop=\"web\"")
        .contains("pacewire_ingest_in_flight_bytes")
        .contains("pacewire_ingest_acked_total{loop=\"web\"}")
        .contains("jvm_memory_used_bytes")
        .doesNotContain(sender.device.toString())
        .doesNotContain(sender.athlete.toString())
        .doesNotContain(sender.session.toString());
    Await.get(sender.socket.close());
  }

  @Test
  void farOverTheLimit_batchesAreDeferred_andPassLater() throws Exception {
    Sender large = new Sender().open();
    Sender small = new Sender(large.athlete).open();
    int tries = 0;
    do {
      tries = useUp(large, tries);
      int sent = tries;
      small.send(sent, 0);
      await().atMost(Duration.ofSeconds(20)).until(() -> small.deferred() + small.acked() == sent);
    } while (small.deferred() == 0 && tries < TRIES);
    int inTime = tries - 1;
    assertThat(small.deferred()).isEqualTo(1);
    ServerFrame told = small.told.get(small.told.size() - 1);
    assertThat(told.retryAfterMs()).isBetween(1_000, 10_000);
    assertThat(small.acked()).isEqualTo(inTime);
    assertThat(small.entries()).allMatch(entry -> entry.refused().isEmpty());
    Await.get(ingest.vertx.timer(told.retryAfterMs()));
    small.send(tries, 0);
    await().atMost(Duration.ofSeconds(20)).until(() -> small.acked() == inTime + 1);
    assertThat(metric(metrics(), "pacewire_ingest_deferred_total", "stream", "athlete"))
        .isEqualTo(1);
    Await.get(large.socket.close());
    Await.get(small.socket.close());
  }

  /**
   * Puts the athlete into debt with one large batch, the next one of this device; on a machine that is
   * slow enough it may be paid before anybody else sends, so whoever uses it tries again.
   */
  private static int useUp(Sender large, int before) {
    large.send(before, 16_000, 0);
    await().atMost(Duration.ofSeconds(30)).until(() -> large.acked() == before + 1);
    return before + 1;
  }

  @Test
  void anotherDevicesBacklog_doesNotDelayLiveBatches() throws Exception {
    double slowedBefore =
        metric(metrics(), "pacewire_ingest_slowed_total", "stream", "deviceBackfill");
    Sender quiet = new Sender().open();
    Sender backlog = new Sender().open();
    for (int seq = 0; seq < 3_000; seq++) {
      backlog.send(seq, HOUR_MS);
    }
    for (int seq = 0; seq < BATCHES_A_SECOND; seq++) {
      quiet.send(seq, 0);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> quiet.acked() == BATCHES_A_SECOND);
    assertThat(backlog.acked()).as("it is held to its own quota").isLessThan(1_000);
    assertThat(metric(metrics(), "pacewire_ingest_slowed_total", "stream", "deviceBackfill"))
        .as("which is that of backlog")
        .isGreaterThan(slowedBefore);
    Await.get(quiet.socket.close());
    Await.get(backlog.socket.close());
  }

  @Test
  void overMqtt_aDeviceIsSlowed_andNeverLosesABatch() throws Exception {
    UUID session = UUID.randomUUID();
    int all = 100;
    try (RawClient client = mqtt(UUID.randomUUID(), false)) {
      long begun = System.nanoTime();
      for (int seq = 0; seq < all; seq++) {
        publish(client, session, seq, 5);
      }
      for (int seq = 0; seq < all; seq++) {
        MqttMessage answer = client.next();
        assertThat(RawClient.type(answer)).isEqualTo(MqttMessageType.PUBACK);
        assertThat(RawClient.packetId(answer)).isEqualTo(seq + 1);
        assertThat(RawClient.reason(answer)).isZero();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
    }
    String metrics = metrics();
    assertThat(metric(metrics, "pacewire_ingest_slowed_total", "mqtt", "device"))
        .isPositive();
    assertThat(metrics).contains("pacewire_ingest_acked_total{loop=\"mqtt\"}");
  }

  @Test
  void overMqtt_farOverTheLimit_aBatchIsRefused() throws Exception {
    Sender large = new Sender().open();
    try (RawClient small = mqtt(large.athlete, false)) {
      MqttMessage answer;
      int tries = 0;
      do {
        tries = useUp(large, tries);
        publish(small, UUID.randomUUID(), tries, 5);
        answer = small.next();
      } while (answer != null && RawClient.reason(answer) == 0 && tries < TRIES);
      assertThat(RawClient.type(answer)).isEqualTo(MqttMessageType.PUBACK);
      assertThat(RawClient.reason(answer)).isEqualTo(0x97);
    }
    assertThat(metric(metrics(), "pacewire_ingest_deferred_total", "mqtt", "athlete"))
        .isPositive();
    Await.get(large.socket.close());
  }

  /** 3.1.1 has no answer that would not look durable: it comes later, in its place, and nobody is thrown out. */
  @Test
  void overMqtt311_farOverTheLimit_aBatchWaits() throws Exception {
    Sender large = new Sender().open();
    double before = metric(metrics(), "pacewire_ingest_deferred_total", "mqtt", "athlete");
    try (RawClient small = mqtt(large.athlete, true)) {
      UUID session = UUID.randomUUID();
      int tries = 0;
      do {
        int sent = 2 * tries;
        tries = useUp(large, tries);
        publish(small, session, sent, 5);
        publish(small, session, sent + 1, 5);
        for (int seq = sent; seq <= sent + 1; seq++) {
          MqttMessage answer = small.next();
          assertThat(RawClient.type(answer)).isEqualTo(MqttMessageType.PUBACK);
          assertThat(RawClient.packetId(answer)).isEqualTo(seq + 1);
        }
      } while (metric(metrics(), "pacewire_ingest_deferred_total", "mqtt", "athlete") == before
          && tries < TRIES);
      assertThat(metric(metrics(), "pacewire_ingest_deferred_total", "mqtt", "athlete"))
          .isGreaterThan(before);
    }
    Await.get(large.socket.close());
  }

  private static RawClient mqtt(UUID athlete, boolean old) throws Exception {
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    RawClient.Connect connect = new RawClient.Connect(ingest.token(athlete, UUID.randomUUID()));
    return RawClient.overTls(trust, ingest.verticle.mqttPort())
        .connected(old ? connect.v3() : connect);
  }

  private static void publish(RawClient client, UUID session, int seq, int rates) throws Exception {
    long now = System.currentTimeMillis();
    byte[] envelope = TestIngest.envelope(session, seq, rates, now, now);
    client.publish(1, seq + 1, DeviceTopics.batches(session), envelope);
  }

  @Test
  void aRequestFarOverTheLimit_is429_andSaysWhatIsDurableAllTheSame() throws Exception {
    Sender sender = new Sender();
    long before = System.nanoTime(); // the bucket is full then, whenever the first one is read
    HttpResponse<Buffer> first = post(sender, 0, 3 * BATCHES_A_SECOND);
    assertThat(first.statusCode()).as(first.bodyAsString()).isEqualTo(200);
    HttpResponse<Buffer> second = post(sender, 60, 1);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("it was not read before the first one's debt was paid")
        .isGreaterThan(Duration.ofMillis(1_900));
    HttpResponse<Buffer> over = post(sender, 61, 200);
    assertThat(over.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(over.getHeader("Retry-After"))).isBetween(1, 4);
    var entry = over.bodyAsJsonObject().getJsonArray("ledger").getJsonObject(0);
    assertThat(entry.getJsonArray("acked")).isNotEmpty();
    assertThat(entry.getJsonArray("deferred")).isNotEmpty();
  }

  private static HttpResponse<Buffer> post(Sender sender, int from, int count) throws Exception {
    byte[][] envelopes = new byte[count][];
    long now = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      envelopes[i] = TestIngest.envelope(sender.session, from + i, 5, now, now);
    }
    return Await.get(client
        .post(ingest.verticle.streamPort(), "localhost", BatchRoute.PATH)
        .bearerTokenAuthentication(ingest.token(sender.athlete, sender.device))
        .putHeader("Content-Type", "application/x-protobuf;encoding=delimited")
        .sendBuffer(Buffer.buffer(HttpBatchesIT.delimited(envelopes))));
  }

  private static String metrics() throws Exception {
    return Await.get(operator
            .get(ingest.verticle.managementPort(), "127.0.0.1", "/metrics")
            .send())
        .bodyAsString();
  }

  private static double metric(String metrics, String name, String door, String limit) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{")
            && line.contains("door=\"" + door + "\"")
            && line.contains("limit=\"" + limit + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
