package io.pacewire.ingest;

import static io.pacewire.ingest.PacketBounds.AUTH;
import static io.pacewire.ingest.PacketBounds.CONNECT;
import static io.pacewire.ingest.PacketBounds.DISCONNECT;
import static io.pacewire.ingest.PacketBounds.PUBACK;
import static io.pacewire.ingest.PacketBounds.PUBREL;
import static io.pacewire.ingest.PacketBounds.SUBSCRIBE;
import static io.pacewire.ingest.PacketBounds.UNSUBSCRIBE;
import static io.pacewire.ingest.PacketBounds.WILL;

import io.netty.buffer.ByteBuf;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties of a client's packet of MQTT 5 byte by byte (2.2.2.2): the decoder behind keeps of
 * one that comes twice the last, and does not ask which packet it belongs to. PUBLISH has its own way, see
 * {@link PublishProperties}. Pure but for its position.
 */
final class PacketProperties {
  private static final int USER_PROPERTY = 0x26; // the one that may come more than once
  private static final int WILL_FLAG = 0x04;
  private static final int WILL_QOS_AND_RETAIN = 0x38;
  private static final int QOS_3 = 0x18;
  private static final int FLAGS_AFTER_NAME = 1;
  private static final int KEEP_ALIVE_AFTER_NAME = 2;
  private static final int VERSION_5 = 5;
  private static final int MOST_VARINT_BYTES = 4;

  private final ByteBuf packet;
  private final int end;
  private int at;

  private PacketProperties(ByteBuf packet, int at, int length) {
    this.packet = packet;
    this.at = at;
    this.end = at + length;
  }

  /** Null where there is nothing against what follows the fixed header of such a packet. */
  static @Nullable MqttFault fault(ByteBuf packet, int at, int length, int type, boolean version5) {
    PacketProperties reading = new PacketProperties(packet, at, length);
    try {
      return type == CONNECT ? reading.connect() : version5 ? reading.other(type) : null;
    } catch (IndexOutOfBoundsException beyond) {
      return malformed("it ends too soon");
    }
  }

  /** Also for what 3.1.1 says of its flags, with the same words (3.1.2). */
  private @Nullable MqttFault connect() {
    skip(2 + number(2)); // the protocol's name
    int version = packet.getUnsignedByte(at);
    int flags = packet.getUnsignedByte(at + FLAGS_AFTER_NAME);
    boolean will = (flags & WILL_FLAG) != 0;
    if (will ? (flags & QOS_3) == QOS_3 : (flags & WILL_QOS_AND_RETAIN) != 0) {
      return malformed("QoS or retain of a will");
    }
    if (version != VERSION_5) {
      return null;
    }
    skip(KEEP_ALIVE_AFTER_NAME + 2);
    MqttFault fault = properties(CONNECT);
    if (fault == null && will) {
      skip(2 + number(2)); // the client's id
      fault = properties(WILL);
    }
    return fault;
  }

  private @Nullable MqttFault other(int type) {
    switch (type) {
      case PUBACK, PUBREL -> at += 3;
      case SUBSCRIBE, UNSUBSCRIBE -> at += 2;
      case DISCONNECT, AUTH -> at += 1;
      default -> {
        return null;
      }
    }
    return at < end ? properties(type) : null;
  }

  private @Nullable MqttFault properties(int type) {
    int bytes = varint();
    int last = at + bytes;
    if (last > end) {
      return malformed("properties beyond its end");
    }
    long seen = 0;
    while (at < last) {
      int id = varint();
      if (!PacketProperty.isOf(id, type)) {
        return malformed("property " + id + " is another packet's");
      }
      if (id != USER_PROPERTY && (seen & 1L << id) != 0) {
        return error("property " + id + " twice");
      }
      seen |= 1L << id;
      MqttFault fault = value(id);
      if (fault != null) {
        return fault;
      }
    }
    return at == last ? null : malformed("a property beyond the others' end");
  }

  private @Nullable MqttFault value(int id) {
    switch (PacketProperty.kind(id)) {
      case FLAG -> {
        if (number(1) > 1) {
          return error("property " + id + " is neither 0 nor 1");
        }
        skip(1);
      }
      case TWO -> skip(2);
      case FOUR -> skip(4);
      case NUMBER -> {
        int unused = varint();
      }
      case TEXT -> skip(2 + number(2));
      case PAIR -> {
        skip(2 + number(2));
        skip(2 + number(2));
      }
    }
    return null;
  }

  private int number(int bytes) {
    skip(bytes);
    at -= bytes;
    return bytes == 1 ? packet.getUnsignedByte(at) : packet.getUnsignedShort(at);
  }

  private int varint() {
    int value = 0;
    for (int digit = 0; digit < MOST_VARINT_BYTES; digit++) {
      skip(1);
      int octet = packet.getUnsignedByte(at - 1);
      value |= (octet & 0x7F) << (7 * digit);
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of five bytes");
  }

  private void skip(int bytes) {
    at += bytes;
    if (at > end) {
      throw new IndexOutOfBoundsException("beyond the packet");
    }
  }

  private static MqttFault malformed(String text) {
    return new MqttFault(MqttDisconnectReasonCode.MALFORMED_PACKET, text);
  }

  private static MqttFault error(String text) {
    return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, text);
  }
}
