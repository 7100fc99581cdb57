package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * In front of the decoder of a WebSocket, which would end it with a frame that is too long (RFC 6455, 5.2 and
 * 7.4.1). Of a message that is longer than any that is taken the beginning passes, enough to tell which batch
 * it was, and the rest is thrown away as it comes: what is sent behind it is read like anything else. Used
 * from one event loop.
 */
final class LongMessages extends ChannelInboundHandlerAdapter {
  /** Of the beginning: all that a batch says of itself in front of its body. */
  static final int BEGINNING_BYTES = CutPublish.BYTES;

  /** Whoever sends a longer frame sends no batch, and is not heard to its end. */
  static final int MOST_BYTES = CutPublish.MOST_BYTES;

  private static final int LONGEST_HEADER = 2 + Long.BYTES + Integer.BYTES;
  private static final int SHORTEST_HEADER = 2;
  private static final int MASK_BYTES = 4;
  private static final int TWO_MORE = 126;
  private static final int FINAL = 0x80;
  private static final int GO_ON = 0;
  private static final int BINARY = 2;

  private final int mostBytes;
  private final IntConsumer thrown;
  private final Queue<Cut> cuts = new ArrayDeque<>();
  private final byte[] header = new byte[LONGEST_HEADER];
  /** Of a header that is not there as a whole. */
  private int headerBytes;

  private long passingBytes;
  private long droppingBytes;
  private long begunNanos;

  private long messages;
  private long messageBytes;
  private long passedBytes;
  private boolean isCut;

  private long asked;

  /** The message of that number had so many bytes. */
  private record Cut(long message, int bytes) {}

  /** @param thrown is told of bytes that nobody will see, in front of whatever else is told of them */
  LongMessages(int mostBytes, IntConsumer thrown) {
    this.mostBytes = mostBytes;
    this.thrown = thrown;
  }

  /** How long the next message is of which only the beginning passed; 0 where all of it did. Once for each. */
  int nextCutBytes() {
    asked++;
    Cut next = cuts.peek();
    if (next == null || next.message != asked) {
      return 0;
    }
    cuts.remove();
    return next.bytes;
  }

  /** Whether what is thrown away, or a header, takes too long; for who is not read it begins anew. */
  boolean isOverdue(boolean isRead, long withinNanos, long nowNanos) {
    if (!isRead) {
      begunNanos = nowNanos;
    }
    return (droppingBytes > 0 || headerBytes > 0) && nowNanos - begunNanos > withinNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    int end = bytes.writerIndex();
    int from = bytes.readerIndex(); // what comes before has passed
    int at = from;
    while (at < end) {
      if (passingBytes > 0) {
        int taken = (int) Math.min(passingBytes, end - at);
        passingBytes -= taken;
        at += taken;
      } else if (droppingBytes > 0) {
        pass(context, bytes, from, at);
        at += drop(end - at);
        from = at;
      } else if (headerBytes == 0 && isWhole(bytes, at, end) && keepsHeader(bytes, at)) {
        at += size(bytes.getByte(at + 1));
      } else {
        pass(context, bytes, from, at);
        at = header(context, bytes, at, end);
        from = at;
      }
    }
    if (from == bytes.readerIndex() && from < end) {
      context.fireChannelRead(bytes);
    } else {
      pass(context, bytes, from, end);
      bytes.release();
    }
  }

  private static void pass(ChannelHandlerContext context, ByteBuf bytes, int from, int to) {
    if (from < to) {
      context.fireChannelRead(bytes.retainedSlice(from, to - from));
    }
  }

  private int drop(int there) {
    int taken = (int) Math.min(droppingBytes, there);
    droppingBytes -= taken;
    thrown.accept(taken);
    return taken;
  }

  private static boolean isWhole(ByteBuf bytes, int at, int end) {
    return end - at >= SHORTEST_HEADER && end - at >= size(bytes.getByte(at + 1));
  }

  private static int size(byte second) {
    return SHORTEST_HEADER + lengthBytes(second) + (second < 0 ? MASK_BYTES : 0);
  }

