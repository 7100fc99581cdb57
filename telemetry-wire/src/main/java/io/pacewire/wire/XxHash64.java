package io.pacewire.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit variant of the xxHash algorithm (xxHash fast digest algorithm, version 0.1.1),
 * with seed 0. Finds damage and mix-ups; it is no protection against a forger.
 */
final class XxHash64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final long PRIME_1_PLUS_2 = 0x60EA27EEADC0B5D6L; // wraps

  private XxHash64() {}

  static long hash(byte[] array, int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    int position = from;
    int end = from + length;
    long hash;
    if (length >= 32) {
      long lane1 = PRIME_1_PLUS_2;
      long lane2 = PRIME_2;
      long lane3 = 0;
      long lane4 = -PRIME_1;
      for (; position <= end - 32; position += 32) {
        lane1 = round(lane1, bytes.getLong(position));
        lane2 = round(lane2, bytes.getLong(position + 8));
        lane3 = round(lane3, bytes.getLong(position + 16));
        lane4 = round(lane4, bytes.getLong(position + 24));
      }
      hash = Long.rotateLeft(lane1, 1)
          + Long.rotateLeft(lane2, 7)
          + Long.rotateLeft(lane3, 12)
          + Long.rotateLeft(lane4, 18);
      hash = merge(merge(merge(merge(hash, lane1), lane2), lane3), lane4);
    } else {
      hash = PRIME_5;
    }
    return finish(hash + length, bytes, position, end);
  }

  private static long finish(long mixed, ByteBuffer bytes, int from, int end) {
    long hash = mixed;
    int position = from;
    for (; position <= end - 8; position += 8) {
      hash ^= round(0, bytes.getLong(position));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (position <= end - 4) {
      hash ^= (bytes.getInt(position) & 0xFFFF_FFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      position += 4;
    }
    for (; position < end; position++) {
      hash ^= (bytes.get(position) & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    hash = (hash ^ (hash >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }
}
