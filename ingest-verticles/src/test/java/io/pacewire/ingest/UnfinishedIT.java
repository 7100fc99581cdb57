package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.DeviceTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Packets and frames that begin and never end: held within bounds, and nobody else notices. */
@ExtendWith(RealServers.class)
class UnfinishedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** As much as there is at least: an athlete's part is a quarter of it. */
  private static final int ROOM = 8 * 262_144;

  private static final int LONG = 250_000;
  private static final int SENT = 200_000;

  private static MqttBed bed;

  private final UUID athlete = UUID.randomUUID();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    bed = new MqttBed(
        folder,
        Map.of(
            "ingest.loops", 2,
            "ingest.unfinishedBytes", ROOM,
            "ingest.connectTimeoutS", 120,
            "ingest.packetWithinS", 3_600));
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  @AfterEach
  void nobodyElseNoticed_andNothingIsHeld() throws Exception {
    UUID session = UUID.randomUUID();
    try (RawClient good = client(UUID.randomUUID())) {
      good.publish(1, 1, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(good.next())).isEqualTo(1);
    }
    awaitHeld(0);
  }

  private static RawClient client(UUID athlete) throws Exception {
    return bed.client().connected(new Connect(bed.token(athlete, UUID.randomUUID())));
  }

  private static double held() {
    return Metrics.of(bed.vertx).get("pacewire.ingest.unfinished.bytes").gauge().value();
  }

  private static void awaitHeld(int bytes) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(held()).isBetween((double) bytes, 2.0 * bytes));
  }

  private static double ended(String limit) {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.unfinished.ended")
        .tag("limit", limit)
        .counter()
        .count();
  }

  @Test
  void whoIsNobody_sendsNoMoreThanAConnect_overWebSocket() throws Exception {
    double before = ended("connectBytes");
    try (RawStream stranger = RawStream.mqtt(bed.webSocketPort())) {
      stranger.begin(LONG, BegunFrames.MOST_OF_NOBODY + 1);
      assertThat(stranger.ends()).isTrue();
    }
    assertThat(ended("connectBytes")).isEqualTo(before + 1);
  }

  @Test
  void publishesWithoutAnEnd_haveAnAthletesPart() throws Exception {
    byte[] begun = Arrays.copyOf(
        RawClient.bytes(
            RawClient.publishing(1, 1, "a", new byte[LONG], MqttProperties.NO_PROPERTIES)),
        SENT);
    double before = ended("athleteBytes");
    try (RawClient one = client(athlete);
        RawClient two = client(athlete);
        RawClient three = client(athlete)) {
      one.bytes(begun);
      awaitHeld(SENT);
      two.bytes(begun);
      awaitHeld(2 * SENT);
      three.bytes(begun);
      assertThat(RawClient.reason(three.next())).isEqualTo(0x97);
      assertThat(three.next()).isNull();
      assertThat(ended("athleteBytes")).isEqualTo(before + 1);
      one.bytes(new byte[LONG - SENT + 20]); // its end, and the begin of what is none
      assertThat(one.next()).as("the publish is looked at").isNotNull();
      try (RawClient other = client(UUID.randomUUID())) {
        other.bytes(begun);
        awaitHeld(2 * SENT);
      }
    }
  }

  @Test
  void framesWithoutAnEnd_haveAnAthletesPart_overMqttOverWebSocket() throws Exception {
    double before = ended("athleteBytes");
    try (RawStream one = socket();
        RawStream two = socket();
        RawStream three = socket()) {
      one.begin(LONG, SENT);
      awaitHeld(SENT);
      two.begin(LONG, SENT);
      awaitHeld(2 * SENT);
      three.begin(LONG, SENT);
      assertThat(three.next()).as("DISCONNECT, quota exceeded").contains(0xE0, 0x97);
      assertThat(three.ends()).isTrue();
    }
    assertThat(ended("athleteBytes")).isEqualTo(before + 1);
  }

  private RawStream socket() throws Exception {
    RawStream socket = RawStream.mqtt(bed.webSocketPort());
    socket.send(RawClient.bytes(new Connect(bed.token(athlete, UUID.randomUUID())).message()));
    assertThat(socket.next()).as("CONNACK").startsWith(0x20);
    return socket;
  }

  @Test
  void framesWithoutAnEnd_haveAnAthletesPart_onTheStream() throws Exception {
    double before = ended("athleteBytes");
    try (RawStream one = stream();
        RawStream two = stream();
        RawStream three = stream()) {
      one.begin(LONG, SENT);
      awaitHeld(SENT);
      two.begin(LONG, SENT);
      awaitHeld(2 * SENT);
      three.begin(LONG, SENT);
      assertThat(three.closed()).isEqualTo("1013 athleteBytes");
    }
    assertThat(ended("athleteBytes")).isEqualTo(before + 1);
  }

  private RawStream stream() throws Exception {
    return RawStream.open(bed.streamPort(), bed.token(athlete, UUID.randomUUID()));
  }
}