  private static int lengthBytes(byte second) {
    int length = second & 0x7F;
    return length < TWO_MORE ? 0 : length == TWO_MORE ? Short.BYTES : Long.BYTES;
  }

  /** What nearly every frame is: one that passes as it came. */
  private boolean keepsHeader(ByteBuf bytes, int at) {
    long length = length(bytes, at);
    int first = bytes.getByte(at);
    if (kept(first, length) < length) {
      return false;
    }
    began(first, length, length);
    passingBytes = length < 0 ? Long.MAX_VALUE : length; // which the decoder will not take
    return true;
  }

  private static long length(ByteBuf bytes, int at) {
    int length = bytes.getByte(at + 1) & 0x7F;
    return length < TWO_MORE
        ? length
        : length == TWO_MORE
            ? bytes.getUnsignedShort(at + SHORTEST_HEADER)
            : bytes.getLong(at + SHORTEST_HEADER);
  }

  /** Gathers it, and returns up to where it was taken from what came. */
  private int header(ChannelHandlerContext context, ByteBuf bytes, int from, int end) {
    if (headerBytes == 0) {
      begunNanos = System.nanoTime();
    }
    int at = from;
    while (at < end) {
      header[headerBytes++] = bytes.getByte(at++);
      if (headerBytes >= SHORTEST_HEADER && headerBytes == size(header[1])) {
        ByteBuf whole = context.alloc().buffer(LONGEST_HEADER).writeBytes(header, 0, headerBytes);
        headerBytes = 0;
        complete(context, whole);
        return at;
      }
    }
    return at;
  }

  private void complete(ChannelHandlerContext context, ByteBuf whole) {
    int first = whole.getByte(0);
    long length = length(whole, 0);
    long kept = kept(first, length);
    began(first, length, kept);
    if (kept == length) {
      passingBytes = length < 0 ? Long.MAX_VALUE : length; // which the decoder will not take
      context.fireChannelRead(whole);
      return;
    }
    passingBytes = kept;
    droppingBytes = length - kept;
    if (kept > 0 || (first & FINAL) != 0) {
      context.fireChannelRead(shorter(whole, (int) kept));
    } else {
      thrown.accept(whole.readableBytes());
      whole.release();
    }
  }

  private static ByteBuf shorter(ByteBuf whole, int length) {
    byte second = whole.getByte(1);
    byte[] mask = new byte[second < 0 ? MASK_BYTES : 0];
    whole.getBytes(size(second) - mask.length, mask);
    int masked = second & FINAL;
    byte first = whole.getByte(0);
    whole.clear().writeByte(first);
    if (length < TWO_MORE) {
      whole.writeByte(masked | length);
    } else {
      whole.writeByte(masked | TWO_MORE).writeShort(length);
    }
    return whole.writeBytes(mask);
  }

  /** How much of a frame is to pass: all of it unless its message is too long with it. */
  private long kept(int first, long length) {
    int opcode = first & 0x0F;
    boolean isPart = opcode == BINARY || opcode == GO_ON;
    if (!isPart || length < 0 || length > MOST_BYTES) {
      return length;
    }
    boolean begins = opcode == BINARY;
    if (!begins && isCut) {
      return 0;
    }
    long before = begins ? 0 : passedBytes;
    return before + length <= mostBytes
        ? length
        : before == 0 ? Math.min(BEGINNING_BYTES, length) : 0;
  }

  private void began(int first, long length, long kept) {
    int opcode = first & 0x0F;
    if (opcode > BINARY) {
      return; // amid a message, of which it is none
    }
    if (opcode != GO_ON) {
      messageBytes = 0;
      passedBytes = 0;
      isCut = false;
    }
    messageBytes += length;
    passedBytes += kept;
    isCut |= kept < length;
    if ((first & FINAL) != 0) {
      messages++;
      if (isCut) {
        cuts.add(new Cut(messages, (int) Math.min(messageBytes, Integer.MAX_VALUE)));
      }
      isCut = false;
      passedBytes = 0;
      messageBytes = 0;
    }
  }
}
