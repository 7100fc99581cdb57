package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;

/** What a client of MQTT 5 is told at CONNACK (MQTT 5.0, 3.2.2.3). */
final class MqttConnAck {
  private MqttConnAck() {}

  static MqttProperties properties(MqttConnectRequest request, IngestConfig config) {
    if (!request.isVersion5()) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    add(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, (int) request.sessionExpiryS());
    add(properties, MqttProperties.RECEIVE_MAXIMUM, Math.min(65_535, config.window()));
    add(properties, MqttProperties.RETAIN_AVAILABLE, 0);
    add(properties, MqttProperties.MAXIMUM_PACKET_SIZE, config.maxMessageBytes());
    add(properties, MqttProperties.TOPIC_ALIAS_MAXIMUM, MqttSocket.TOPIC_ALIAS_MAXIMUM);
    add(properties, MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
    add(properties, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
    add(properties, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
    add(properties, MqttProperties.SERVER_KEEP_ALIVE, request.keepAliveS());
    if (request.assignedId()) {
      properties.add(
          new StringProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, request.clientId()));
    }
    String method = request.authMethod();
    if (method != null) {
      properties.add(new StringProperty(MqttProperties.AUTHENTICATION_METHOD, method));
    }
    return properties;
  }

  private static void add(MqttProperties properties, int id, int value) {
    properties.add(new IntegerProperty(id, value));
  }
}
