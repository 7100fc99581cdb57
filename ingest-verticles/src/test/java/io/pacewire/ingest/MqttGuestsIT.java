package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.RealServers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other people's clients, both versions of the protocol, over TCP and over WebSocket, with TLS. */
@ExtendWith(RealServers.class)
class MqttGuestsIT {
  @TempDir
  static Path folder;

  private static MqttBed bed;

  @BeforeAll
  static void start() throws Exception {
    bed = new MqttBed(folder, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    bed.close();
  }

  static Stream<Arguments> visits() {
    return Stream.of(MqttGuests.values())
        .flatMap(guest -> Stream.of(3, 5)
            .flatMap(version ->
                Stream.of(false, true).map(webSocket -> Arguments.of(guest, version, webSocket))));
  }

  @ParameterizedTest(name = "{0}, MQTT {1}, over WebSocket: {2}")
  @MethodSource("visits")
  void batchesOfEveryQosArrive_andACommandIsHeard(MqttGuests guest, int version, boolean webSocket)
      throws Exception {
    UUID athlete = UUID.randomUUID();
    UUID device = UUID.randomUUID();
    UUID session = UUID.randomUUID();
    String heard = guest.visit(new MqttGuests.Visit(
        bed, folder, version, webSocket, device, session, bed.token(athlete, device)));
    assertThat(heard).isEqualTo("{\"say\":\"hello\"}");
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 3)).hasSize(3);
  }
}
