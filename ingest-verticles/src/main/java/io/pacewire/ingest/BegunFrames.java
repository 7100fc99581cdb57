package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * In front of the decoder of a WebSocket, which gathers a frame until it is there as a whole (RFC 6455,
 * 5.2): counts what it holds, by what went in and what came out again. Who is nobody yet may send a CONNECT
 * and what goes before it, no more.
 */
final class BegunFrames extends ChannelInboundHandlerAdapter {
  /** The request that becomes a WebSocket, and a CONNECT. */
  static final int MOST_OF_NOBODY = 8 * 1024 + PacketBounds.MOST_BYTES;

  private static final int HEADER_BYTES = 2 + 4; // with its mask
  private static final int MOST_SHORT = 125;
  private static final int MOST_MIDDLE = 65_535;

  private final ReadAhead unfinished;
  private final BooleanSupplier waits;
  private final Consumer<ReadAheadLimit> full;
  private final boolean joinsParts;
  private int decoderBytes;
  private int messageBytes;
  private int heldBytes;
  private int allBytes;
  private long begunNanos;
  /** Something left the decoder with which nothing was begun any more. */
  private boolean ended;

  private boolean stopped;

  /**
   * @param joinsParts whether fragments are held behind until their message is whole
   * @param waits whether who sends is still to say who it is
   * @param full told once of what has no room: nothing that comes is taken any more
   */
  BegunFrames(
      ReadAhead unfinished,
      boolean joinsParts,
      BooleanSupplier waits,
      Consumer<ReadAheadLimit> full) {
    this.unfinished = unfinished;
    this.joinsParts = joinsParts;
    this.waits = waits;
    this.full = full;
  }

  /** Whether a frame, or a message in parts, takes too long; for who is not read it begins anew. */
  boolean isOverdue(boolean isRead, long withinNanos, long nowNanos) {
    if (!isRead) {
      begunNanos = nowNanos;
    }
    return heldBytes > 0 && !stopped && nowNanos - begunNanos > withinNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    if (stopped) {
      bytes.release();
      return;
    }
    int bufferBytes = bytes.capacity();
    int length = bytes.readableBytes();
    decoderBytes += length;
    ended = heldBytes == 0;
    context.fireChannelRead(bytes);
    settle(bufferBytes);
    allBytes += length;
    if (allBytes > MOST_OF_NOBODY) {
      allBytes = MOST_OF_NOBODY; // or else it wraps around some day
      if (!stopped && waits.getAsBoolean()) {
        unfinished.ended(ReadAheadLimit.CONNECT_BYTES);
        stop(ReadAheadLimit.CONNECT_BYTES);
      }
    }
  }

  /** To be told of each frame behind the decoder. */
  void decoded(WebSocketFrame frame) {
    int payload = frame.content().readableBytes();
    int length = payload <= MOST_SHORT ? 0 : payload <= MOST_MIDDLE ? 2 : 8;
    decoderBytes -= HEADER_BYTES + length + payload;
    if (joinsParts) {
      join(frame, payload);
    }
    ended |= messageBytes == 0; // a ping amid a message ends nothing
  }

  private void join(WebSocketFrame frame, int payload) {
    if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
      messageBytes = frame.isFinalFragment() ? 0 : messageBytes + HEADER_BYTES + payload;
    }
  }

  /** Before there are frames: a request came as a whole. */
  void requested() {
    decoderBytes = 0;
    ended = true;
  }

  /** What began at the end of a buffer keeps all of it. */
  private void settle(int bufferBytes) {
    decoderBytes = Math.max(0, decoderBytes);
    int decoder = ended && decoderBytes > 0 ? Math.max(decoderBytes, bufferBytes) : decoderBytes;
    int now = decoder + messageBytes;
    if (now > 0 && ended) {
      begunNanos = System.nanoTime();
    }
    ReadAheadLimit limit = unfinished.change(now - heldBytes);
    if (limit == null) {
      heldBytes = now;
    } else {
      stop(limit);
    }
  }

  /** Nobody decodes what still comes. */
  void drop() {
    stopped = true;
    unfinished.close();
  }

  private void stop(ReadAheadLimit limit) {
    stopped = true;
    full.accept(limit);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    unfinished.close();
  }
}
