package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the fixed headers of MQTT packets (MQTT 5.0, 2.1) while their bytes pass, so that one that is
 * too long, or none at all, is noticed before the decoder behind gathers any of it: that one reads
 * properties of up to 256 MiB, again from their beginning with every segment that comes.
 */
final class MqttFrameLimit extends ChannelInboundHandlerAdapter {
  private static final int CONNECT = 1;
  private static final int MOST_LENGTH_BYTES = 4;

  private final int maxConnectBytes;
  private final int maxPacketBytes;
  private boolean connected;
  private boolean ended;
  /** Bytes of the current packet that are still to pass. */
  private int remaining;
  /** Bytes of the fixed header seen so far; 0 between packets. */
  private int headerBytes;

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
    if (ended) {
      bytes.release();
      return;
    }
    int begin = bytes.readerIndex();
    int good = begin;
    MqttFault fault = null;
    for (int at = begin; at < bytes.writerIndex() && fault == null; ) {
      if (headerBytes == 0) {
        good = at;
      }
      int skipped = Math.min(remaining, bytes.writerIndex() - at);
      remaining -= skipped;
      at += skipped;
      if (skipped == 0) {
        fault = header(bytes.getUnsignedByte(at++));
      }
    }
    if (fault == null) {
      context.fireChannelRead(bytes);
    } else {
      end(context, bytes, good - begin, fault);
    }
  }

  /** What came before the fault is still good. */
  private void end(ChannelHandlerContext context, ByteBuf bytes, int goodBytes, MqttFault fault) {
    ended = true;
    if (goodBytes > 0) {
      context.fireChannelRead(bytes.readRetainedSlice(goodBytes));
    }
    bytes.release();
    context.fireUserEventTriggered(fault);
  }

  private @Nullable MqttFault header(int octet) {
    if (headerBytes++ == 0) {
      type = octet >> 4;
      length = 0;
      return connected || type == CONNECT
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
    connected = true;
    return whole <= most
        ? null
        : new MqttFault(
            MqttDisconnectReasonCode.PACKET_TOO_LARGE, whole + " bytes, at most " + most);
  }
}
