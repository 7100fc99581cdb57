package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may send after its CONNECT, as far as one packet by itself tells. Pure. */
final class ClientPackets {
  private static final Set<MqttMessageType> FROM_CLIENTS = Set.of(
      MqttMessageType.PUBLISH,
      MqttMessageType.PUBACK,
      MqttMessageType.PUBREL,
      MqttMessageType.SUBSCRIBE,
      MqttMessageType.UNSUBSCRIBE,
      MqttMessageType.PINGREQ,
      MqttMessageType.DISCONNECT,
      MqttMessageType.AUTH);
  private static final Set<Integer> DISCONNECT_CODES =
      Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);
  /** Re-authentication; nothing of ours takes more than one step. */
  private static final Set<Integer> AUTH_CODES = Set.of(0x19);

  /** What the codec reads where bytes are no UTF-8. */
  private static final char NOT_UTF_8 = '\uFFFD';

  private static final Set<Integer> PUBACK_CODES =
      Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
  private static final Set<Integer> PUBREL_CODES = Set.of(0x00, 0x92);

  private ClientPackets() {}

  /** Null where there is nothing against it. */
  static @Nullable MqttFault fault(MqttMessage packet, boolean version5) {
    MqttMessageType type = packet.fixedHeader().messageType();
    if (!FROM_CLIENTS.contains(type)) {
      // Of QoS 2 we send nothing, so nobody has a PUBREC or PUBCOMP for us.
      return error(type + " is not for a client to send");
    }
    return switch (type) {
      case PUBLISH -> publish((MqttPublishMessage) packet, version5);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE ->
        ((MqttUnsubscribeMessage) packet).payload().topics().isEmpty()
            ? error("UNSUBSCRIBE without a topic")
            : null;
      case PUBACK -> reply(packet, PUBACK_CODES);
      case PUBREL -> reply(packet, PUBREL_CODES);
      case DISCONNECT -> version5 ? code(packet, DISCONNECT_CODES) : null;
      case AUTH -> code(packet, AUTH_CODES);
      default -> null;
    };
  }

  /**
   * Retained messages are not kept (MQTT 5.0, 3.2.2.3.5). 3.1.1 has no word for it: there the flag is
   * passed over, since the batch itself is fine.
   */
  private static @Nullable MqttFault publish(MqttPublishMessage packet, boolean version5) {
    if (!version5) {
      return null;
    }
    return packet.fixedHeader().isRetain()
        ? new MqttFault(MqttDisconnectReasonCode.RETAIN_NOT_SUPPORTED, "retained publish")
        : PublishProperties.fault(packet);
  }

  private static @Nullable MqttFault subscribe(MqttSubscribeMessage packet) {
    if (packet.payload().topicSubscriptions().isEmpty()) {
      return error("SUBSCRIBE without a topic");
    }
    for (MqttTopicSubscription one : packet.payload().topicSubscriptions()) {
      String filter = String.valueOf(one.topicFilter());
      if (filter.indexOf(NOT_UTF_8) >= 0 || filter.indexOf('\0') >= 0) { // MQTT 5.0, 1.5.4
        return new MqttFault(MqttDisconnectReasonCode.MALFORMED_PACKET, "a filter is no text");
      }
      if (one.option().isNoLocal() && filter.startsWith("$share/")) { // MQTT 5.0, 3.8.3.1
        return error("no local of a shared subscription");
      }
    }
    MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
    return properties.getProperties(MqttProperties.SUBSCRIPTION_IDENTIFIER).isEmpty()
        ? null
        : new MqttFault(
            MqttDisconnectReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            "subscription identifier");
  }

  private static @Nullable MqttFault reply(MqttMessage packet, Set<Integer> known) {
    return packet.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
        ? code(header.reasonCode(), known)
        : null;
  }

  private static @Nullable MqttFault code(MqttMessage packet, Set<Integer> known) {
    return packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
        ? code(header.reasonCode(), known)
        : null;
  }

  private static @Nullable MqttFault code(byte reason, Set<Integer> known) {
    int code = reason & 0xFF;
    return known.contains(code) ? null : error("reason code " + code);
  }

  private static MqttFault error(String text) {
    return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, text);
  }
}
