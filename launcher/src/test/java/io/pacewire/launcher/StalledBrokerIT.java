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
 * A broker that stands still at full load, over the stream and over MQTT: devices wait, event loops wait
 * for nobody, memory does not grow, nothing is lost.
 */
class StalledBrokerIT {
  private static final Duration STALL =
      Duration.ofSeconds(Boolean.getBoolean("pacewire.full") ? 60 : 5);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 40;
  private static final int PHONES = 24;
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
    try (IngestServers servers = new IngestServers(folder)) {
      var config = servers.config();
      config
          .getJsonObject("ingest")
          .put("inFlightBytes", BUDGET_BYTES)
          .put("limits", new JsonObject().put("device", NO_LIMIT).put("athlete", NO_LIMIT));
      IngestVerticle ingest = new IngestVerticle(IngestConfig.from(config));
      String unused = Await.get(node.deployVerticle(ingest));
      AckedBatches acked = new AckedBatches();
      AckedBatches ackedOverMqtt = new AckedBatches();
      List<LoadDevice> devices = new ArrayList<>();
      List<MqttLoadDevice> phones = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        devices.add(new LoadDevice(servers.vertx(), ingest::streamPort, acked).start(servers));
      }
      for (int i = 0; i < PHONES; i++) {
        phones.add(new MqttLoadDevice(ingest.mqttPort(), ackedOverMqtt).start(servers));
      }
      List<MqttFlood> floods = new ArrayList<>();
      for (int i = 0; i < FLOODS; i++) {
        floods.add(new MqttFlood(ingest.mqttPort()).connect(servers));
      }
      await().atMost(PATIENCE).until(() -> acked.size() > 15_000 && ackedOverMqtt.size() > 5_000);
      String unusedToo = Await.get(node.deployVerticle(
          this::beat, new DeploymentOptions().setInstances(2 * LOOPS))); // some on each
      assertThat(beats.stream().map(LoopBeat::threadId).distinct()).hasSize(LOOPS);

      Signals.send("STOP", servers.brokerPid());
      long mostBytes = 0;
      long usedBytes;
      int before;
      int beforeOverMqtt;
      try (ThreadWaits waits = new ThreadWaits()) {
        before = settled(acked);
        beforeOverMqtt = settled(ackedOverMqtt);
        List<Integer> beatsBefore = beats.stream().map(LoopBeat::count).toList();
        beats.forEach(LoopBeat::forget);
        usedBytes = usedBytes();
        floods.forEach(MqttFlood::start);
        long until = System.nanoTime() + STALL.toNanos();
        while (System.nanoTime() < until) {
          mostBytes = Math.max(mostBytes, buffered());
          awaitBeats(2);
        }
        assertThat(acked.size()).as("no acknowledgement without the broker").isEqualTo(before);
        assertThat(ackedOverMqtt.size()).as("nor over MQTT").isEqualTo(beforeOverMqtt);
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
      await().atMost(PATIENCE).until(() -> acked.size() > before + 4_000);
      await().atMost(PATIENCE).until(() -> ackedOverMqtt.size() > beforeOverMqtt + 1_000);
      assertThat(devices).as("nobody was thrown out").allMatch(device -> device.closes() == 0);
      assertThat(phones).as("over MQTT neither").allMatch(phone -> phone.closes() == 0);
      assertThat(floods).as("nor who sends more").allMatch(flood -> flood.closes() == 0);
      devices.forEach(LoadDevice::stop);
      phones.forEach(MqttLoadDevice::stop);
      await()
          .atMost(PATIENCE)
          .until(() -> devices.stream().allMatch(LoadDevice::isDrained)
              && phones.stream().allMatch(MqttLoadDevice::isDrained));
      acked.assertAllIn(servers.brokers());
      ackedOverMqtt.assertAllIn(servers.brokers());
      phones.forEach(MqttLoadDevice::close);
      floods.forEach(MqttFlood::close);
    } finally {
      Await.get(node.close());
    }
  }

  /**
   * What was on its way back when the broker stopped still arrives; nothing more came while the event
   * loops turned so often, however long that takes on a machine that is busy.
   */
  private int settled(AckedBatches acked) {
    int before;
    do {
      before = acked.size();
      awaitBeats(SETTLED_BEATS);
    } while (acked.size() != before);
    return before;
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
