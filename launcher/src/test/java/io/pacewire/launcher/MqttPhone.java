package io.pacewire.launcher;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.pacewire.wire.DeviceTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device of somebody else's make, MQTT 5, that remembers how its connection ended. */
final class MqttPhone implements AutoCloseable {
  private static final long SESSION_S = 600;

  private final Mqtt5BlockingClient client;
  private final List<Mqtt5DisconnectReasonCode> ends = new CopyOnWriteArrayList<>();
  private volatile long endedNanos;
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  private MqttPhone(int port, String clientId) {
    client = AnyTls.mqtt(port, clientId)
        .addDisconnectedListener(context -> {
          if (context.getCause() instanceof Mqtt5DisconnectException told) {
            endedNanos = System.nanoTime();
            ends.add(told.getMqttMessage().getReasonCode());
          }
        })
        .buildBlocking();
  }

  /** One that keeps its session, and begins with what waits for it. */
  static MqttPhone resume(int port, String clientId, String token) {
    MqttPhone phone = new MqttPhone(port, clientId);
    phone
        .client
        .toAsync()
        .publishes(
            MqttGlobalPublishFilter.ALL,
            message ->
                phone.texts.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)));
    var unused = phone
        .client
        .connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(SESSION_S)
        .simpleAuth(AnyTls.device(token))
        .send();
    return phone;
  }

  MqttPhone takeCommands(UUID device) {
    var unused = client
        .subscribeWith()
        .topicFilter(DeviceTopics.commands(device))
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    return this;
  }

  /** Throws what the client throws where it is not let in. */
  static MqttPhone connect(int port, String clientId, String token) {
    MqttPhone phone = new MqttPhone(port, clientId);
    var unused = phone.client.connectWith().simpleAuth(AnyTls.device(token)).send();
    return phone;
  }

  MqttPhone listen(UUID device) {
    client
        .toAsync()
        .subscribeWith()
        .topicFilter("v1/devices/" + device + "/ledger")
        .callback(message -> received.add(message.getPayloadAsBytes()))
        .send()
        .join();
    return this;
  }

  boolean isConnected() {
    return client.getState().isConnected();
  }

  /** With which reason codes the server ended connections. */
  List<Mqtt5DisconnectReasonCode> ends() {
    return ends;
  }

  /** When it heard of the last of them, by {@link System#nanoTime}, whoever looked when. */
  long endedNanos() {
    return endedNanos;
  }

  /** What came of its subscriptions. */
  List<String> texts() {
    return texts;
  }

  List<byte[]> received() {
    return received;
  }

  @Override
  public void close() {
    if (isConnected()) {
      client.disconnect();
    }
  }
}
