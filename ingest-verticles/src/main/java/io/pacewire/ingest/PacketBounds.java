package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/** What a whole packet is looked at for before it is decoded. Pure. */
final class PacketBounds {
  static final int WILL = 0; // a part of CONNECT, with properties of its own
  static final int CONNECT = 1;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int PUBREL = 6;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int DISCONNECT = 14;
  static final int AUTH = 15;

  /** Of a packet that carries no batch, and of the properties of one that does. */
  static final int MOST_BYTES = 16 * 1024;

  /** Of one SUBSCRIBE: there are two topics for a device. */
  static final int MOST_FILTERS = 64;

  private static final int MOST_LENGTH_BYTES = 4;

  private PacketBounds() {}

  /** By its fixed header alone. */
  static @Nullable MqttFault length(int type, int wholeBytes, int maxPacketBytes) {
    if (wholeBytes > maxPacketBytes) {
      return new MqttFault(
          MqttDisconnectReasonCode.PACKET_TOO_LARGE,
          wholeBytes + " bytes, at most " + maxPacketBytes);
    }
    return type != PUBLISH && wholeBytes > MOST_BYTES
        ? tooMuch(wholeBytes + " bytes that are no batch")
        : null;
  }

  /** @param at where what follows the fixed header begins, {@code length} bytes of it */
  static @Nullable MqttFault body(ByteBuf packet, int at, int length, int first, boolean version5) {
    int type = first >> 4 & 0xF;
    return switch (type) {
      case SUBSCRIBE -> {
        MqttFault fault = subscribe(packet, at, length, version5);
        yield fault == null ? PacketProperties.fault(packet, at, length, type, version5) : fault;
      }
      case PUBLISH ->
        version5
                && length > MOST_BYTES
                && propertiesBytes(packet, at, length, (first & 6) != 0) > MOST_BYTES
            ? tooMuch("properties of more than " + MOST_BYTES + " bytes")
            : null;
      default -> PacketProperties.fault(packet, at, length, type, version5);
    };
  }

  private static @Nullable MqttFault subscribe(
      ByteBuf packet, int at, int length, boolean version5) {
    SubscribeOptions options = new SubscribeOptions(version5);
    for (int i = at; i < at + length; i++) {
      if (!options.accepts(packet.getUnsignedByte(i))) {
        return new MqttFault(
            MqttDisconnectReasonCode.MALFORMED_PACKET, "reserved bits of a subscription");
      }
    }
    return options.filters() > MOST_FILTERS
        ? tooMuch("more than " + MOST_FILTERS + " filters")
        : null;
  }

  /** As the packet says; the decoder finds out where it says nonsense. */
  private static int propertiesBytes(ByteBuf packet, int at, int length, boolean hasPacketId) {
    int end = at + length;
    int digitAt = at + 2 + packet.getUnsignedShort(at) + (hasPacketId ? 2 : 0);
    int bytes = 0;
    for (int digit = 0; digit < MOST_LENGTH_BYTES && digitAt < end; digit++) {
      int octet = packet.getUnsignedByte(digitAt++);
      bytes |= (octet & 0x7F) << (7 * digit);
      if ((octet & 0x80) == 0) {
        break;
      }
    }
    return bytes;
  }

  private static MqttFault tooMuch(String text) {
    return new MqttFault(MqttDisconnectReasonCode.QUOTA_EXCEEDED, text);
  }
}
