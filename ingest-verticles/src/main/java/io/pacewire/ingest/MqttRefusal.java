package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** Why a CONNECT is not accepted, in the words of both versions of the protocol. */
final class MqttRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final MqttConnectReturnCode version5;
  private final MqttConnectReturnCode version3;

  MqttRefusal(MqttConnectReturnCode version5, MqttConnectReturnCode version3, String text) {
    super(text, null, false, false);
    this.version5 = version5;
    this.version3 = version3;
  }

  /** What cannot be looked at now is not the token's fault: its client is to come again with it. */
  static MqttRefusal of(Throwable cause) {
    if (cause instanceof MqttRefusal known) {
      return known;
    }
    String text = String.valueOf(cause.getMessage());
    return DeviceTokens.isRefused(cause)
        ? of(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, text)
        : new MqttRefusal(
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5,
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
            text);
  }

  /** 3.1.1 has no word of its own for it. */
  static MqttRefusal of(MqttConnectReturnCode version5, String text) {
    return new MqttRefusal(version5, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, text);
  }

  MqttConnectReturnCode code(int protocolVersion) {
    return protocolVersion < MqttDoor.MQTT_5 ? version3 : version5;
  }
}
