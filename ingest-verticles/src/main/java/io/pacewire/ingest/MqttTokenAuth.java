package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.pacewire.platform.security.Revocations;
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
  private static final System.Logger LOG = System.getLogger(MqttTokenAuth.class.getName());

  private final MqttEndpoint endpoint;
  private final MqttConnectRequest request;
  private final DeviceTokens tokens;
  private final MqttDoor door;
  private final InstantSource clock;
  private final TokenLife life = new TokenLife();
  private Revocations.@Nullable Watch watch;
  private boolean underWay;

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
      case NOTHING -> {}
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
        || underWay) {
      door.close(MqttDisconnectReasonCode.PROTOCOL_ERROR);
      return;
    }
    underWay = true;
    String token = data.toString();
    tokens
        .verify(token)
        .onComplete(done -> underWay = false)
        .onSuccess(device -> renewed(new MqttIdentity(device, token), method))
        .onFailure(cause -> {
          LOG.log(DEBUG, "renewal refused: {0}", cause.getMessage());
          door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED);
        });
  }

  private void renewed(MqttIdentity identity, String method) {
    if (!identity.device().isSameAs(door.device())) {
      door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED);
      return;
    }
    if (endpoint.isConnected()) {
      door.renewed(identity);
      until(identity.device());
      MqttProperties properties = new MqttProperties();
      properties.add(new StringProperty(MqttProperties.AUTHENTICATION_METHOD, method));
      endpoint.authenticationExchange(
          MqttAuthenticationExchangeMessage.create(MqttAuthenticateReasonCode.SUCCESS, properties));
    }
  }
}
