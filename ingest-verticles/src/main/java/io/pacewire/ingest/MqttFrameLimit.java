package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole MQTT packets (MQTT 5.0, 2.1) within their bounds: the decoder behind would read one that
 * is not complete from its beginning, again with every segment that comes, however small. What came whole
 * passes in the buffer it came in; the rest is gathered. One that is too long is noticed by its header. Of
 * a publish of 3.1.1 that is too long the beginning passes, announced as a {@link CutPublish}: only an
 * answer to it can tell that version.
 */
final class MqttFrameLimit extends ChannelInboundHandlerAdapter {
  private static final int MOST_LENGTH_BYTES = 4;
  /** Where a CONNECT has the version, behind its fixed header. */
  private static final int VERSION_AT = 6;

  private static final int NAME = 0x4D515454; // MQTT

  private static final int LEAST_GATHERED_BYTES = 256;
  private static final int UNKNOWN = -1;

  private final int maxPacketBytes;
  private int version;
  private boolean connected;
  /** Its CONNECT is at fault, and to be answered as one. */
  private boolean connecting;

  private boolean ended;
  /** Of a packet that has begun in an earlier segment. */
  private @Nullable ByteBuf gathered;

  private long begunNanos;
  /** So long the packet is, as it is to pass. */
  private int wholeBytes = UNKNOWN;

  private int headerBytes;
  /** Bytes behind it that are not to pass, and how long one is that is cut for that. */
  private int dropped;

  private int cutBytes;

  MqttFrameLimit(int maxPacketBytes) {
    this.maxPacketBytes = maxPacketBytes;
  }

  /** Whether a packet that has begun takes too long; for who is not read it begins anew. */
  boolean isOverdue(boolean isRead, long withinNanos, long nowNanos) {
    if (!isRead) {
      begunNanos = nowNanos;
    }
    return (gathered != null || dropped > 0) && nowNanos - begunNanos > withinNanos;
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
    int end = bytes.writerIndex();
    while (at < end && !ended) {
      ByteBuf begun = gathered;
      if (begun != null) {
        at += gather(context, begun, bytes, at);
        from = at;
      } else if (dropped > 0) {
        int lost = Math.min(dropped, end - at);
        dropped -= lost;
        at += lost;
        from = at;
      } else {
        MqttFault fault = header(bytes, at, end);
        boolean whole = wholeBytes != UNKNOWN && cutBytes == 0 && wholeBytes <= end - at;
        fault = fault == null && whole ? body(bytes, at) : fault;
        if (fault == null && whole) {
          at += wholeBytes;
          continue;
        }
        pass(context, bytes, from, at);
        if (fault != null) {
          end(context, fault);
          return;
        }
        begin(context, end - at);
        from = at;
      }
    }
    if (!ended) {
      pass(context, bytes, from, at);
    }
  }

  private static void pass(ChannelHandlerContext context, ByteBuf bytes, int from, int to) {
    if (from == bytes.readerIndex() && to == bytes.writerIndex()) {
      if (from < to) {
        context.fireChannelRead(bytes.retain());
      }
    } else if (from < to) {
      context.fireChannelRead(bytes.retainedSlice(from, to - from));
    }
  }

  private void end(ChannelHandlerContext context, MqttFault fault) {
    ended = true;
    release();
    if (connecting) {
      connecting = false;
      if (version == MqttDoor.MQTT_5) { // the codec, which has seen no CONNECT, would write 3.1.1
        var unused = context.writeAndFlush(
            Unpooled.wrappedBuffer(new byte[] {0x20, 3, 0, fault.reason().value(), 0})); // CONNACK
      }
    }
    context.fireUserEventTriggered(fault);
  }

  private void begin(ChannelHandlerContext context, int here) {
    begunNanos = System.nanoTime();
    wholeBytes = UNKNOWN; // is read again where it is gathered
    cutBytes = 0;
    dropped = 0;
    gathered = context.alloc().buffer(Math.max(LEAST_GATHERED_BYTES, here));
  }

