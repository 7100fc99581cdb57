package io.pacewire.sdk.internal;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** MQTT 5. */
final class Mqtt5Link implements MqttLink {
  private static final int KEEP_ALIVE_S = 30;
  private static final int CONNECT_TIMEOUT_S = 10;

  private final String host;
  private final int port;
  private final MqttClientSslConfig tls;
  private @Nullable Mqtt5AsyncClient client;

  Mqtt5Link(String host, int port, MqttClientSslConfig tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  @Override
  public void connect(String user, byte[] password, String subscribeTo, Events events) {
    Mqtt5AsyncClient opened = newClient(user, events);
    client = opened;
    CompletableFuture<?> unused = opened
        .connectWith()
        .cleanStart(true)
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
            .send()
            .thenApply(subscribed -> accepted.getRestrictions().getMaximumPacketSize()))
        .whenComplete((maxPacketBytes, failure) -> {
          if (failure == null) {
            events.connected(maxPacketBytes);
          } else if (opened.getState() != MqttClientState.DISCONNECTED) {
            CompletableFuture<?> unusedClose = opened.disconnect();
          }
        });
  }

  @Override
  public void publish(String topic, byte[] payload, Published published) {
    Mqtt5AsyncClient open = client;
    if (open == null) {
      return;
    }
    CompletableFuture<?> unused = open.publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload)
        .send()
        .whenComplete((result, failure) -> {
          Throwable error = failure != null ? failure : result.getError().orElse(null);
          if (error == null) {
            published.acked();
          } else {
            fail(error, published);
          }
        });
  }

  @Override
  public void disconnect() {
    Mqtt5AsyncClient open = client;
    client = null;
    if (open != null) {
      CompletableFuture<?> unused = open.disconnect();
    }
  }

  private Mqtt5AsyncClient newClient(String id, Events events) {
    return Mqtt5Client.builder()
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

  /**
   * 0x99 says that the content is at fault: sent again, it would be refused again. 0x97 says that a
   * limit is exceeded: later it passes.
   */
  private static void fail(Throwable error, Published published) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof Mqtt5PubAckException) {
      Mqtt5PubAck ack = ((Mqtt5PubAckException) cause).getMqttMessage();
      if (ack.getReasonCode() == Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID) {
        String said = ack.getReasonString().map(String::valueOf).orElse("malformed");
        int detail = said.indexOf(':');
        published.refused(detail < 0 ? said : said.substring(0, detail));
        return;
      }
    }
    if (cause instanceof Mqtt5PubAckException
        && ((Mqtt5PubAckException) cause).getMqttMessage().getReasonCode()
            == Mqtt5PubAckReasonCode.QUOTA_EXCEEDED) {
      published.deferred();
      return;
    }
    published.failed(error);
  }

  private static boolean isTokenRefused(Throwable cause) {
    if (cause instanceof Mqtt5ConnAckException) {
      Mqtt5ConnAckReasonCode code =
          ((Mqtt5ConnAckException) cause).getMqttMessage().getReasonCode();
      return code == Mqtt5ConnAckReasonCode.NOT_AUTHORIZED
          || code == Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD;
    }
    return cause instanceof Mqtt5DisconnectException
        && ((Mqtt5DisconnectException) cause).getMqttMessage().getReasonCode()
            == Mqtt5DisconnectReasonCode.NOT_AUTHORIZED;
  }
}
