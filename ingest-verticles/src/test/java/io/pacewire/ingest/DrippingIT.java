package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.RealServers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What begins has to end: nothing else would end these connections, as none has a keep-alive. */
@ExtendWith(RealServers.class)
class DrippingIT {
  private static final int LONG = 1_000;

  private static MqttBed bed;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    bed = new MqttBed(folder, Map.of("ingest.loops", 1, "ingest.packetWithinS", 1));
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  private static Connect forEver() throws Exception {
    Connect connect = new Connect(bed.token(UUID.randomUUID(), UUID.randomUUID()));
    connect.keepAliveS = 0;
    return connect;
  }

  private static double ended() {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.unfinished.ended")
        .tag("limit", "time")
        .counter()
        .count();
  }

  @Test
  void aPacketOfMqtt() throws Exception {
    byte[] begun = Arrays.copyOf(
        RawClient.bytes(
            RawClient.publishing(1, 1, "a", new byte[LONG], MqttProperties.NO_PROPERTIES)),
        LONG / 2);
    double before = ended();
    try (RawClient five = bed.client().connected(forEver());
        RawClient three = bed.client().connected(forEver().v3())) {
      five.bytes(begun);
      three.bytes(begun);
      assertThat(RawClient.reason(five.next())).isEqualTo(0x97);
      assertThat(five.next()).isNull();
      assertThat(three.next()).isNull();
    }
    assertThat(ended()).isEqualTo(before + 2);
  }

  @Test
  void aFrameAroundPacketsOfMqtt() throws Exception {
    double before = ended();
    try (RawStream socket = RawStream.mqtt(bed.webSocketPort())) {
      socket.send(RawClient.bytes(forEver().v3().message()));
      assertThat(socket.next()).as("CONNACK").startsWith(0x20);
      socket.begin(70_000, LONG);
      assertThat(socket.ends()).isTrue();
    }
    assertThat(ended()).isEqualTo(before + 1);
  }

  /** Each part is a sign of life, and yet the message has to end. */
  @Test
  void aFrameAndAMessageInParts_ofTheStream() throws Exception {
    for (boolean isWhole : new boolean[] {true, false}) {
      double before = ended();
      try (RawStream stream =
          RawStream.open(bed.streamPort(), bed.token(UUID.randomUUID(), UUID.randomUUID()))) {
        if (isWhole) {
          stream.begin(70_000, LONG);
        } else {
          int unused = stream.frames(0x02, 1) + stream.frames(0x00, 3);
        }
        assertThat(stream.closed()).isEqualTo("1008 a frame that does not end");
      }
      assertThat(ended()).isEqualTo(before + 1);
    }
  }
}
