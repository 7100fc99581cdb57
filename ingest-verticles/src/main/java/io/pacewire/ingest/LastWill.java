package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.MqttWill;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of a client that goes without saying so.
 *
 * @param delayS so long it is waited whether the client comes back
 */
record LastWill(Presence presence, long delayS) {

  /** Null where the client has none. A will that could never be published is refused at once. */
  static @Nullable LastWill of(@Nullable MqttWill will, Device device) {
    if (will == null || !will.isWillFlag()) {
      return null;
    }
    if (will.isWillRetain()) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_RETAIN_NOT_SUPPORTED, "retained will");
    }
    byte[] payload = will.getWillMessageBytes();
    Presence presence =
        Presence.of(device, will.getWillTopic(), payload == null ? new byte[0] : payload);
    if (presence == null) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID, "will topic");
    }
    if (!presence.fits()) {
      throw MqttRefusal.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE, "will too large");
    }
    MqttProperties properties = will.getWillProperties();
    return new LastWill(
        presence,
        properties == null
            ? 0
            : MqttConnectRequest.number(properties, MqttProperties.WILL_DELAY_INTERVAL, 0));
  }
}
