package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.util.internal.PlatformDependent;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.DeviceTopics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many devices far over their limits that send as fast as they can: what is read of them is bounded. */
@ExtendWith(RealServers.class)
class ManySlowedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 120;
  private static final int MESSAGES = 100;
  /** In one message, which has 36 KB with them. */
  private static final int RATES = 16_000;
  /** A message is worth half a minute of it: after the first ones a device is not read to the end of the test. */
  private static final int BYTES_PER_S = 1_000;

  /** Or else the kernel would take megabytes. */
  private static final int SEND_BUFFER_BYTES = 32_768;

  private static final int IN_FLIGHT_BYTES = 1 << 20;
  private static final int UNFINISHED_BYTES = 16 << 20;
  private static final int AMPLE_BYTES = 64 << 20;
  /** As little as there may be: an athlete's part has two of the longest messages. */
  private static final int SCARCE_BYTES = 2 << 20;

  /** What a read brings at most. */
  private static final int READ_BYTES = 65_536;
  /** What TLS has begun to take apart, here, and packs into, as the senders are in this JVM. */
  private static final int TLS_BYTES = 2 * 17_408;
  /** Chunks of Netty's pool that are begun. */
  private static final int OTHER_BYTES = 8 << 20;

  private final AtomicLong writtenBytes = new AtomicLong();
  private final AtomicInteger broken = new AtomicInteger();
  private final List<Sender> senders = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private MqttBed bed;
  private long lookedAtBytes;

  private interface Sending {
    void run() throws IOException;
  }

  /** @param send writes the message, which blocks for as long as the node does not read */
  private record Sender(byte[] message, Sending send, Sending abort) {}

  private void start(Path folder, int heldBytes) throws Exception {
    bed = new MqttBed(
        folder,
        Map.of(
            "ingest.loops", 2,
            "ingest.inFlightBytes", IN_FLIGHT_BYTES,
            "ingest.unfinishedBytes", UNFINISHED_BYTES,
            "ingest.heldBytes", heldBytes,
            "ingest.packetWithinS", 3_600,
            "ingest.limits.burstS", 1,
            "ingest.limits.device.bytesPerS", BYTES_PER_S));
    for (int i = 0; i < CONNECTIONS; i++) {
      senders.add(
          switch (i % 3) {
            case 0 -> stream();
            case 1 -> mqtt();
            default -> mqttSocket();
          });
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (Sender sender : senders) {
      sender.abort().run();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Gauge held = held();
    bed.close();
    await().atMost(PATIENCE).until(() -> !(held.value() > 0)); // NaN once it is collected
  }

  @Test
  void ofEachLittleIsReadAndThatIsCounted_andNobodyIsThrownOut(@TempDir Path folder)
      throws Exception {
    start(folder, AMPLE_BYTES);
    long before = usedBytes();
    pressAll();
    await().atMost(PATIENCE).until(() -> slowed() >= CONNECTIONS);
    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(this::isHeld);
    long grownBytes = usedBytes() - before;
    System.out.printf(
        "ManySlowedIT: %d connections wrote %d KiB, %d KiB more are in use, %.0f KiB of them counted%n",
        CONNECTIONS, writtenBytes.get() >> 10, grownBytes >> 10, heldBytes() / 1_024);
    assertThat(broken).hasValue(0);
    assertThat(writtenBytes.get())
        .as("they had more to send than was taken")
        .isLessThan((long) CONNECTIONS * MESSAGES * senders.get(0).message().length);
    assertThat(heldBytes()).isBetween(1.0, 2.0 * CONNECTIONS * READ_BYTES);
    assertThat((double) grownBytes)
        .as("205 KB a connection would be held without a bound, and not counted")
        .isLessThan(heldBytes()
            + unfinishedBytes()
            + IN_FLIGHT_BYTES
            + OTHER_BYTES
            + (double) CONNECTIONS * (HeldReads.UNCOUNTED_BYTES + TLS_BYTES));
  }

  @Test
  void whereThereIsNoRoom_connectionsEnd_andWhoSendsALittleStays(@TempDir Path folder)
      throws Exception {
    start(folder, SCARCE_BYTES);
    try (RawStream modest = RawStream.open(bed.streamPort(), token()).greeted()) {
      modest.send(batchOf(RATES));
      await().atMost(PATIENCE).until(() -> slowed() > 0);
      pressAll();
      await().atMost(PATIENCE).until(() -> ended() > 0);
      await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(this::isHeld);
      assertThat(heldBytes()).isBetween(1.0, (double) SCARCE_BYTES);
      assertThat(broken.get()).isBetween(1, CONNECTIONS - 1);
      modest.roundTrip(); // a ping and its pong, though it is not let on
    }
  }

  private void pressAll() {
    senders.forEach(sender -> threads.execute(() -> press(sender)));
  }

  private void press(Sender sender) {
    try {
      for (int i = 0; i < MESSAGES; i++) {
        sender.send().run();
        writtenBytes.addAndGet(sender.message().length);
      }
    } catch (IOException e) {
      broken.incrementAndGet();
    }
  }

  /** Hardly anything was taken since it was asked last: of each a message every half minute still is. */
  private boolean isHeld() {
    long now = writtenBytes.get();
    long since = now - lookedAtBytes;
    lookedAtBytes = now;
    return since / (CONNECTIONS / 5) < senders.get(0).message().length;
  }

  private String token() throws Exception {
    return bed.token(UUID.randomUUID(), UUID.randomUUID());
  }

  private Sender stream() throws Exception {
    RawStream stream = RawStream.open(bed.streamPort(), token()).greeted();
    byte[] message = batchOf(RATES);
    return new Sender(message, () -> stream.send(message), stream::abort);
  }

  private static byte[] batchOf(int rates) {
    long nowMs = System.currentTimeMillis();
    return ClientFrame.publish(nowMs, null, TestIngest.batch(UUID.randomUUID(), 0, rates, nowMs));
  }

  private Sender mqtt() throws Exception {
    RawClient client = bed.client().connected(new Connect(token()).v3());
    client.socket.setSendBufferSize(SEND_BUFFER_BYTES);
    byte[] message = publish();
    return new Sender(message, () -> client.bytes(message), client::abort);
  }

  private Sender mqttSocket() throws Exception {
    RawStream socket = RawStream.mqtt(bed.webSocketPort());
    socket.send(RawClient.bytes(new Connect(token()).v3().message()));
    assertThat(socket.next()).as("CONNACK").startsWith(0x20);
    byte[] message = publish();
    return new Sender(message, () -> socket.send(message), socket::abort);
  }

  private static byte[] publish() {
    UUID session = UUID.randomUUID();
    return RawClient.bytes(RawClient.publishing(
        0,
        0,
        DeviceTopics.batches(session),
        MqttBed.batch(session, 0, RATES),
        MqttProperties.NO_PROPERTIES));
  }

  private double slowed() {
    return Metrics.of(bed.vertx)
        .find("pacewire.ingest.slowed")
        .tag("limit", "device")
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double unfinishedBytes() {
    return Metrics.of(bed.vertx).get("pacewire.ingest.unfinished.bytes").gauge().value();
  }

  private Gauge held() {
    return Metrics.of(bed.vertx).get("pacewire.ingest.held.bytes").gauge();
  }

  private double heldBytes() {
    return held().value();
  }

  private double ended() {
    return Metrics.of(bed.vertx)
        .get("pacewire.ingest.held.ended")
        .tag("limit", ReadAheadLimit.NODE_BYTES.tag())
        .counter()
        .count();
  }

  /** Of the heap what is still referred to, and Netty's buffers beside it. */
  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + PlatformDependent.usedDirectMemory();
  }
}
