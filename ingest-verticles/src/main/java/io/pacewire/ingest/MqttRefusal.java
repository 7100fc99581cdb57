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

  static MqttRefusal notAuthorized(String text) {
    return of(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, text);
  }

  /** 3.1.1 has no word of its own for it. */
  static MqttRefusal of(MqttConnectReturnCode version5, String text) {
    return new MqttRefusal(version5, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, text);
  }

  MqttConnectReturnCode code(int protocolVersion) {
    return protocolVersion < MqttDoor.MQTT_5 ? version3 : version5;
  }
}
