package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.DeviceTopics;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a device may have and ask for: connections, and everything that is no batch. */
@ExtendWith(RealServers.class)
class MqttBoundsIT {
  private static final int ASKED = 120;
  private static final int PINGS = 3_000;

  /** Together nearly twice what may come at once; each a little less than properties may be long. */
  private static final int PADDED = 60;

  private static final int PADDING = 16_000;

  private static MqttBed bed;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    bed = new MqttBed(
        folder,
        Map.of(
            "ingest.loops", 1,
            "ingest.limits.deviceConnections", 2,
            "ingest.limits.device.bytesPerS", 262_144,
            "ingest.limits.burstS", 2));
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  private Connect connect(String id) throws Exception {
    return new Connect(bed.token(athlete, device)).id(id);
  }

  private static int code(MqttConnAckMessage answer) {
    return answer.variableHeader().connectReturnCode().byteValue() & 0xFF;
  }

  @Test
  void aDevice_hasSoManyConnections_andAClosedOneMakesRoom() throws Exception {
    try (RawClient one = bed.client().connected(connect("one"))) {
      try (RawClient two = bed.client().connected(connect("two"));
          RawClient third = bed.client();
          RawClient old = bed.client()) {
        assertThat(code(third.connect(connect("three")))).isEqualTo(0x97);
        assertThat(code(old.connect(connect("three").v3()))).isEqualTo(3);
        assertThatThrownBy(() -> RawStream.open(bed.streamPort(), bed.token(athlete, device)))
            .hasMessageContaining(" 429 ");
        bed.client()
            .connected(new Connect(bed.token(UUID.randomUUID(), UUID.randomUUID())))
            .close();
        two.disconnect(0);
        assertThat(two.next()).isNull();
      }
      await().ignoreExceptions().until(() -> {
        try (RawClient again = bed.client()) {
          return code(again.connect(connect("four"))) == 0;
        }
      });
      assertThat(count("pacewire.ingest.connections.refused", "deviceConnections"))
          .isGreaterThanOrEqualTo(2);
      one.send(MqttMessageBuilders.disconnect().build());
    }
  }

  @Test
  void whoSubscribesAgainAndAgain_pays_andTheLedgerIsAskedForOnceAtATime() throws Exception {
    UUID session = UUID.randomUUID();
    double slowed = count("pacewire.ingest.slowed", "device");
    try (RawClient client = bed.client().connected(connect("one"))) {
      client.publish(1, 1, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(client.next())).isEqualTo(1);
      client.sendAtOnce(IntStream.rangeClosed(1, ASKED)
          .mapToObj(id -> MqttMessageBuilders.subscribe()
              .messageId(id)
              .addSubscription(MqttQoS.AT_MOST_ONCE, DeviceTopics.ledger(device))
              .build())
          .toArray(MqttMessage[]::new));
      for (int acknowledged = 0; acknowledged < ASKED; ) {
        acknowledged += RawClient.type(client.next()) == MqttMessageType.SUBACK ? 1 : 0;
      }
    }
    assertThat(bed.ledgersAsked.stream().filter(uri -> uri.contains(session.toString())))
        .hasSizeBetween(1, ASKED / 2);
    assertThat(count("pacewire.ingest.slowed", "device")).isGreaterThan(slowed);
  }

  @Test
  void whoPublishesToForeignTopics_pays() throws Exception {
    double slowed = count("pacewire.ingest.slowed", "device");
    try (RawClient client = bed.client().connected(connect("one"))) {
      client.sendAtOnce(IntStream.rangeClosed(1, ASKED)
          .mapToObj(id ->
              RawClient.publishing(1, id, "not/mine", new byte[10], MqttProperties.NO_PROPERTIES))
          .toArray(MqttMessage[]::new));
      for (int i = 1; i <= ASKED; i++) {
        assertThat(RawClient.reason(client.next())).isEqualTo(0x90);
      }
    }
    assertThat(count("pacewire.ingest.slowed", "device")).isGreaterThan(slowed);
  }

  @Test
  void whoPingsAndPings_pays() throws Exception {
    double slowed = count("pacewire.ingest.slowed", "device");
    byte[] pings = new byte[2 * PINGS];
    for (int i = 0; i < pings.length; i += 2) {
      pings[i] = (byte) 0xC0;
    }
    try (RawClient client = bed.client().connected(connect("one"))) {
      client.bytes(pings);
      for (int i = 0; i < PINGS; i++) {
        assertThat(RawClient.type(client.next())).isEqualTo(MqttMessageType.PINGRESP);
      }
    }
    assertThat(count("pacewire.ingest.slowed", "device")).isGreaterThan(slowed);
  }

  /** Fewer batches than are allowed at once, and small ones. */
  @Test
  void whatIsAroundABatch_isPaidFor_andCounted() throws Exception {
    double slowed = count("pacewire.ingest.slowed", "device");
    double received = received();
    UUID session = UUID.randomUUID();
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.UserProperty("a", "x".repeat(PADDING)));
    try (RawClient client = bed.client().connected(connect("one"))) {
      client.sendAtOnce(IntStream.rangeClosed(1, PADDED)
          .mapToObj(id -> RawClient.publishing(
              1, id, DeviceTopics.batches(session), MqttBed.batch(session, id), properties))
          .toArray(MqttMessage[]::new));
      for (int i = 1; i <= PADDED; i++) {
        assertThat(RawClient.packetId(client.next())).isEqualTo(i);
      }
    }
    assertThat(count("pacewire.ingest.slowed", "device")).isGreaterThan(slowed);
    assertThat(received() - received).isGreaterThan(PADDED * PADDING - SentBeside.BYTES);
  }

  private static double received() {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.received.bytes")
        .tag("door", "mqtt")
        .counter()
        .count();
  }

  private static double count(String name, String limit) {
    return Metrics.of(bed.vertx)
        .get(name)
        .tag("door", "mqtt")
        .tag("limit", limit)
        .counter()
        .count();
  }
}
