package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import org.jspecify.annotations.Nullable;

/**
 * PUBACKs of one connection on their way out: those of a turn in one buffer, since a packet of four
 * bytes costs far more to send through the pipeline than to write (MQTT 3.1.1, 3.4; MQTT 5.0, 3.4.2.1:
 * without a reason it means success). All of them go past Vert.x's own queue, so that none overtakes
 * another. Used from the connection's event loop.
 */
final class PubAcks {
  private static final int FIRST_BYTE = MqttMessageType.PUBACK.value() << 4;
  private static final int LENGTH = 2;
  private static final int BYTES = 4;
  private static final int USUAL = 64;

  /** Writes bytes: what is before the codec. */
  private final ChannelHandlerContext encoder;
  /** Writes packets: what is behind it. */
  private final ChannelHandlerContext packets;

  private @Nullable ByteBuf written;

  PubAcks(ChannelHandlerContext encoder, ChannelHandlerContext packets) {
    this.encoder = encoder;
    this.packets = packets;
  }

  void success(int packetId) {
    ByteBuf buffer = written;
    if (buffer == null) {
      buffer = encoder.alloc().buffer(USUAL * BYTES);
      written = buffer;
    }
    var unused = buffer.writeByte(FIRST_BYTE).writeByte(LENGTH).writeShort(packetId);
  }

  void refusal(int packetId, byte reason, MqttProperties properties) {
    flush();
    var unused = packets.writeAndFlush(new MqttMessage(
        new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
        new MqttPubReplyMessageVariableHeader(packetId, reason, properties)));
  }

  void flush() {
    ByteBuf buffer = written;
    if (buffer != null) {
      written = null;
      var unused = encoder.writeAndFlush(buffer);
    }
  }
}
