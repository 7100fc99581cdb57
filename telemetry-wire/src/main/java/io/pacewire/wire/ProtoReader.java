package io.pacewire.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format (Protocol Buffers Encoding) out of a byte array. Every length is
 * checked before it is used; whatever is wrong is a {@link MalformedBatchException}.
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int BYTES = 2;
  static final int FIXED_32 = 5;

  /** A name made for each field would cost more than the field. */
  private static final String UNKNOWN = "an unknown field";

  private final byte[] bytes;
  private int position;
  private int limit;

  ProtoReader(byte[] bytes, int from, int length) {
    if (from < 0 || length < 0 || from > bytes.length - length) {
      throw new IllegalArgumentException("range " + from + "+" + length + " of " + bytes.length);
    }
    this.bytes = bytes;
    this.position = from;
    this.limit = from + length;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  boolean hasMore() {
    return position < limit;
  }

  /** Field number and wire type; the field number is never 0. */
  int tag() {
    long tag = varint64();
    if ((tag >>> 3) == 0 || (tag >>> 32) != 0) {
      throw new MalformedBatchException("tag " + tag + " at byte " + position);
    }
    return (int) tag;
  }

  static int field(int tag) {
    return tag >>> 3;
  }

  static int type(int tag) {
    return tag & 7;
  }

  void expect(int tag, int type, String field) {
    if (type(tag) != type) {
      throw new MalformedBatchException(field + " has wire type " + type(tag));
    }
  }

  long varint64() {
    return varint64From(0);
  }

  /** What is left of a number whose lowest bits are read already. */
  private long varint64From(int firstShift) {
    long value = 0;
    for (int shift = firstShift; shift < 64; shift += 7) {
      if (position >= limit) {
        throw new MalformedBatchException("number cut off at byte " + position);
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedBatchException("number of more than ten bytes at byte " + position);
  }

  long zigzag64() {
    long value = varint64();
    return (value >>> 1) ^ -(value & 1);
  }

  /** As protobuf does, the upper half of a longer number is dropped. */
  int zigzag32() {
    int value = (int) varint64();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * How many numbers may be left up to the limit, the last of them whole. There are fewer where some
   * have more than one byte; counting them first would cost as much as reading them.
   */
  int packedAtMost(String field) {
    if (position < limit && bytes[limit - 1] < 0) {
      throw new MalformedBatchException(field + " cut off at byte " + limit);
    }
    return limit - position;
  }

  /**
   * Reads zigzag numbers up to the limit, each the change against the one before, as far as there is
   * room. Nearly all of them have one byte or two, in no order that a processor could guess, so those
   * are read without a branch. {@link #packedAtMost} has to be asked before.
   *
   * @param to behind the last place there is room for
   * @return behind the last place taken; {@link #hasMore} tells of numbers without room
   */
  int packedSums32(int[] into, int from, int to, int before) {
    int sum = before;
    int at = position;
    int end = limit;
    int last = bytes.length - 1;
    int i = from;
    for (; at < end && i < to; i++) {
      int first = bytes[at];
      int second = at < last ? bytes[at + 1] : 0;
      int two = first >> 31; // all ones where a second byte belongs to it
      int value = (first & 0x7F) | (second & two & 0x7F) << 7;
      at += 1 - two;
      if ((first & second) < 0) {
        position = at;
        value |= (int) varint64From(14);
        at = position;
      }
      sum += (value >>> 1) ^ -(value & 1);
      into[i] = sum;
    }
    position = at;
    return i;
  }

  /** Reads zigzag numbers up to the limit, as {@link #packedSums32} but each as it is. */
  int packed64(long[] into, int from, int to) {
    int at = position;
    int end = limit;
    int i = from;
    for (; at < end && i < to; i++) {
      long value = bytes[at++];
      if (value < 0) {
        int second = bytes[at++];
        value = (value & 0x7F) | (second & 0x7F) << 7;
        if (second < 0) {
          position = at;
          value |= varint64From(14);
          at = position;
        }
      }
      into[i] = (value >>> 1) ^ -(value & 1);
    }
    position = at;
    return i;
  }

  long fixed64(String field) {
    need(8, field);
    long value = LittleEndian.int64(bytes, position);
    position += 8;
    return value;
  }

  /** An unsigned number of the given range. */
  int uint(String field, int most) {
    long value = varint64();
    if (value < 0 || value > most) {
      throw new MalformedBatchException(field + " out of range: " + value);
    }
    return (int) value;
  }

  /** Length of a delimited field, checked against what is left. */
  int length(String field) {
    long length = varint64();
    if (length < 0 || length > limit - position) {
      throw new MalformedBatchException(
          field + " says " + length + " bytes where " + (limit - position) + " are left");
    }
    return (int) length;
  }

  /** Narrows the reader to a delimited field; returns what {@link #leave} needs. */
  int enter(String field) {
    int length = length(field);
    int outer = limit;
    limit = position + length;
    return outer;
  }

  void leave(int outer) {
    position = limit;
    limit = outer;
  }

  void advance(int length) {
    position += length;
  }

  String text(String field) {
    int length = length(field);
    if (length > WireLimits.MAX_TEXT_BYTES) {
      throw new MalformedBatchException(field + " has " + length + " bytes");
    }
    if (length == 0) {
      return "";
    }
    try {
      String text = StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, position, length))
          .toString();
      position += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new MalformedBatchException(field + " is not UTF-8");
    }
  }

  /** Skips a field nobody here knows. Groups are not part of proto3 and refused. */
  void skip(int tag) {
    switch (type(tag)) {
      case VARINT:
        long unused = varint64();
        break;
      case FIXED_64:
        need(8, UNKNOWN);
        position += 8;
        break;
      case BYTES:
        advance(length(UNKNOWN));
        break;
      case FIXED_32:
        need(4, UNKNOWN);
        position += 4;
        break;
      default:
        throw new MalformedBatchException("field " + field(tag) + " has wire type " + type(tag));
    }
  }

  private void need(int length, String field) {
    if (length > limit - position) {
      throw new MalformedBatchException(field + " cut off at byte " + position);
    }
  }
}
