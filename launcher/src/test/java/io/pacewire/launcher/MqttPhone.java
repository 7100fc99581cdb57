package io.pacewire.launcher;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device of somebody else's make, MQTT 5, that remembers how its connection ended. */
final class MqttPhone implements AutoCloseable {
  private final Mqtt5BlockingClient client;
  private final List<Mqtt5DisconnectReasonCode> ends = new CopyOnWriteArrayList<>();
  private volatile long endedNanos;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  private MqttPhone(int port, String clientId) {
    client = MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(port)
        .sslConfig()
        .trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
        .hostnameVerifier((host, session) -> true)
        .applySslConfig()
        .addDisconnectedListener(context -> {
          if (context.getCause() instanceof Mqtt5DisconnectException told) {
            endedNanos = System.nanoTime();
            ends.add(told.getMqttMessage().getReasonCode());
          }
        })
        .buildBlocking();
  }

  /** Throws what the client throws where it is not let in. */
  static MqttPhone connect(int port, String clientId, String token) {
    MqttPhone phone = new MqttPhone(port, clientId);
    var unused = phone
        .client
        .connectWith()
        .simpleAuth()
        .username("device")
        .password(token.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
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
