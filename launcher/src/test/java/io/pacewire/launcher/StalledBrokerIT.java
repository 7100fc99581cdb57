package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import io.pacewire.ingest.IngestConfig;
import io.pacewire.ingest.IngestVerticle;
import io.pacewire.platform.stack.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that stands still at full load, at every door: devices wait, event loops wait for nobody, memory
 * does not grow, nothing is lost.
 */
class StalledBrokerIT {
  private static final Duration STALL =
      Duration.ofSeconds(Boolean.getBoolean("pacewire.full") ? 60 : 5);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 40;
  private static final int PHONES = 16;
  private static final int PHONES_OVER_WEB_SOCKET = 8;
  private static final int POSTERS = 8;
  private static final int UNAVAILABLE = 503;
  private static final int FLOODS = 2;
  private static final int BUDGET_BYTES = 1 << 20;
  private static final int LOOPS = 2;
  private static final long BEAT_MS = 10;
  private static final int SETTLED_BEATS = 100;

  /** A tenth of those that are due: a machine that is busy lets an event loop beat less often, not stand. */
  private static final int MORE_BEATS = (int) (STALL.toMillis() / BEAT_MS / 10);

  private static final long MORE_BYTES = 48L << 20;

  /** So that nothing but the budget holds who floods. */
  private static final JsonObject NO_LIMIT =
      new JsonObject().put("batchesPerS", 0).put("bytesPerS", 0);

  private final List<LoopBeat> beats = new CopyOnWriteArrayList<>();

  @TempDir
  Path folder;

  @Test
  void aFrozenBroker_isWaitedFor() throws Exception {
    Vertx node = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    List<MqttLoadDevice> phones = new ArrayList<>();
    try (IngestServers servers = new IngestServers(folder)) {
      var config = servers.config();
      config
          .getJsonObject("ingest")
          .put("inFlightBytes", BUDGET_BYTES)
          .put("limits", new JsonObject().put("device", NO_LIMIT).put("athlete", NO_LIMIT));
      IngestVerticle ingest = new IngestVerticle(IngestConfig.from(config));
      String unused = Await.get(node.deployVerticle(ingest));
      List<LoadDevice> devices = new ArrayList<>();
      List<HttpLoadDevice> posters = new ArrayList<>();
      Told streams = new Told("stream", 15_000, 4_000);
      Told mqtt = new Told("MQTT", 4_000, 1_000);
      Told webSocket = new Told("MQTT over WebSocket", 2_000, 500);
      Told http = new Told("HTTP", 200, 50);
      List<Told> doors = List.of(streams, mqtt, webSocket, http);
      for (int i = 0; i < STREAMS; i++) {
        devices.add(
            new LoadDevice(servers.vertx(), ingest::streamPort, streams.acked).start(servers));
      }
      for (int i = 0; i < PHONES; i++) {
        phones.add(MqttLoadDevice.plain(ingest.mqttPort(), mqtt.acked).start(servers));
      }
      for (int i = 0; i < PHONES_OVER_WEB_SOCKET; i++) {
        phones.add(MqttLoadDevice.overWebSocket(ingest.mqttWebSocketPort(), webSocket.acked)
            .start(servers));
      }
      for (int i = 0; i < POSTERS; i++) {
        posters.add(
            new HttpLoadDevice(servers.vertx(), ingest::streamPort, http.acked).start(servers));
      }
      List<MqttFlood> floods = new ArrayList<>();
      for (int i = 0; i < FLOODS; i++) {
        floods.add(new MqttFlood(ingest.mqttPort()).connect(servers));
      }
      await().atMost(PATIENCE).until(() -> doors.stream().allMatch(Told::isUnderLoad));
      String unusedToo = Await.get(node.deployVerticle(
          this::beat, new DeploymentOptions().setInstances(2 * LOOPS))); // some on each
      assertThat(beats.stream().map(LoopBeat::threadId).distinct()).hasSize(LOOPS);

      Signals.send("STOP", servers.brokerPid());
      long mostBytes = 0;
      long usedBytes;
      try (ThreadWaits waits = new ThreadWaits()) {
        settle(doors);
        List<Integer> beatsBefore = beats.stream().map(LoopBeat::count).toList();
        beats.forEach(LoopBeat::forget);
        usedBytes = usedBytes();
        floods.forEach(MqttFlood::start);
        long until = System.nanoTime() + STALL.toNanos();
        while (System.nanoTime() < until) {
          mostBytes = Math.max(mostBytes, buffered());
          awaitBeats(2);
        }
        assertThat(doors)
            .as("no acknowledgement without the broker, at any door")
            .allMatch(door -> door.acked.size() == door.before);
        for (int i = 0; i < beats.size(); i++) {
          assertThat(beats.get(i).count())
              .as("each event loop went on")
              .isGreaterThan(beatsBefore.get(i) + MORE_BEATS);
        }
        Set<Long> loops = beats.stream().map(LoopBeat::threadId).collect(Collectors.toSet());
        assertThat(waits.of(loops, folder))
            .as("no event loop waited for anybody")
            .isEmpty();
        long floodedBytes = floods.stream().mapToLong(MqttFlood::writtenBytes).sum();
        System.out.printf(
            "StalledBrokerIT: %d s, producer holds at most %d KiB, %d KiB written by who waits for no answer,"
                + " longest lag of an event loop %d ms%n",
            STALL.toSeconds(), mostBytes >> 10, floodedBytes >> 10, longestLagMs());
        assertThat(floodedBytes).as("somebody sent more than windows let them").isPositive();
        assertThat(usedBytes()).as("memory does not grow").isLessThan(usedBytes + MORE_BYTES);
      } finally {
        floods.forEach(MqttFlood::stop);
        Signals.send("CONT", servers.brokerPid());
      }
      assertThat(mostBytes)
          .as("what the producer holds: the budget, and a batch for each partition of both lanes")
          .isPositive()
          .isLessThan(2L * BUDGET_BYTES + 16 * 131_072);
      await().atMost(PATIENCE).until(() -> doors.stream().allMatch(Told::goesOn));
      assertThat(devices).as("nobody was thrown out").allMatch(device -> device.closes() == 0);
      assertThat(phones).as("over MQTT neither").allMatch(phone -> phone.breaks() == 0);
      assertThat(posters)
          .as("whose request takes too long is told to come again, and nobody anything else")
          .allMatch(poster -> poster.others() == poster.answers(UNAVAILABLE));
      assertThat(floods).as("nor who sends more").allMatch(flood -> flood.closes() == 0);
      devices.forEach(LoadDevice::stop);
      phones.forEach(MqttLoadDevice::stop);
      posters.forEach(HttpLoadDevice::stop);
      await()
          .atMost(PATIENCE)
          .until(() -> devices.stream().allMatch(LoadDevice::isDrained)
              && phones.stream().allMatch(MqttLoadDevice::isDrained)
              && posters.stream().allMatch(HttpLoadDevice::isDrained));
      doors.forEach(door -> door.acked.assertAllIn(servers.brokers()));
      floods.forEach(MqttFlood::close);
    } finally {
      phones.forEach(MqttLoadDevice::close);
      Await.get(node.close());
    }
  }

