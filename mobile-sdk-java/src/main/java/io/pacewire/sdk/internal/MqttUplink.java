package io.pacewire.sdk.internal;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import io.pacewire.sdk.MqttVersion;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * MQTT with QoS 1: the PUBACK acknowledges a batch, the device's ledger topic tells what is stored
 * and what refused. It cannot ask for the ledger, and shows a new token by connecting anew.
 */
public final class MqttUplink implements Uplink {
  /** A PUBACK does not say how long. */
  private static final int DEFERRED_MS = 2_000;

  private final UUID deviceId;
  private final MqttLink link;
  private @Nullable Events current;

  public MqttUplink(
      String host, int port, MqttVersion version, UUID deviceId, TrustedCertificates trust) {
    MqttClientSslConfig tls =
        MqttClientSslConfig.builder().trustManagerFactory(trust.factory()).build();
    this.deviceId = deviceId;
    this.link =
        version == MqttVersion.V5 ? new Mqtt5Link(host, port, tls) : new Mqtt3Link(host, port, tls);
  }

  @Override
  public void connect(String token, UplinkEvents events) {
    Events opened = new Events(events);
    current = opened;
    link.connect(
        deviceId.toString(),
        token.getBytes(StandardCharsets.UTF_8),
        DeviceTopics.ledger(deviceId),
        opened);
  }

  @Override
  public void send(StoredSession session, int seq, byte[] batch, long sentAtEpochMs) {
    Events events = current;
    if (events != null) {
      link.publish(
          DeviceTopics.batches(session.id()),
          Envelope.encode(sentAtEpochMs, null, batch),
          events.published(session, seq));
    }
  }

  @Override
  public void query(StoredSession session) {
    // The platform tells the ledger by itself; what it does not tell, the uploader sends again.
  }

  @Override
  public boolean renew(String token) {
    return false;
  }

  @Override
  public void disconnect() {
    current = null;
    link.disconnect();
  }

  @Override
  public void release() {
    disconnect();
  }

  private static final class Events implements MqttLink.Events {
    private final UplinkEvents events;
    private final AtomicBoolean over = new AtomicBoolean();

    Events(UplinkEvents events) {
      this.events = events;
    }

    @Override
    public void connected(int maxPacketBytes) {
      events.opened();
      if (maxPacketBytes > 0) {
        events.received(ServerFrame.hello(maxPacketBytes, 0, 0)); // what a stream says by itself
      }
    }

    @Override
    public void message(byte[] payload) {
      try {
        events.received(LedgerMessage.parse(payload));
      } catch (MalformedBatchException notOurs) {
        close("malformed ledger from the platform: " + notOurs.getMessage(), false);
      }
    }

    @Override
    public void disconnected(String reason, boolean tokenRefused) {
      close(reason, tokenRefused);
    }

    MqttLink.Published published(StoredSession session, int seq) {
      return new MqttLink.Published() {
        @Override
        public void acked() {
          events.acked(session.id(), session.writer, seq);
        }

        @Override
        public void refused(String reason) {
          LedgerEntry entry = new LedgerEntry(session.id(), session.writer);
          entry.refuse(seq, reason);
          events.received(ServerFrame.of(entry, 0));
        }

        @Override
        public void deferred() {
          LedgerEntry entry = new LedgerEntry(session.id(), session.writer);
          entry.deferred().add(seq, seq);
          events.received(ServerFrame.of(List.of(entry), DEFERRED_MS, 0));
        }

        @Override
        public void failed(Throwable cause) {
          close("a batch was not taken: " + cause.getMessage(), false);
        }
      };
    }

    private void close(String reason, boolean tokenRefused) {
      if (over.compareAndSet(false, true)) {
        events.closed(reason, tokenRefused);
      }
    }
  }
}
