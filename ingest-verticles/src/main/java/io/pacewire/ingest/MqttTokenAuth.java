package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttAuthenticationExchangeMessage;
import io.vertx.mqtt.messages.codes.MqttAuthenticateReasonCode;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection's token holds, and a new one in its place without a new connection: AUTH with
 * reason 0x19 (MQTT 5.0, 4.12.1), for who named the method at CONNECT.
 */
final class MqttTokenAuth {
  private final MqttEndpoint endpoint;
  private final MqttConnectRequest request;
  private final DeviceTokens tokens;
  private final MqttDoor door;
  private final InstantSource clock;
  private final TokenLife life = new TokenLife();
  private @Nullable DeviceWatch watch;
  /** Made when a token comes: an idle connection weighs less without. */
  private @Nullable TokenRenewal renewal;

  MqttTokenAuth(
      MqttEndpoint endpoint, MqttConnectRequest request, MqttServices services, MqttDoor door) {
    this.endpoint = endpoint;
    this.request = request;
    this.tokens = services.tokens();
    this.clock = services.clock();
    this.door = door;
  }

  void open() {
    endpoint.authenticationExchangeHandler(this::renew);
    until(door.device());
  }

  void closed() {
    unwatch();
  }

  /** To be called every second. */
  void look(long nowMs, long nowNanos) {
    switch (life.look(nowMs, nowNanos)) {
      case WARNING -> door.warn(life.expiresAtMs());
      case END -> door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED);
      case NOTHING -> again();
    }
  }

  private void again() {
    if (renewal != null) {
      renewal.again();
    }
  }

  private void until(Device device) {
    life.until(device.tokenExpiresAtMs(), clock.millis(), System.nanoTime());
    unwatch();
    watch = tokens.watch(device, () -> door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED));
  }

  private void unwatch() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private void renew(MqttAuthenticationExchangeMessage message) {
    String method = request.authMethod();
    Buffer data = message.authenticationData();
    if (method == null
        || !method.equals(message.authenticationMethod())
        || data == null
        || (renewal != null && renewal.isUnderWay())) {
      door.close(MqttDisconnectReasonCode.PROTOCOL_ERROR);
      return;
    }
    if (renewal == null) {
      renewal = new TokenRenewal(
          tokens, this::renewed, () -> door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED));
    }
    renewal.verify(data.toString());
  }

  private void renewed(Device device, String token) {
    if (!device.isSameAs(door.device())) {
      door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED);
      return;
    }
    if (endpoint.isConnected()) {
      door.renewed(new MqttIdentity(device, token));
      until(device);
      MqttProperties properties = new MqttProperties();
      properties.add(
          new StringProperty(MqttProperties.AUTHENTICATION_METHOD, request.authMethod()));
      endpoint.authenticationExchange(
          MqttAuthenticationExchangeMessage.create(MqttAuthenticateReasonCode.SUCCESS, properties));
    }
  }
}
