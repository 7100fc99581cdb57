package io.pacewire.gateway;

import io.vertx.core.buffer.Buffer;

/**
 * Where among the frames of a WebSocket the bytes of one direction are, told by the frames' headers alone
 * (RFC 6455, 5.2): nothing is kept of what they carry.
 */
final class FrameCourse {
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int SHORTEST_HEADER = 2;
  private static final int MASK_BYTES = 4;
  private static final int TWO_MORE = 126;

  private int headerBytes = SHORTEST_HEADER;
  private int lengthBytes;
  private int readBytes;
  private int opcode;
  private long payloadBytes;
  private boolean closed;
  private boolean asked;

  /** Takes all of it. */
  void pass(Buffer bytes) {
    for (int at = 0; at < bytes.length(); ) {
      at = toEnd(bytes, at);
    }
  }

  /** Takes what there is of one frame, and returns where the next may begin. */
  int toEnd(Buffer bytes, int from) {
    int at = from;
    while (at < bytes.length()) {
      if (readBytes < headerBytes) {
        header(bytes.getUnsignedByte(at++));
      } else {
        int taken = (int) Math.min(payloadBytes, bytes.length() - at);
        payloadBytes -= taken;
        at += taken;
      }
      if (readBytes == headerBytes && payloadBytes == 0) {
        readBytes = 0;
        headerBytes = SHORTEST_HEADER;
        return at;
      }
    }
    return at;
  }

  /** Whether a frame of somebody else's may go here. */
  boolean isBetweenFrames() {
    return readBytes == 0;
  }

  /** The last frame has begun. */
  boolean isClosed() {
    return closed;
  }

  /** Whether a frame that is answered, which a pong is not, has begun since this was asked last. */
  boolean tookQuestion() {
    boolean had = asked;
    asked = false;
    return had;
  }

  private void header(int next) {
    if (readBytes == 0) {
      opcode = next & 0x0F;
    } else if (readBytes == 1) {
      int length = next & 0x7F;
      lengthBytes = length < TWO_MORE ? 0 : length == TWO_MORE ? Short.BYTES : Long.BYTES;
      payloadBytes = lengthBytes == 0 ? length : 0;
      headerBytes = SHORTEST_HEADER + lengthBytes + ((next & 0x80) == 0 ? 0 : MASK_BYTES);
    } else if (readBytes < SHORTEST_HEADER + lengthBytes) {
      payloadBytes = payloadBytes << Byte.SIZE | next;
    }
    readBytes++;
    if (readBytes == headerBytes) {
      payloadBytes = payloadBytes < 0 ? Long.MAX_VALUE : payloadBytes; // which ends nowhere
      closed |= opcode == CLOSE;
      asked |= opcode != CLOSE && opcode != PONG;
    }
  }
}
