package io.pacewire.launcher;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** As {@link LoadDevice}, over MQTT 5 with QoS 1, whose client keeps what is on its way and comes back with it. */
final class MqttLoadDevice {
  private static final int WINDOW = 100;
  /** Longer than any stall: what is not read cannot be answered. */
  private static final int KEEP_ALIVE_S = 600;

  private static final int FIRST_WAIT_MS = 50;
  private static final int LONGEST_WAIT_MS = 1_000;

  private final UUID session = UUID.randomUUID();
  private final AckedBatches acked;
  private final Mqtt5ClientBuilder builder;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger connects = new AtomicInteger();
  private final AtomicInteger breaks = new AtomicInteger();
  private volatile boolean stopped;
  private volatile boolean closed;
  private Mqtt5AsyncClient client;

  private MqttLoadDevice(Mqtt5ClientBuilder client, AckedBatches acked) {
    this.acked = acked;
    builder = client
        .automaticReconnect()
        .initialDelay(FIRST_WAIT_MS, TimeUnit.MILLISECONDS)
        .maxDelay(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS)
        .applyAutomaticReconnect()
        .addConnectedListener(context -> connects.incrementAndGet())
        .addDisconnectedListener(this::disconnected);
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (closed) {
      context.getReconnector().reconnect(false);
    } else if (context.getSource() != MqttDisconnectSource.USER) {
      breaks.incrementAndGet();
      context.getReconnector().republishIfSessionExpired(true);
    }
  }

  static MqttLoadDevice plain(int port, AckedBatches acked) {
    return new MqttLoadDevice(AnyTls.mqtt(port, "load"), acked);
  }

  static MqttLoadDevice overWebSocket(int port, AckedBatches acked) {
    return new MqttLoadDevice(AnyTls.mqttOverWebSocket(port, "load"), acked);
  }

  MqttLoadDevice start(IngestServers servers) throws Exception {
    String token = servers.token(UUID.randomUUID(), UUID.randomUUID());
    client = builder.simpleAuth(AnyTls.device(token)).buildAsync(); // with which it comes back, too
    var unused = client.connectWith().keepAlive(KEEP_ALIVE_S).send().join();
    for (int i = 0; i < WINDOW; i++) {
      publish();
    }
    return this;
  }

  /** Nothing new is sent; what is on its way still is. */
  void stop() {
    stopped = true;
  }

  boolean isDrained() {
    return stopped && underWay.get() == 0;
  }

  /** How often it came back. */
  int comebacks() {
    return connects.get() - 1;
  }

  /** How often its connection broke, or none came about. */
  int breaks() {
    return breaks.get();
  }

  private void publish() {
    if (stopped) {
      return;
    }
    byte[] batch = LoadBatch.of(session, next.getAndIncrement());
    underWay.incrementAndGet();
    var unused = client
        .publishWith()
        .topic(DeviceTopics.batches(session))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(Envelope.encode(System.currentTimeMillis(), null, batch))
        .send()
        .whenComplete((result, failure) -> answered(batch, result, failure));
  }

  private void answered(byte[] batch, Mqtt5PublishResult result, Throwable failure) {
    underWay.decrementAndGet();
    if (failure == null && result.getError().isEmpty()) {
      acked.add(batch);
    }
    publish();
  }

  /** Whether or not it is connected: it does not come back any more. */
  void close() {
    closed = true;
    var unused = client.disconnect().exceptionally(gone -> null).join();
  }
}
