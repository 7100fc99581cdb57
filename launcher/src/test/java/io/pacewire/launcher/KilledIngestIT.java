package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged at any door is lost, whenever the JVM that said so is killed. */
class KilledIngestIT {
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 20 : 3;
  private static final int DEVICES = 8;
  private static final int OTHERS = 4;
  private static final int PHONES = 50;

  /** Acknowledged at each of the other doors between two kills. */
  private static final int LEAST = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Random RANDOM = new Random();

  @TempDir
  Path folder;

  private final List<LoadDevice> devices = new ArrayList<>();
  private final List<MqttLoadDevice> clients = new ArrayList<>();
  private final List<HttpLoadDevice> posters = new ArrayList<>();

  private NodeProcess node;

  /** Whatever happened: a node that is left goes on trying to reach its servers. */
  @AfterEach
  void close() throws Exception {
    clients.forEach(MqttLoadDevice::close);
    if (node != null) {
      node.kill();
    }
  }

  @Test
  void killedUnderLoad_losesNoAcknowledgedBatch() throws Exception {
    try (IngestServers servers = new IngestServers(folder)) {
      AckedBatches streamed = new AckedBatches();
      AckedBatches overMqtt = new AckedBatches();
      AckedBatches overWebSocket = new AckedBatches();
      AckedBatches posted = new AckedBatches();
      int streamPort = IngestServers.freePort();
      int mqttPort = IngestServers.freePort();
      int webSocketPort = IngestServers.freePort();
      Map<String, String> ports = Map.of(
          "ingest.stream.port", Integer.toString(streamPort),
          "ingest.mqtt.port", Integer.toString(mqttPort),
          "ingest.mqttWs.port", Integer.toString(webSocketPort));
      node = servers.node("node", ports);
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new LoadDevice(servers.vertx(), () -> streamPort, streamed).start(servers));
      }
      for (int i = 0; i < OTHERS; i++) {
        clients.add(MqttLoadDevice.plain(mqttPort, overMqtt).start(servers));
        clients.add(MqttLoadDevice.overWebSocket(webSocketPort, overWebSocket).start(servers));
        posters.add(new HttpLoadDevice(servers.vertx(), () -> streamPort, posted).start(servers));
      }
      for (int round = 0; round < ROUNDS; round++) {
        int enough = streamed.size() + 2_000 + RANDOM.nextInt(4_000);
        List<AckedBatches> others = List.of(overMqtt, overWebSocket, posted);
        List<Integer> before = others.stream().map(AckedBatches::size).toList();
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .until(() -> streamed.size() >= enough
                && IntStream.range(0, before.size())
                    .allMatch(i -> others.get(i).size() > before.get(i) + LEAST));
        node.kill();
        node = servers.node("node", ports);
      }
      devices.forEach(LoadDevice::stop);
      clients.forEach(MqttLoadDevice::stop);
      posters.forEach(HttpLoadDevice::stop);
      await()
          .atMost(PATIENCE)
          .until(() -> devices.stream().allMatch(LoadDevice::isDrained)
              && clients.stream().allMatch(MqttLoadDevice::isDrained)
              && posters.stream().allMatch(HttpLoadDevice::isDrained));
      // One that was just coming back when the next kill came saw one fewer.
      assertThat(devices).allMatch(device -> device.closes() >= 1);
      assertThat(clients).allMatch(client -> client.comebacks() >= 1);
      assertThat(posters).allMatch(poster -> poster.breaks() >= 1);
      streamed.assertAllIn(servers.brokers());
      overMqtt.assertAllIn(servers.brokers());
      overWebSocket.assertAllIn(servers.brokers());
      posted.assertAllIn(servers.brokers());
      System.out.printf(
          "KilledIngestIT: %d kills, acknowledged %d over the stream, %d over MQTT, %d over MQTT in a"
              + " WebSocket, %d over HTTP, 0 lost%n",
          ROUNDS, streamed.size(), overMqtt.size(), overWebSocket.size(), posted.size());
      node.close();
    }
  }

  /** As phones do it, with nobody to tell them: each when its own chance says so. */
  @Test
  void phonesOfADeadNode_comeBackByThemselves_andBringWhatTheyRecordedMeanwhile() throws Exception {
    try (IngestServers servers = new IngestServers(folder)) {
      int port = IngestServers.freePort();
      Map<String, String> ports = Map.of("ingest.stream.port", Integer.toString(port));
      node = servers.node("node", ports);
      List<SdkPhone> phones = new ArrayList<>();
      try {
        for (int i = 0; i < PHONES; i++) {
          phones.add(new SdkPhone(servers, folder.resolve("phone" + i), port));
        }
        phones.forEach(SdkPhone::record);
        await().atMost(PATIENCE).until(() -> phones.stream().allMatch(SdkPhone::isAllAcked));
        node.kill();
        await().atMost(PATIENCE).until(() -> phones.stream().noneMatch(SdkPhone::isConnected));
        phones.forEach(SdkPhone::record);
        phones.forEach(SdkPhone::finish);
        node = servers.node("node", ports);
        await().atMost(PATIENCE).until(() -> phones.stream().allMatch(SdkPhone::isAllAcked));
        long[] backMs =
            phones.stream().mapToLong(SdkPhone::connectedAtMs).sorted().toArray();
        System.out.printf(
            "KilledIngestIT: %d phones came back within %d ms, half of them within %d%n",
            PHONES, backMs[PHONES - 1] - backMs[0], backMs[PHONES / 2] - backMs[0]);
      } finally {
        phones.forEach(SdkPhone::close);
      }
      node.close();
    }
  }
}
