package io.pacewire.launcher;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A device that waits for no acknowledgement (QoS 0): it sends one large batch for as long as it is read. */
final class MqttFlood {
  /** Handed to the client and not written yet. */
  private static final int UNWRITTEN = 8;

  private static final int RATES = 16_000;
  private static final int KEEP_ALIVE_S = 600;

  private final UUID session = UUID.randomUUID();
  private final byte[] envelope = envelope();
  private final AtomicLong writtenBytes = new AtomicLong();
  private final AtomicInteger closes = new AtomicInteger();
  private final Mqtt5AsyncClient client;
  private volatile boolean stopped;

  MqttFlood(int port) {
    client = AnyTls.mqtt(port, "flood")
        .addDisconnectedListener(context -> closes.incrementAndGet())
        .buildAsync();
  }

  MqttFlood connect(IngestServers servers) throws Exception {
    AnyTls.connect(client, servers, KEEP_ALIVE_S);
    return this;
  }

  void start() {
    for (int i = 0; i < UNWRITTEN; i++) {
      publish();
    }
  }

  void stop() {
    stopped = true;
  }

  /** Payloads that went into the socket. */
  long writtenBytes() {
    return writtenBytes.get();
  }

  int closes() {
    return closes.get();
  }

  private void publish() {
    if (stopped || closes.get() > 0) {
      return;
    }
    var unused = client
        .publishWith()
        .topic(DeviceTopics.batches(session))
        .qos(MqttQos.AT_MOST_ONCE)
        .payload(envelope)
        .send()
        .whenComplete((written, failure) -> {
          if (failure == null) {
            writtenBytes.addAndGet(envelope.length);
          }
          publish();
        });
  }

  private byte[] envelope() {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, 0);
    long now = System.currentTimeMillis();
    for (int i = 0; i < RATES; i++) {
      batch.heartRates().add(now - RATES + i, i, 60 + (i * 37) % 140, SampleBatch.ABSENT);
    }
    return Envelope.encode(now, null, BatchCodec.encode(batch));
  }

  void close() {
    if (client.getState().isConnected()) {
      client.disconnect().join();
    }
  }
}
