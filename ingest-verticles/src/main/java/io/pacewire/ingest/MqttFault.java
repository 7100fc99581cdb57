package io.pacewire.ingest;

import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;

/**
 * Why a connection cannot go on, as a client did something that MQTT forbids.
 *
 * @param reason what MQTT 5 is told
 * @param text for the log
 */
record MqttFault(MqttDisconnectReasonCode reason, String text) {}
