package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.RealServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client that does not read is not waited for by the one that takes its place. */
@ExtendWith(RealServers.class)
class MqttUnreadIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long FOR_EVER_S = 3_600;

  @Test
  void whoWasTakenOver_andDoesNotRead_freesItsPlace(@TempDir Path folder) throws Exception {
    MqttBed bed = new MqttBed(
        folder,
        Map.of(
            "ingest.loops", 1,
            "ingest.mqtt.unreadS", FOR_EVER_S,
            "ingest.limits.deviceConnections", 1,
            "ingest.limits.device.batchesPerS", 0,
            "ingest.limits.device.bytesPerS", 0,
            "ingest.limits.athlete.batchesPerS", 0,
            "ingest.limits.athlete.bytesPerS", 0));
    String token = bed.token(UUID.randomUUID(), UUID.randomUUID());
    try (RawClient rude = bed.client().connected(new Connect(token).id("same"))) {
      CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> flood(rude));
      await().atMost(PATIENCE).until(() -> unread(bed) > 0);
      await().atMost(PATIENCE).until(() -> comesIn(bed, token));
      var unused = ended.get(60, TimeUnit.SECONDS);
    }
    bed.close();
  }

  /** Pings, until nobody reads them any more and then the connection is closed. */
  private static void flood(RawClient client) {
    byte[] pings = new byte[65_536];
    for (int i = 0; i < pings.length; i += 2) {
      pings[i] = (byte) 0xC0;
    }
    try {
      while (true) {
        client.bytes(pings);
      }
    } catch (IOException closed) {
      // as it should
    }
  }

  private static boolean comesIn(MqttBed bed, String token) throws Exception {
    try (RawClient newer = bed.client()) {
      MqttConnectReturnCode answer =
          newer.connect(new Connect(token).id("same")).variableHeader().connectReturnCode();
      if (answer != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
        assertThat(answer).isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED);
        return false;
      }
      return true;
    }
  }

  private static double unread(MqttBed bed) {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.held")
        .tag("door", "mqtt")
        .tag("by", "unread")
        .counter()
        .count();
  }
}
