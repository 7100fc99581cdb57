package io.pacewire.ingest;

import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;

/**
 * Why a connection cannot go on, as a client did something that MQTT forbids.
 *
 * @param reason what MQTT 5 is told
 * @param text for the log
 */
record MqttFault(MqttDisconnectReasonCode reason, String text) {

  /**
   * Whether the rest of what the client sends is probably on its way: closed while something is unread, a
   * connection is reset, and the farewell lost. So the rest is dropped for a moment.
   */
  boolean isAmidMore() {
    return reason == MqttDisconnectReasonCode.QUOTA_EXCEEDED
        || reason == MqttDisconnectReasonCode.SERVER_BUSY
        || reason == MqttDisconnectReasonCode.PACKET_TOO_LARGE;
  }

  static MqttFault of(ReadAheadLimit full) {
    return new MqttFault(
        full == ReadAheadLimit.ATHLETE_BYTES
            ? MqttDisconnectReasonCode.QUOTA_EXCEEDED
            : MqttDisconnectReasonCode.SERVER_BUSY,
        "too much is read and cannot be handed on: " + full.tag());
  }
}
