package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/** The topic aliases of one connection (MQTT 5.0, 3.3.2.3.4): numbers in place of long topic names. */
final class TopicAliases {
  /** Longer than any topic a device may use: of another as much is kept as gets the same refusal. */
  private static final int LONGEST = 128;

  private final int maximum;
  private @Nullable String[] topics = {};

  TopicAliases(int maximum) {
    this.maximum = maximum;
  }

  /** The same publish with the topic that it means. */
  MqttPublishMessage resolve(MqttPublishMessage publish) throws MqttFaultException {
    MqttPublishVariableHeader header = publish.variableHeader();
    String topic = header.topicName();
    MqttProperty<?> alias = header.properties().getProperty(MqttProperties.TOPIC_ALIAS);
    if (alias == null) {
      if (topic.isEmpty()) {
        throw fault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "neither topic nor alias");
      }
      return publish;
    }
    int number = ((MqttProperties.IntegerProperty) alias).value();
    if (number == 0 || number > maximum) {
      throw fault(MqttDisconnectReasonCode.TOPIC_ALIAS_INVALID, "topic alias " + number);
    }
    if (topics.length == 0) {
      topics = new String[maximum + 1]; // not before, since few clients use any
    }
    if (!topic.isEmpty()) {
      topics[number] = topic.length() <= LONGEST ? topic : topic.substring(0, LONGEST);
      return publish;
    }
    String known = topics[number];
    if (known == null) {
      throw fault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "topic alias that was not set");
    }
    return new MqttPublishMessage(
        publish.fixedHeader(),
        new MqttPublishVariableHeader(known, header.packetId(), header.properties()),
        publish.content());
  }

  private static MqttFaultException fault(MqttDisconnectReasonCode reason, String text) {
    return new MqttFaultException(new MqttFault(reason, text));
  }
}
