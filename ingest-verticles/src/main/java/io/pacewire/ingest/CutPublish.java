package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;

/**
 * A publish of MQTT 3.1.1 that is longer than any that is taken: its beginning goes its way as a packet, to
 * be refused by name and answered; the rest is not kept.
 *
 * @param bytes that it had behind its fixed header
 */
record CutPublish(int bytes) {
  /** Of the beginning: topic, packet id, and all that a batch says of itself in front of its body. */
  static final int BYTES = 512;

  static final int HEADER_BYTES = 3;

  /** Whoever sends a longer one sends no batch, and is not heard to its end. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  /** What no client of 3.1.1 can send, as that version has no properties. */
  private static final int PROPERTY = MqttProperties.PUBLICATION_EXPIRY_INTERVAL;

  /** A fixed header for so many bytes, as many as have a length of two digits. */
  static ByteBuf header(ByteBufAllocator allocator, int first, int bytes) {
    return allocator
        .buffer(HEADER_BYTES + bytes)
        .writeByte(first)
        .writeByte((bytes & 0x7F) | 0x80)
        .writeByte(bytes >> 7);
  }

  MqttPublishMessage mark(MqttPublishMessage beginning) {
    MqttPublishVariableHeader header = beginning.variableHeader();
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(PROPERTY, bytes));
    return new MqttPublishMessage(
        beginning.fixedHeader(),
        new MqttPublishVariableHeader(header.topicName(), header.packetId(), properties),
        beginning.content());
  }

  /** How long it was, of a message of 3.1.1; 0 for one that came whole. */
  static int wholeBytes(MqttProperties properties) {
    return (int) MqttConnectRequest.number(properties, PROPERTY, 0);
  }
}
