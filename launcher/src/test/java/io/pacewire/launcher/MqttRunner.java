package io.pacewire.launcher;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SampleBatch;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who runs now: a heart rate a batch, published over MQTT 5 as it is measured, and told of in its ledger. */
final class MqttRunner implements AutoCloseable {
  private final UUID session = UUID.randomUUID();
  private final Mqtt5AsyncClient client;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger acked = new AtomicInteger();
  private final Set<Integer> stored = ConcurrentHashMap.newKeySet();
  private boolean stopped;

  MqttRunner(int port, UUID device, String token) {
    client = AnyTls.mqtt(port, "runner").buildAsync();
    var unused = client.connectWith().simpleAuth(AnyTls.device(token)).send().join();
    var unusedToo = client
        .subscribeWith()
        .topicFilter(DeviceTopics.ledger(device))
        .callback(message -> told(LedgerEntry.parse(message.getPayloadAsBytes())))
        .send()
        .join();
  }

  private void told(LedgerEntry entry) {
    for (int range = 0; range < entry.stored().count(); range++) {
      for (int seq = entry.stored().from(range); seq <= entry.stored().to(range); seq++) {
        stored.add(seq);
      }
    }
  }

  /** One more batch, unless it has stopped. */
  synchronized void beat() {
    if (stopped) {
      return;
    }
    long now = System.currentTimeMillis();
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, sent.getAndIncrement());
    batch.heartRates().add(now, now % 1_000_000, 140, SampleBatch.ABSENT);
    var unused = client
        .publishWith()
        .topic(DeviceTopics.batches(session))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(Envelope.encode(now, null, BatchCodec.encode(batch)))
        .send()
        .thenAccept(this::answered);
  }

  private void answered(Mqtt5PublishResult result) {
    if (result.getError().isEmpty()) {
      acked.incrementAndGet();
    }
  }

  synchronized void stop() {
    stopped = true;
  }

  int sent() {
    return sent.get();
  }

  int acked() {
    return acked.get();
  }

  int stored() {
    return stored.size();
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
