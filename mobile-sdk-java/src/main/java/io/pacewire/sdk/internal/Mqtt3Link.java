package io.pacewire.sdk.internal;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** MQTT 3.1.1. */
final class Mqtt3Link implements MqttLink {
  private static final int KEEP_ALIVE_S = 30;
  private static final int CONNECT_TIMEOUT_S = 10;

  private final String host;
  private final int port;
  private final MqttClientSslConfig tls;
  private @Nullable Mqtt3AsyncClient client;

  Mqtt3Link(String host, int port, MqttClientSslConfig tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  @Override
  public void connect(String user, byte[] password, String subscribeTo, Events events) {
    Mqtt3AsyncClient opened = newClient(user, events);
    client = opened;
    CompletableFuture<?> unused = opened
        .connectWith()
        .cleanSession(true)
        .keepAlive(KEEP_ALIVE_S)
        .simpleAuth()
        .username(user)
        .password(password)
        .applySimpleAuth()
        .send()
        .thenCompose(accepted -> opened
            .subscribeWith()
            .topicFilter(subscribeTo)
            .qos(MqttQos.AT_LEAST_ONCE)
            .callback(message -> events.message(message.getPayloadAsBytes()))
            .send())
        .whenComplete((subscribed, failure) -> {
          if (failure == null) {
            events.connected(0);
          } else if (opened.getState() != MqttClientState.DISCONNECTED) {
            CompletableFuture<?> unusedClose = opened.disconnect();
          }
        });
  }

  @Override
  public void publish(String topic, byte[] payload, Published published) {
    Mqtt3AsyncClient open = client;
    if (open == null) {
      return;
    }
    CompletableFuture<?> unused = open.publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .send()
        .whenComplete((result, failure) -> {
          if (failure == null) {
            published.acked();
          } else {
            published.failed(failure);
          }
        });
  }

  @Override
  public void disconnect() {
    Mqtt3AsyncClient open = client;
    client = null;
    if (open != null) {
      CompletableFuture<?> unused = open.disconnect();
    }
  }

  private Mqtt3AsyncClient newClient(String id, Events events) {
    return Mqtt3Client.builder()
        .identifier(id)
        .transportConfig()
        .serverHost(host)
        .serverPort(port)
        .sslConfig(tls)
        .socketConnectTimeout(CONNECT_TIMEOUT_S, TimeUnit.SECONDS)
        .mqttConnectTimeout(CONNECT_TIMEOUT_S, TimeUnit.SECONDS)
        .applyTransportConfig()
        .addDisconnectedListener(context -> ended(context, events))
        .buildAsync();
  }

  private static void ended(MqttClientDisconnectedContext context, Events events) {
    Throwable cause = context.getCause();
    events.disconnected(String.valueOf(cause.getMessage()), isTokenRefused(cause));
  }

  // 3.1.1 cannot say why it disconnects; the next CONNECT learns that the token is no longer good.
  private static boolean isTokenRefused(Throwable cause) {
    if (!(cause instanceof Mqtt3ConnAckException)) {
      return false;
    }
    Mqtt3ConnAckReturnCode code =
        ((Mqtt3ConnAckException) cause).getMqttMessage().getReturnCode();
    return code == Mqtt3ConnAckReturnCode.NOT_AUTHORIZED
        || code == Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD;
  }
}
