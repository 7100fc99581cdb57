package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/** The fixed header of the packet that comes (MQTT 5.0, 2.1.1), and how much of it is to pass. */
final class PacketHeader {
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int UNKNOWN = -1;

  private final int maxPacketBytes;
  private int wholeBytes = UNKNOWN;
  private int bytes;
  private int cutBytes;
  private int droppedBytes;

  PacketHeader(int maxPacketBytes) {
    this.maxPacketBytes = maxPacketBytes;
  }

  /** Reads it as far as it is there. */
  @Nullable
  MqttFault read(ByteBuf packet, int at, int end, int version) {
    int type = packet.getUnsignedByte(at) >> 4;
    forget();
    int length = 0;
    for (int digit = 0; at + 1 + digit < end; digit++) {
      if (digit == MOST_LENGTH_BYTES) {
        break;
      }
      int octet = packet.getUnsignedByte(at + 1 + digit);
      length |= (octet & 0x7F) << (7 * digit);
      if ((octet & 0x80) == 0) {
        bytes = 2 + digit;
        return bounded(type, length, version);
      }
      if (digit + 1 == MOST_LENGTH_BYTES) {
        return new MqttFault(MqttDisconnectReasonCode.MALFORMED_PACKET, "length has five bytes");
      }
    }
    return null;
  }

  private @Nullable MqttFault bounded(int type, int length, int version) {
    wholeBytes = bytes + length;
    MqttFault fault = PacketBounds.length(type, wholeBytes, maxPacketBytes);
    if (fault != null && isToBeCut(type, length, version)) {
      cutBytes = length;
      droppedBytes = length - CutPublish.BYTES;
      bytes = CutPublish.HEADER_BYTES;
      wholeBytes = bytes + CutPublish.BYTES;
      return null;
    }
    return fault;
  }

  private static boolean isToBeCut(int type, int length, int version) {
    return type == PacketBounds.PUBLISH
        && version == MqttDoor.MQTT_3_1_1
        && length > CutPublish.BYTES
        && length <= CutPublish.MOST_BYTES;
  }

  /** Before the next packet. */
  void forget() {
    wholeBytes = UNKNOWN;
    cutBytes = 0;
    droppedBytes = 0;
  }

  /** Whether all of it was there. */
  boolean isKnown() {
    return wholeBytes != UNKNOWN;
  }

  /** So long the packet is, as it is to pass. */
  int wholeBytes() {
    return wholeBytes;
  }

  /** The header's own. */
  int bytes() {
    return bytes;
  }

  /** How long one is, behind its header, that is cut; 0 where it is to pass whole. */
  int cutBytes() {
    return cutBytes;
  }

  /** Of that one, what is not to pass. */
  int droppedBytes() {
    return droppedBytes;
  }
}
