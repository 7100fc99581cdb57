package io.pacewire.ingest;

import io.pacewire.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is called, read from the beginning of its envelope where the rest was never kept, or from all
 * of a batch that cannot be read: a device that is told which one it was sets that one aside. Knows the wire's
 * format as far as that takes (Protocol Buffers Encoding; {@code telemetry.proto}).
 */
final class BatchBeginning {
  private static final int PUBLISH = 1;
  private static final int BATCH = 15;
  private static final int SESSION = 2;
  private static final int WRITER = 3;
  private static final int SEQ = 5;
  private static final int BODY = 15;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;
  private static final int UUID_BYTES = 16;

  private final byte[] bytes;
  private int at;
  private boolean ended;
  private @Nullable UUID session;
  private long writer;
  private long seq;

  private BatchBeginning(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What names a batch.
   *
   * @param sessionId null where it is not said
   * @param writer 0 where it is not said, as on the wire
   */
  record Name(@Nullable UUID sessionId, int writer, int seq) {}

  /** Null where it does not say, or does not get that far. */
  static @Nullable Name read(byte[] beginning) {
    BatchBeginning in = new BatchBeginning(beginning);
    return in.findBatch() ? in.name() : null;
  }

  /** The same of a message on the binary WebSocket, where an envelope is wrapped once more. */
  static @Nullable Name readMessage(byte[] beginning) {
    BatchBeginning in = new BatchBeginning(beginning);
    if (in.varint() != ((PUBLISH << 3) | BYTES)) {
      return null;
    }
    long unused = in.varint();
    return in.findBatch() ? in.name() : null;
  }

  /**
   * The same of a batch without its envelope that is there as a whole and cannot be read. What comes last holds, as
   * where it can be read; null where its end is missing.
   */
  static @Nullable Name readWhole(byte[] batch) {
    return new BatchBeginning(batch).wholeName();
  }

  private @Nullable Name wholeName() {
    boolean hasBody = false;
    while (at < bytes.length) {
      long tag = varint();
      if (!takes(tag)) {
        long field = tag >>> 3;
        ended |= field == SESSION || field == WRITER || field == SEQ; // of another type
        hasBody |= tag == ((BODY << 3) | BYTES);
        skip((int) tag & 7);
      }
      if (ended) {
        return null;
      }
    }
    return hasBody ? bounded() : null;
  }

  /** Whether it is a part of the name, which is read then. */
  private boolean takes(long tag) {
    if (tag == ((SESSION << 3) | BYTES)) {
      session = uuid();
    } else if (tag == ((WRITER << 3) | VARINT)) {
      writer = varint();
    } else if (tag == ((SEQ << 3) | VARINT)) {
      seq = varint();
    } else {
      return false;
    }
    return true;
  }

  private @Nullable Name bounded() {
    return writer < 0 || writer >= WireLimits.MAX_WRITERS || seq < 0 || seq > WireLimits.MAX_SEQ
        ? null
        : new Name(session, (int) writer, (int) seq);
  }

  /** Up to the first byte of the batch. */
  private boolean findBatch() {
    while (!ended) {
      long tag = varint();
      if (tag == ((BATCH << 3) | BYTES)) {
        long unused = varint();
        return !ended;
      }
      skip((int) tag & 7);
    }
    return false;
  }

  /** Numbers are not written where they are 0; what is in front of the body is all there is. */
  private @Nullable Name name() {
    while (!ended) {
      long tag = varint();
      if (tag == ((BODY << 3) | BYTES)) {
        return ended ? null : bounded();
      }
      if (!takes(tag)) {
        skip((int) tag & 7);
      }
    }
    return null;
  }

  private @Nullable UUID uuid() {
    long length = varint();
    int from = at;
    advance(length);
    if (ended || length != UUID_BYTES) {
      return null;
    }
    ByteBuffer id = ByteBuffer.wrap(bytes, from, UUID_BYTES);
    return new UUID(id.getLong(), id.getLong());
  }

  private void skip(int type) {
    switch (type) {
      case VARINT -> {
        long unused = varint();
      }
      case FIXED_64 -> advance(Long.BYTES);
      case FIXED_32 -> advance(Integer.BYTES);
      case BYTES -> advance(varint());
      default -> ended = true;
    }
  }

  private void advance(long count) {
    if (count < 0 || count > bytes.length - at) {
      ended = true;
    } else {
      at += (int) count;
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= bytes.length) {
        ended = true;
        return 0;
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    ended = true;
    return 0;
  }
}
