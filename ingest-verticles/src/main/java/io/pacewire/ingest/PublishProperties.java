package io.pacewire.ingest;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties that a client may publish with (MQTT 5.0, 3.3.2.3). Pure. */
final class PublishProperties {
  private static final Set<Integer> OF_PUBLISH = Set.of(
      MqttProperties.PAYLOAD_FORMAT_INDICATOR,
      MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
      MqttProperties.CONTENT_TYPE,
      MqttProperties.RESPONSE_TOPIC,
      MqttProperties.CORRELATION_DATA,
      MqttProperties.SUBSCRIPTION_IDENTIFIER,
      MqttProperties.TOPIC_ALIAS,
      MqttProperties.USER_PROPERTY);

  private PublishProperties() {}

  /** Null where there are only those, each once, with values that mean something. */
  static @Nullable MqttFault fault(MqttPublishMessage packet) {
    var all = packet.variableHeader().properties().listAll();
    if (all.isEmpty()) {
      return null;
    }
    int bytes = 0;
    for (MqttProperty<?> one : all) {
      if (!OF_PUBLISH.contains(one.propertyId())) { // MQTT 5.0, 2.2.2.2
        return fault(MqttDisconnectReasonCode.MALFORMED_PACKET, one);
      }
      if (!isGood(one)) {
        return fault(MqttDisconnectReasonCode.PROTOCOL_ERROR, one);
      }
      bytes += bytes(one);
    }
    return bytes == sentBytes(packet)
        ? null
        : new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "a property that came twice");
  }

  private static MqttFault fault(MqttDisconnectReasonCode reason, MqttProperty<?> property) {
    return new MqttFault(reason, "property " + property.propertyId() + " of a client's PUBLISH");
  }

  private static boolean isGood(MqttProperty<?> property) {
    return switch (property.propertyId()) {
      case MqttProperties.PAYLOAD_FORMAT_INDICATOR ->
        property.value() instanceof Integer format && (format == 0 || format == 1);
      case MqttProperties.RESPONSE_TOPIC ->
        property.value() instanceof String topic
            && topic.indexOf('#') < 0
            && topic.indexOf('+') < 0;
      case MqttProperties.SUBSCRIPTION_IDENTIFIER -> false; // a server's
      default -> true;
    };
  }

  /** What they took in the packet: of one that came twice the decoder keeps the last. */
  private static int sentBytes(MqttPublishMessage packet) {
    int packetId = packet.fixedHeader().qosLevel() == MqttQoS.AT_MOST_ONCE ? 0 : 2;
    int sized = packet.fixedHeader().remainingLength()
        - 2
        - ByteBufUtil.utf8Bytes(packet.variableHeader().topicName())
        - packetId
        - packet.payload().readableBytes();
    return sized - lengthBytes(sized);
  }

  /** Of the number in front of so many bytes, itself among them (MQTT 5.0, 1.5.5). */
  private static int lengthBytes(int sized) {
    int bytes = 1;
    for (int bound = 0x80; sized - bytes >= bound; bound <<= 7) {
      bytes++;
    }
    return bytes;
  }

  private static int bytes(MqttProperty<?> property) {
    return property instanceof UserProperties several
        ? several.value().stream().mapToInt(PublishProperties::bytes).sum()
        : 1 + valueBytes(property);
  }

  private static int bytes(StringPair pair) {
    return 1 + bytes(pair.key) + bytes(pair.value);
  }

  private static int bytes(String text) {
    return 2 + ByteBufUtil.utf8Bytes(text);
  }

  private static int valueBytes(MqttProperty<?> property) {
    if (property instanceof StringProperty text) {
      return bytes(text.value());
    }
    if (property instanceof BinaryProperty binary) {
      return 2 + binary.value().length;
    }
    return switch (property.propertyId()) {
      case MqttProperties.PAYLOAD_FORMAT_INDICATOR -> 1;
      case MqttProperties.TOPIC_ALIAS -> 2;
      default -> 4;
    };
  }
}
