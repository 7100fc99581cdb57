package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A token ends its connection at both doors, whatever is done to the node's clock. */
@ExtendWith(RealServers.class)
class TokenClocksIT {
  private static final long VALID_S = 600;
  private static final long GRACE_S = 30;
  private static final AtomicLong AHEAD_MS = new AtomicLong();

  private static MqttBed bed;

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    bed = new MqttBed(
        Vertx.vertx(), folder, Map.of(), () -> Instant.now().plusMillis(AHEAD_MS.get()));
  }

  @AfterAll
  static void close() throws Exception {
    bed.close();
  }

  @BeforeEach
  void asItIs() {
    AHEAD_MS.set(0);
  }

  /** Or the machine slept: the connections are as old as they were. */
  @Test
  void aClockThatIsSetForward_endsBoth() throws Exception {
    String token = bed.token(athlete, device, VALID_S);
    try (RawClient mqtt = bed.client().connected(new Connect(token));
        RawStream stream = RawStream.open(bed.streamPort(), token).greeted()) {
      AHEAD_MS.set(Duration.ofSeconds(VALID_S + GRACE_S).toMillis());
      assertEnded(mqtt, stream);
    }
  }

  /** Fifteen seconds before the end, by a clock that then is wrong by two hours. */
  @Test
  void aClockThatIsSetBack_keepsNeither() throws Exception {
    AHEAD_MS.set(Duration.ofSeconds(VALID_S + GRACE_S - 15).toMillis());
    String token = bed.token(athlete, device, VALID_S);
    try (RawClient mqtt = bed.client().connected(new Connect(token));
        RawStream stream = RawStream.open(bed.streamPort(), token).greeted()) {
      assertThat(mqtt.subscribe(1, MqttQoS.AT_MOST_ONCE, MqttBed.commands(device)))
          .as("let in, and its token with it")
          .containsExactly(0);
      AHEAD_MS.set(Duration.ofHours(-2).toMillis());
      assertEnded(mqtt, stream);
    }
  }

  private static void assertEnded(RawClient mqtt, RawStream stream) throws Exception {
    MqttMessage farewell = mqtt.next();
    while (RawClient.type(farewell) == MqttMessageType.PUBLISH) { // warned before
      farewell = mqtt.next();
    }
    assertThat(RawClient.reason(farewell)).isEqualTo(0x87);
    assertThat(stream.closed()).isEqualTo(StreamConnections.TOKEN_EXPIRED + " token expired");
  }
}
