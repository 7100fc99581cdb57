package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged is lost, whenever the JVM that said so is killed. */
class KilledIngestIT {
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 20 : 3;
  private static final int DEVICES = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Random RANDOM = new Random();

  @TempDir
  Path folder;

  @Test
  void killedUnderLoad_losesNoAcknowledgedBatch() throws Exception {
    try (IngestServers servers = new IngestServers(folder)) {
      AckedBatches acked = new AckedBatches();
      AtomicInteger port = new AtomicInteger(IngestServers.freePort());
      NodeProcess node = node(servers, port.get());
      List<LoadDevice> devices = new ArrayList<>();
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new LoadDevice(servers.vertx(), port::get, acked).start(servers));
      }
      for (int round = 0; round < ROUNDS; round++) {
        int enough = acked.size() + 2_000 + RANDOM.nextInt(4_000);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> acked.size() >= enough);
        node.kill();
        node = node(servers, port.get());
      }
      devices.forEach(LoadDevice::stop);
      await().atMost(PATIENCE).until(() -> devices.stream().allMatch(LoadDevice::isDrained));
      // One that was just coming back when the next kill came saw one fewer.
      assertThat(devices).allMatch(device -> device.closes() >= 1);
      acked.assertAllIn(servers.brokers());
      System.out.println("KilledIngestIT: " + ROUNDS + " kills, " + acked.size()
          + " acknowledged batches, 0 lost");
      node.close();
    }
  }

  private static NodeProcess node(IngestServers servers, int port) throws Exception {
    return servers.node("node", Map.of("ingest.stream.port", Integer.toString(port)));
  }
}
