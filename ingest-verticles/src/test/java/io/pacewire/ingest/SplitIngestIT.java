package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.live.DeviceCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TwoNodes;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A network that is cut between two nodes of ingest, both of which devices still reach. */
@ExtendWith(RealServers.class)
class SplitIngestIT {
  private static final int TAKEN_OVER = 0x8E;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();

  private Connect phone(MqttBed bed) throws Exception {
    return new Connect(bed.token(athlete, device))
        .id("phone")
        .with(MqttProperties.SESSION_EXPIRY_INTERVAL, 600);
  }

  private void publishes(RawClient client, int seq) throws Exception {
    client.publish(1, seq + 1, DeviceTopics.batches(session), MqttBed.batch(session, seq));
    MqttMessage answer = client.next();
    assertThat(RawClient.type(answer)).isEqualTo(MqttMessageType.PUBACK);
    assertThat(RawClient.packetId(answer)).isEqualTo(seq + 1);
  }

  @Test
  void bothServe_andAfterwardsTheNewestConnectionIsTheOne(
      @TempDir Path folder, @TempDir Path otherFolder) throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      Map<String, Object> settings = Map.of("ingest.loops", 1);
      MqttBed here = new MqttBed(nodes.first(), folder, settings);
      MqttBed there = new MqttBed(nodes.second(), otherFolder, settings);
      try (RawClient before = here.client().connected(phone(here))) {
        publishes(before, 0);
        nodes.part();
        try (RawClient after = there.client().connected(phone(there))) {
          assertThat(after.subscribe(1, MqttQoS.AT_LEAST_ONCE, MqttBed.commands(device)))
              .containsExactly(1);
          publishes(before, 1);
          publishes(after, 2);
          nodes.awaitMeeting();
          MqttMessage last = before.next();
          assertThat(RawClient.type(last)).isEqualTo(MqttMessageType.DISCONNECT);
          assertThat(RawClient.reason(last)).isEqualTo(TAKEN_OVER);
          publishes(after, 3);
          DeviceCommands bus = new DeviceCommands(nodes.first());
          await() // which learns a little later who is there again
              .atMost(PATIENCE)
              .until(() -> Await.get(bus.send(device, Buffer.buffer("look"))));
          MqttBed.command(device, "after the split", "{}");
          assertThat(RawClient.text(after.nextPublish())).isEqualTo("{}");
        }
      }
      assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 4)).hasSize(4);
    }
  }
}
