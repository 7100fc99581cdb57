package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Looks at MQTT packets (MQTT 5.0, 2.1) while their bytes pass, so that one that is too long, or none at
 * all, is noticed before the decoder behind gathers any of it: that one reads properties of up to 256 MiB,
 * again from their beginning with every segment that comes. Of a publish of 3.1.1 that is too long the
 * beginning passes, announced as a {@link CutPublish}: only an answer to it can tell that version.
 */
final class MqttFrameLimit extends ChannelInboundHandlerAdapter {
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int SUBSCRIBE = 8;
  private static final int MOST_LENGTH_BYTES = 4;
  /** Where a CONNECT has the version, behind its fixed header. */
  private static final int VERSION_AT = 6;

  private final int maxConnectBytes;
  private final int maxPacketBytes;
  private @Nullable SubscribeOptions options;
  private int version;
  private boolean connected;
  private boolean ended;
  /** Bytes of the current packet that are still to pass, and those behind them that are not to. */
  private int remaining;

  private int dropped;
  /** Bytes of the fixed header seen so far; 0 between packets. The header itself, its first byte highest. */
  private int headerBytes;

  private long header;
  /** Bytes of it that came with an earlier segment, and wait for the rest. */
  private int heldBytes;

  private int length;
  private int type;

  MqttFrameLimit(int maxConnectBytes, int maxPacketBytes) {
    this.maxConnectBytes = maxConnectBytes;
    this.maxPacketBytes = maxPacketBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      look(context, bytes);
    } finally {
      bytes.release();
    }
  }

  private void look(ChannelHandlerContext context, ByteBuf bytes) {
    int from = bytes.readerIndex(); // what comes before has passed
    int at = from;
    int packetAt = from;
    while (at < bytes.writerIndex() && !ended) {
      int left = bytes.writerIndex() - at;
      MqttFault fault = null;
      if (remaining > 0) {
        int inside = Math.min(remaining, left);
        fault = inside(bytes, at, inside);
        remaining -= inside;
        at += inside;
      } else if (dropped > 0) {
        pass(context, bytes, from, at);
        int lost = Math.min(dropped, left);
        dropped -= lost;
        at += lost;
        from = at;
      } else {
        packetAt = headerBytes == 0 ? at : packetAt;
        fault = header(bytes.getUnsignedByte(at++));
        if (fault == null && headerBytes == 0) {
          from = begin(context, bytes, from, packetAt, at);
        }
      }
      if (fault != null) {
        ended = true;
        pass(context, bytes, from, packetAt); // it is still good
        context.fireUserEventTriggered(fault);
      }
    }
    if (!ended) {
      heldBytes = headerBytes;
      pass(context, bytes, from, headerBytes == 0 ? at : packetAt);
    }
  }

  private static void pass(ChannelHandlerContext context, ByteBuf bytes, int from, int to) {
    if (from == bytes.readerIndex() && to == bytes.writerIndex()) {
      context.fireChannelRead(bytes.retain());
    } else if (from < to) {
      context.fireChannelRead(bytes.retainedSlice(from, to - from));
    }
  }

  /** The header of a packet is complete. Returns from where on nothing has passed. */
  private int begin(
      ChannelHandlerContext context, ByteBuf bytes, int from, int packetAt, int bodyAt) {
    if (dropped > 0) {
      heldBytes = 0;
      pass(context, bytes, from, packetAt);
      context.fireUserEventTriggered(new CutPublish(remaining + dropped));
      context.fireChannelRead(CutPublish.header(context.alloc(), type, remaining));
      return bodyAt;
    }
    if (heldBytes > 0) {
      ByteBuf held = context.alloc().buffer(heldBytes);
      for (int later = 0; later < heldBytes; later++) {
        held.writeByte((int) (header >>> (8 * (Long.BYTES - 1 - later))));
      }
      heldBytes = 0;
      context.fireChannelRead(held);
    }
    return from;
  }

  private @Nullable MqttFault header(int octet) {
    header = headerBytes == 0 ? 0 : header;
    header |= (long) octet << (8 * (Long.BYTES - 1 - headerBytes));
    if (headerBytes++ == 0) {
      type = octet;
      length = 0;
      return connected || octet >> 4 == CONNECT
          ? null
          : new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "first packet is no CONNECT");
    }
    int digit = headerBytes - 2;
    length |= (octet & 0x7F) << (7 * digit);
    if ((octet & 0x80) != 0) {
      return digit + 1 < MOST_LENGTH_BYTES
          ? null
          : new MqttFault(MqttDisconnectReasonCode.MALFORMED_PACKET, "length has five bytes");
    }
    return complete();
  }

  private @Nullable MqttFault complete() {
    int most = connected ? maxPacketBytes : maxConnectBytes;
    int whole = headerBytes + length;
    headerBytes = 0;
    remaining = length;
    options = type >> 4 == SUBSCRIBE ? new SubscribeOptions(version >= MqttDoor.MQTT_5) : null;
    if (whole > most) {
      if (!isToBeCut()) {
        return new MqttFault(
            MqttDisconnectReasonCode.PACKET_TOO_LARGE, whole + " bytes, at most " + most);
      }
      remaining = CutPublish.BYTES;
      dropped = length - remaining;
    }
    connected = true;
    return null;
  }

  private boolean isToBeCut() {
    return type >> 4 == PUBLISH
        && version == MqttDoor.MQTT_3_1_1
        && length > CutPublish.BYTES
        && length <= CutPublish.MOST_BYTES;
  }

  private @Nullable MqttFault inside(ByteBuf bytes, int at, int count) {
    int seen = length - dropped - remaining;
    if (type >> 4 == CONNECT && seen <= VERSION_AT && VERSION_AT < seen + count) {
      version = bytes.getUnsignedByte(at + VERSION_AT - seen);
    }
    SubscribeOptions looked = options;
    for (int i = at; looked != null && i < at + count; i++) {
      if (!looked.accepts(bytes.getUnsignedByte(i))) {
        return new MqttFault(
            MqttDisconnectReasonCode.MALFORMED_PACKET, "reserved bits of a subscription");
      }
    }
    return null;
  }
}