  /** Returns how many of the bytes were taken. */
  private int gather(ChannelHandlerContext context, ByteBuf begun, ByteBuf bytes, int at) {
    int left = bytes.writerIndex() - at;
    if (wholeBytes == UNKNOWN) {
      begun.writeByte(bytes.getByte(at));
      MqttFault fault = header(begun, 0, begun.writerIndex());
      if (fault != null) {
        end(context, fault);
      } else if (cutBytes > 0) {
        gathered = CutPublish.header(context.alloc(), begun.getUnsignedByte(0), CutPublish.BYTES);
        begun.release();
      } else if (wholeBytes == begun.writerIndex()) {
        complete(context, begun);
      }
      return 1;
    }
    int taken = Math.min(left, wholeBytes - begun.writerIndex());
    begun.writeBytes(bytes, at, taken);
    if (begun.writerIndex() == wholeBytes) {
      complete(context, begun);
    }
    return taken;
  }

  private void complete(ChannelHandlerContext context, ByteBuf packet) {
    MqttFault fault = body(packet, 0);
    if (fault != null) {
      end(context, fault);
      return;
    }
    gathered = null;
    wholeBytes = UNKNOWN;
    if (cutBytes > 0) {
      context.fireUserEventTriggered(new CutPublish(cutBytes));
      cutBytes = 0;
    }
    context.fireChannelRead(packet);
  }

  /** Reads the fixed header as far as it is there: its length stays unknown until it is. */
  private @Nullable MqttFault header(ByteBuf bytes, int at, int end) {
    int type = bytes.getUnsignedByte(at) >> 4;
    wholeBytes = UNKNOWN;
    if (!connected && type != PacketBounds.CONNECT) {
      return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "first packet is no CONNECT");
    }
    int length = 0;
    for (int digit = 0; at + 1 + digit < end; digit++) {
      if (digit == MOST_LENGTH_BYTES) {
        break;
      }
      int octet = bytes.getUnsignedByte(at + 1 + digit);
      length |= (octet & 0x7F) << (7 * digit);
      if ((octet & 0x80) == 0) {
        headerBytes = 2 + digit;
        return bounded(type, length);
      }
      if (digit + 1 == MOST_LENGTH_BYTES) {
        return new MqttFault(MqttDisconnectReasonCode.MALFORMED_PACKET, "length has five bytes");
      }
    }
    return null;
  }

  private @Nullable MqttFault bounded(int type, int length) {
    wholeBytes = headerBytes + length;
    MqttFault fault = PacketBounds.length(type, wholeBytes, maxPacketBytes);
    if (fault != null && isToBeCut(type, length)) {
      cutBytes = length;
      dropped = length - CutPublish.BYTES;
      headerBytes = CutPublish.HEADER_BYTES;
      wholeBytes = headerBytes + CutPublish.BYTES;
      return null;
    }
    return fault;
  }

  private boolean isToBeCut(int type, int length) {
    return type == PacketBounds.PUBLISH
        && version == MqttDoor.MQTT_3_1_1
        && length > CutPublish.BYTES
        && length <= CutPublish.MOST_BYTES;
  }

  private @Nullable MqttFault body(ByteBuf packet, int at) {
    int first = packet.getUnsignedByte(at);
    int length = wholeBytes - headerBytes;
    boolean isFirst = !connected;
    if (isFirst) {
      connected = true;
      version = length > VERSION_AT ? packet.getUnsignedByte(at + headerBytes + VERSION_AT) : 0;
    }
    MqttFault fault =
        PacketBounds.body(packet, at + headerBytes, length, first, version >= MqttDoor.MQTT_5);
    connecting = isFirst
        && fault != null
        && first >> 4 == PacketBounds.CONNECT
        && length > VERSION_AT
        && packet.getInt(at + headerBytes + 2) == NAME; // else it is no client of MQTT
    return fault;
  }

  private void release() {
    ByteBuf begun = gathered;
    gathered = null;
    if (begun != null) {
      begun.release();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }
}
