package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.events.EventTopics;
import io.pacewire.ingest.RawClient.Connect;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.wire.DeviceTopics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that mean no good, or are broken: they go, others do not notice, nothing grows. */
@ExtendWith(RealServers.class)
class MqttHostileIT {
  private static final boolean FULL = Boolean.getBoolean("pacewire.full");
  private static final int HALF_OPEN = 1_000;
  private static final int GARBAGE = FULL ? 2_000 : 150;
  private static final int FLOOD_BYTES = 256 << 20;

  @TempDir
  static Path folder;

  private static MqttBed bed;
  private static final List<String> faults = new CopyOnWriteArrayList<>();
  private static final Handler LISTENER = new Handler() {
    @Override
    public void publish(LogRecord log) {
      if (log.getLevel().intValue() >= Level.SEVERE.intValue()) {
        faults.add(log.getLoggerName() + ": " + log.getMessage() + " " + log.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  private final UUID athlete = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    // Without limits of what may be sent: they would slow a flood long before anything else has to.
    bed = new MqttBed(
        folder,
        Map.of(
            "ingest.loops", 1,
            "ingest.connectTimeoutS", 3,
            "ingest.mqtt.unreadS", 1,
            "ingest.limits.device.batchesPerS", 0,
            "ingest.limits.device.bytesPerS", 0,
            "ingest.limits.athlete.batchesPerS", 0,
            "ingest.limits.athlete.bytesPerS", 0));
    Logger.getLogger("").addHandler(LISTENER);
  }

  @AfterAll
  static void stop() throws Exception {
    Logger.getLogger("").removeHandler(LISTENER);
    bed.close();
  }

  /** What a client does is never an error of ours in the log, which it could flood. */
  @AfterEach
  void nobodyElseNoticed() throws Exception {
    UUID session = UUID.randomUUID();
    try (RawClient good = bed.client().connected(new Connect(bed.token(athlete, device)))) {
      good.publish(1, 1, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(RawClient.packetId(good.next())).isEqualTo(1);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void whoNeverSaysConnect_isClosedInTime_howeverMany() throws Exception {
    List<Socket> open = new ArrayList<>();
    RawClient dripping = bed.client();
    long begin = System.nanoTime();
    for (int i = 0; i < HALF_OPEN; i++) {
      open.add(
          i % 5 == 0
              ? bed.client().socket
              : new Socket(InetAddress.getLoopbackAddress(), bed.port())); // with TLS or not
    }
    nobodyElseNoticed();
    byte[] connect = {0x10, 0x7F, 0, 4, 'M', 'Q', 'T', 'T', 5};
    int dripped = 0;
    try {
      while (seconds(begin) < 20) {
        dripping.bytes(new byte[] {dripped < connect.length ? connect[dripped] : 0});
        dripped++;
        assertThat(dripping.isQuiet(200)).isTrue();
      }
    } catch (AssertionError | IOException closed) {
      // as it should
    }
    assertThat(seconds(begin)).isLessThan(20);
    for (Socket one : open) {
      one.setSoTimeout(20_000);
      assertThat(ends(one)).isTrue();
      one.close();
    }
    assertThat(seconds(begin)).isLessThan(40);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void aLengthBeyondAnyBound_isRefusedBeforeAnythingOfItIsRead() throws Exception {
    byte[] huge = {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
    try (RawClient client = bed.client()) {
      client.bytes(huge);
      assertThat(client.next()).isNull();
    }
    huge[0] = 0x30;
    try (RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)))) {
      client.bytes(huge);
      assertThat(RawClient.reason(client.next())).isEqualTo(0x95);
      assertThat(client.next()).isNull();
    }
    try (RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)).v3())) {
      client.bytes(huge);
      assertThat(client.next()).isNull();
    }
  }

  @Test
  void malformedPackets_endTheirConnection() throws Exception {
    byte[][] malformed = {
      {0x36, 2, 0, 0}, // QoS 3
      {0x32, 4, 0, 1, 'a', 0}, // cut off in the packet id, then nothing
      {(byte) 0x80, 2, 0, 1}, // SUBSCRIBE with wrong flags
      {(byte) 0x82, 5, 0, 0, 0, 0, 0}, // packet id 0
      {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1},
      {0x00, 0},
      {(byte) 0xE0, 1, 0x55}, // DISCONNECT with a reason that is none
      {0x40, 3, 0, 1, 0x55}, // PUBACK with one
      {0x30, 4, 0, 1, '#', 0}, // a wildcard to publish to
    };
    for (byte[] bytes : malformed) {
      try (RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)))) {
        client.bytes(bytes);
        client.socket.shutdownOutput();
        for (MqttMessage next = client.next(); next != null; next = client.next()) {
          assertThat(RawClient.reason(next)).isIn(0x81, 0x82, 0x95);
        }
      }
    }
  }

  @Test
  void garbage_endsItsConnection_orIsWaitedForInVain() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < GARBAGE; i++) {
      byte[] bytes = new byte[1 + random.nextInt(400)];
      random.nextBytes(bytes);
      try (RawClient client = bed.client()) {
        if (i % 2 == 0) {
          var unused = client.connected(new Connect(bed.token(athlete, device)).id("g" + i));
        } else {
          bytes[0] = 0x10;
        }
        client.bytes(bytes);
        client.socket.shutdownOutput();
        while (client.next() != null) {
          // whatever it is told: in the end it is closed
        }
      }
    }
  }

  @Test
  void whoDoesNotRead_isNotReadEither_andClosed() throws Exception {
    byte[] pings = new byte[65_536];
    for (int i = 0; i < pings.length; i += 2) {
      pings[i] = (byte) 0xC0;
    }
    long sent = 0;
    long begin = System.nanoTime();
    try (RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)))) {
      while (sent < FLOOD_BYTES) {
        client.bytes(pings);
        sent += pings.length;
      }
    } catch (IOException closed) {
      // as it should
    }
    assertThat(sent).isLessThan(FLOOD_BYTES / 2);
    assertThat(seconds(begin)).isLessThan(30);
  }

  @Test
  void aSubscriberThatNeverReads_isClosed() throws Exception {
    try (RawClient good =
            bed.client().connected(new Connect(bed.token(athlete, UUID.randomUUID())));
        RawClient client = bed.client().connected(new Connect(bed.token(athlete, device)))) {
      assertThat(client.subscribe(1, MqttQoS.AT_MOST_ONCE, DeviceTopics.ledger(device)))
          .containsExactly(0);
      UUID session = UUID.randomUUID();
      long begin = System.nanoTime();
      boolean open = true;
      for (int seq = 0; open && seconds(begin) < 60; seq = (seq + 1) % 1_000_000) {
        bed.stored(device, session, seq, seq);
        if (seq % 1_000 == 0) {
          open = isOpen(client);
          good.bytes(new byte[] {(byte) 0xC0, 0}); // so that the event loop keeps up
          assertThat(RawClient.type(good.next())).isEqualTo(MqttMessageType.PINGRESP);
        }
      }
      assertThat(open).isFalse();
    }
  }

  /** The first write after the other side closed is lost, a later one fails. */
  private static boolean isOpen(RawClient client) {
    try {
      client.bytes(new byte[] {(byte) 0xC0, 0});
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void whatComesAfterGoodbye_isNotTaken() throws Exception {
    UUID late = UUID.randomUUID();
    UUID stranger = UUID.randomUUID();
    try (RawClient client = bed.client().connected(new Connect(bed.token(stranger, device)))) {
      client.disconnect(0);
      try {
        client.publish(1, 1, DeviceTopics.batches(late), MqttBed.batch(late, 0));
      } catch (IOException closed) {
        // as it may be by now
      }
      assertThat(client.next()).isNull();
    }
    nobodyElseNoticed();
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, athlete, 1)).isNotEmpty();
    assertThat(MqttBed.consumed(EventTopics.TELEMETRY_LIVE, stranger, 0)).isEmpty();
  }

  @Test
  void whoSendsBeforeConnack_isHeardAfterIt() throws Exception {
    UUID session = UUID.randomUUID();
    try (RawClient client = bed.client()) {
      client.send(new Connect(bed.token(athlete, device)).message());
      client.publish(1, 3, DeviceTopics.batches(session), MqttBed.batch(session, 0));
      assertThat(client.next()).isNotNull();
      assertThat(RawClient.packetId(client.next())).isEqualTo(3);
    }
  }
}
