package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.StallingRedis;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a client of MQTT 5 is told when the node ends its connection. */
@ExtendWith(RealServers.class)
class MqttFarewellsIT {
  private static final int DELAY_S = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of all hubs. */
  private static final UUID OWNER = UUID.randomUUID();

  private final UUID device = UUID.randomUUID();

  private RawClient connected(MqttBed bed) throws Exception {
    return bed.client().connected(new Connect(bed.token(UUID.randomUUID(), device)));
  }

  @Test
  void aNodeThatStops_saysSo(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", 1));
    try (RawClient client = connected(bed);
        RawClient old = bed.client()
            .connected(new Connect(bed.token(UUID.randomUUID(), UUID.randomUUID()))
                .id("old")
                .v3())) {
      Future<Void> stopped = bed.vertx.close();
      MqttMessage last = client.next();
      assertThat(RawClient.type(last)).isEqualTo(MqttMessageType.DISCONNECT);
      assertThat(RawClient.reason(last)).isEqualTo(0x8B);
      assertThat(client.next()).isNull();
      assertThat(old.next()).as("3.1.1 has no word for it").isNull();
      Await.get(stopped);
    }
  }

  private static Connect hub(MqttBed bed, UUID device, String will) throws Exception {
    Connect connect = new Connect(bed.token(OWNER, device))
        .id("hub")
        .with(MqttProperties.SESSION_EXPIRY_INTERVAL, 600)
        .will(DeviceTopics.hubPresence(device), will);
    connect.willProperties.add(
        new MqttProperties.IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, DELAY_S));
    return connect;
  }

  private static List<String> told(UUID device) {
    return MqttBed.consumed(EventTopics.TELEMETRY_HUB, device, 1).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  /** A hub that moves to another node in time was never away; one that does not is told as gone there. */
  @Test
  void delayedWills_areLeftToTheOtherNodes(@TempDir Path folder, @TempDir Path otherFolder)
      throws Exception {
    MqttBed stopping = new MqttBed(folder, Map.of("ingest.loops", 1));
    MqttBed other = new MqttBed(otherFolder, Map.of("ingest.loops", 1));
    UUID away = UUID.randomUUID();
    UUID moving = UUID.randomUUID();
    UUID longGone = UUID.randomUUID();
    RawClient left = stopping.client().connected(hub(stopping, longGone, "gone before"));
    left.close();
    RawClient stays = stopping.client().connected(hub(stopping, away, "gone"));
    RawClient moves = stopping.client().connected(hub(stopping, moving, "moved"));
    stopping.close();
    assertThat(RawClient.reason(stays.next())).isEqualTo(0x8B);
    assertThat(RawClient.reason(moves.next())).isEqualTo(0x8B);
    try (RawClient moved =
        other.client().connected(hub(other, moving, "lost at last").keep())) {
      assertThat(told(away)).containsExactly("gone");
      assertThat(told(longGone)).containsExactly("gone before");
      // What was told of it would have been told before: all were due together.
      moved.publish(1, 1, DeviceTopics.hubPresence(moving), "here".getBytes(UTF_8));
      assertThat(RawClient.packetId(moved.next())).isEqualTo(1);
      assertThat(told(moving)).containsExactly("here");
    }
    other.close();
  }

  /** Redis lent it, and the answer was lost; who was killed before he told it is as deaf. */
  @Test
  void aWillThatNobodyToldInTime_isToldLater(@TempDir Path folder, @TempDir Path otherFolder)
      throws Exception {
    StallingRedis redis = new StallingRedis();
    UUID hub = UUID.randomUUID();
    redis.loseAnswersWith(hub.toString());
    AtomicLong aheadMs = new AtomicLong();
    Map<String, Object> settings = new HashMap<>(redis.settings());
    settings.put("ingest.loops", 1);
    MqttBed stopping = new MqttBed(folder, Map.of("ingest.loops", 1));
    MqttBed other = new MqttBed(
        Vertx.vertx(), otherFolder, settings, () -> Instant.now().plusMillis(aheadMs.get()));
    try (RawClient left = stopping.client().connected(hub(stopping, hub, "gone"))) {
      stopping.close();
      assertThat(RawClient.reason(left.next())).isEqualTo(0x8B);
    }
    await().atMost(PATIENCE).until(() -> redis.lostAnswers() > 0);
    redis.loseAnswersWith("no more");
    aheadMs.set(WillStore.LENT_MS);
    assertThat(told(hub)).containsExactly("gone");
    other.close();
    redis.close();
  }

  /** A clean start ends the session, and its will is due; who takes his session up again was never away. */
  @Test
  void whoComesBack_hasHisWillTold_whereHeStartsClean(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", 1));
    UUID hub = UUID.randomUUID();
    for (String will : List.of("first", "second")) {
      bed.client().connected(delayed(hub(bed, hub, will).keep(), 600)).close();
      await().atMost(PATIENCE).until(() -> connections(bed) == 0);
    }
    try (RawClient back = bed.client().connected(delayed(hub(bed, hub, "third"), 600))) {
      back.publish(1, 1, DeviceTopics.hubPresence(hub), "here".getBytes(UTF_8));
      assertThat(RawClient.packetId(back.next())).isEqualTo(1);
    }
    bed.close();
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_HUB, hub, 2))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("second", "here");
  }

  private static Connect delayed(Connect hub, int delayS) {
    hub.willProperties = new MqttProperties();
    hub.willProperties.add(
        new MqttProperties.IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, delayS));
    return hub;
  }

  private static double connections(MqttBed bed) {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.connections")
        .tag("door", "mqtt")
        .gauge()
        .value();
  }

  @Test
  void withoutRedis_delayedWillsAreToldAtOnce(@TempDir Path folder) throws Exception {
    TestIngest stopping = new TestIngest(folder, Map.of("ingest.loops", 1));
    UUID hub = UUID.randomUUID();
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    Connect connect = new Connect(stopping.token(UUID.randomUUID(), hub))
        .id("hub")
        .with(MqttProperties.SESSION_EXPIRY_INTERVAL, 600)
        .will(DeviceTopics.hubPresence(hub), "gone");
    connect.willProperties.add(
        new MqttProperties.IntegerProperty(MqttProperties.WILL_DELAY_INTERVAL, 600));
    try (RawClient client =
        RawClient.overTls(trust, stopping.verticle.mqttPort()).connected(connect)) {
      stopping.close();
      assertThat(RawClient.reason(client.next())).isEqualTo(0x8B);
    }
    assertThat(told(hub)).containsExactly("gone");
  }

  /** One that may be taken another time: the batch stays with the device, which comes again. */
  @Test
  void aBatchThatKafkaDoesNotTakeNow_endsTheConnection_unacknowledged(@TempDir Path folder)
      throws Exception {
    MqttBed bed = new MqttBed(folder, Map.of("ingest.loops", 1));
    UUID session = UUID.randomUUID();
    kafkaTakesWhatIsOld(false);
    try (RawClient client = connected(bed)) {
      MqttMessage answer;
      int seq = 0;
      do { // one that is there within its millisecond is taken
        seq++;
        client.publish(1, seq, DeviceTopics.batches(session), MqttBed.batch(session, seq));
        answer = client.next();
      } while (RawClient.type(answer) == MqttMessageType.PUBACK);
      assertThat(RawClient.type(answer)).isEqualTo(MqttMessageType.DISCONNECT);
      assertThat(RawClient.reason(answer)).isEqualTo(0x89);
      assertThat(client.next()).isNull();
      kafkaTakesWhatIsOld(true);
      try (RawClient again = connected(bed)) {
        again.publish(1, seq, DeviceTopics.batches(session), MqttBed.batch(session, seq));
        assertThat(RawClient.type(again.next())).isEqualTo(MqttMessageType.PUBACK);
      }
    } finally {
      kafkaTakesWhatIsOld(true);
      bed.close();
    }
  }

  /** Returns once the broker goes by it. */
  private static void kafkaTakesWhatIsOld(boolean takes) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, EventTopics.TELEMETRY_LIVE);
    ConfigEntry entry = new ConfigEntry(
        "message.timestamp.before.max.ms", Long.toString(takes ? Long.MAX_VALUE : 0));
    try (Admin admin = RealServers.admin();
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", RealServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = admin
          .incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
      await().atMost(PATIENCE).until(() -> takes(producer) == takes);
    }
  }

  private static boolean takes(KafkaProducer<byte[], byte[]> producer) throws Exception {
    long hourAgoMs = System.currentTimeMillis() - 3_600_000;
    try {
      var unused = producer
          .send(
              new ProducerRecord<>(EventTopics.TELEMETRY_LIVE, null, hourAgoMs, null, new byte[10]))
          .get(30, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException refused) {
      assertThat(refused).hasCauseInstanceOf(InvalidTimestampException.class);
      return false;
    }
  }
}