  /** A way in, and what devices were told there. */
  private static final class Told {
    final AckedBatches acked = new AckedBatches();
    private final String door;
    private final int underLoad;
    private final int after;
    int before;

    /**
     * @param underLoad so many are acknowledged before the broker stops
     * @param after so many more when it goes on
     */
    Told(String door, int underLoad, int after) {
      this.door = door;
      this.underLoad = underLoad;
      this.after = after;
    }

    boolean isUnderLoad() {
      return acked.size() > underLoad;
    }

    boolean goesOn() {
      return acked.size() > before + after;
    }

    @Override
    public String toString() {
      return door + ": " + acked.size() + " acknowledged, " + before + " when the broker stopped";
    }
  }

  /**
   * What was on its way back when the broker stopped still arrives; nothing more came while the event
   * loops turned so often, however long that takes on a machine that is busy.
   */
  private void settle(List<Told> doors) {
    do {
      doors.forEach(door -> door.before = door.acked.size());
      awaitBeats(SETTLED_BEATS);
    } while (doors.stream().anyMatch(door -> door.acked.size() != door.before));
  }

  /** Of each event loop. */
  private void awaitBeats(int more) {
    List<Integer> from = beats.stream().map(LoopBeat::count).toList();
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> IntStream.range(0, from.size())
            .allMatch(i -> beats.get(i).count() - from.get(i) >= more));
  }

  private VerticleBase beat() {
    LoopBeat beat = new LoopBeat(BEAT_MS);
    beats.add(beat);
    return beat;
  }

  private long longestLagMs() {
    return beats.stream().mapToLong(LoopBeat::longestLagMs).max().orElse(0);
  }

  /** Of the heap what is still referred to, and all buffers beside it: of the server and of who sends. */
  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + directBytes();
  }

  /** As the JVM counts them: Netty does so itself only where it may reach into the JDK, and says -1 elsewhere. */
  private static long directBytes() {
    long bytes = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
    assertThat(bytes).as("buffers that are counted here").isPositive();
    return bytes + Math.max(0, PlatformDependent.usedDirectMemory());
  }

  /** What Kafka's own producer says that it keeps. */
  private static long buffered() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    double most = 0;
    for (ObjectName producer :
        beans.queryNames(new ObjectName("kafka.producer:type=producer-metrics,*"), null)) {
      double total = (double) beans.getAttribute(producer, "buffer-total-bytes");
      double free = (double) beans.getAttribute(producer, "buffer-available-bytes");
      most = Math.max(most, total - free);
    }
    return (long) most;
  }
}
