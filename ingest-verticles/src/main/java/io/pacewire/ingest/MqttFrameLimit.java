package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole MQTT packets (MQTT 5.0, 2.1) within their bounds: the decoder behind would read one that
 * is not complete from its beginning, again with every segment that comes, however small. What came whole
 * passes in the buffer it came in; the rest is gathered. One that is too long is noticed by its header. Of
 * a publish of 3.1.1 that is too long the beginning passes, announced as a {@link CutPublish}: only an
 * answer to it can tell that version.
 */
final class MqttFrameLimit extends ChannelInboundHandlerAdapter {
  /** Where a CONNECT has the version, behind its fixed header. */
  private static final int VERSION_AT = 6;

  private static final int NAME = 0x4D515454; // MQTT

  private static final int LEAST_GATHERED_BYTES = 256;

  private final PacketHeader header;
  private final ReadAhead unfinished;
  private int version;
  private boolean connected;
  /** Its CONNECT is at fault, and to be answered as one. */
  private boolean connecting;

  private boolean ended;
  /** Of a packet that has begun in an earlier segment. */
  private @Nullable ByteBuf gathered;

  private int heldBytes;

  private long begunNanos;
  /** Bytes behind it that are not to pass. */
  private int dropped;

  /** @param unfinished closed with the connection */
  MqttFrameLimit(int maxPacketBytes, ReadAhead unfinished) {
    this.unfinished = unfinished;
    this.header = new PacketHeader(maxPacketBytes);
  }

  /** Whose connection it is. */
  void belongsTo(UUID athlete) {
    unfinished.belongsTo(athlete);
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
        boolean whole =
            header.isKnown() && header.cutBytes() == 0 && header.wholeBytes() <= end - at;
        fault = fault == null && whole ? body(bytes, at) : fault;
        if (fault == null && whole) {
          at += header.wholeBytes();
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
    header.forget(); // is read again where it is gathered
    dropped = 0;
    gathered = context.alloc().buffer(Math.max(LEAST_GATHERED_BYTES, here));
    hold(context);
  }

  /** What is gathered has grown, or is gone: without room for it the connection ends. */
  private void hold(ChannelHandlerContext context) {
    int now = gathered == null ? 0 : gathered.capacity();
    ReadAheadLimit full = unfinished.change(now - heldBytes);
    if (full == null) {
      heldBytes = now;
    } else {
      end(context, MqttFault.of(full));
    }
  }

  /** Returns how many of the bytes were taken. */
  private int gather(ChannelHandlerContext context, ByteBuf begun, ByteBuf bytes, int at) {
    int left = bytes.writerIndex() - at;
    if (!header.isKnown()) {
      begun.writeByte(bytes.getByte(at));
      MqttFault fault = header(begun, 0, begun.writerIndex());
      if (fault != null) {
        end(context, fault);
      } else if (header.cutBytes() > 0) {
        dropped = header.droppedBytes();
        gathered = CutPublish.header(context.alloc(), begun.getUnsignedByte(0), CutPublish.BYTES);
        begun.release();
        hold(context);
      } else if (header.wholeBytes() == begun.writerIndex()) {
        complete(context, begun);
      }
      return 1;
    }
    int taken = Math.min(left, header.wholeBytes() - begun.writerIndex());
    begun.writeBytes(bytes, at, taken);
    if (begun.writerIndex() == header.wholeBytes()) {
      complete(context, begun);
    } else {
      hold(context);
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
    hold(context);
    int cutBytes = header.cutBytes();
    header.forget();
    if (cutBytes > 0) {
      context.fireUserEventTriggered(new CutPublish(cutBytes));
    }
    context.fireChannelRead(packet);
  }

  private @Nullable MqttFault header(ByteBuf bytes, int at, int end) {
    if (!connected && bytes.getUnsignedByte(at) >> 4 != PacketBounds.CONNECT) {
      return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "first packet is no CONNECT");
    }
    return header.read(bytes, at, end, version);
  }

  private @Nullable MqttFault body(ByteBuf packet, int at) {
    int first = packet.getUnsignedByte(at);
    int length = header.wholeBytes() - header.bytes();
    boolean isFirst = !connected;
    if (isFirst) {
      connected = true;
      version = length > VERSION_AT ? packet.getUnsignedByte(at + header.bytes() + VERSION_AT) : 0;
    }
    MqttFault fault =
        PacketBounds.body(packet, at + header.bytes(), length, first, version >= MqttDoor.MQTT_5);
    connecting = isFirst
        && fault != null
        && first >> 4 == PacketBounds.CONNECT
        && length > VERSION_AT
        && packet.getInt(at + header.bytes() + 2) == NAME; // else it is no client of MQTT
    return fault;
  }

  private void release() {
    ByteBuf begun = gathered;
    gathered = null;
    if (begun != null) {
      begun.release();
    }
    ReadAheadLimit unused = unfinished.change(-heldBytes);
    heldBytes = 0;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
    unfinished.close();
  }
}
