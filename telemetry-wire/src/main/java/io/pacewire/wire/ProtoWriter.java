package io.pacewire.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf's wire format, the shortest way and always the same, into a growing array. */
final class ProtoWriter {
  private static final int MAX_LENGTH_BYTES = 5;
  private static final int MAX_BYTES_32 = 5;

  private byte[] bytes;
  private int position;

  ProtoWriter(int expectedBytes) {
    bytes = new byte[Math.max(64, expectedBytes)];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, position);
  }

  byte[] buffer() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** A number that is left out where it is 0, as proto3 does. */
  void uint(int field, long value) {
    if (value != 0) {
      varint64((long) field << 3 | ProtoReader.VARINT);
      varint64(value);
    }
  }

  void sint64(int field, long value) {
    uint(field, (value << 1) ^ (value >> 63));
  }

  void sint32(int field, int value) {
    uint(field, ((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL);
  }

  void fixed64(int field, long value) {
    if (value != 0) {
      varint64((long) field << 3 | ProtoReader.FIXED_64);
      ensure(8);
      for (int i = 0; i < 8; i++) {
        bytes[position++] = (byte) (value >>> (8 * i));
      }
    }
  }

  void text(int field, String text) {
    if (!text.isEmpty()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      raw(field, utf8, 0, utf8.length);
    }
  }

  void raw(int field, byte[] content, int from, int length) {
    varint64((long) field << 3 | ProtoReader.BYTES);
    varint64(length);
    append(content, from, length);
  }

  void append(byte[] content, int from, int length) {
    ensure(length);
    System.arraycopy(content, from, bytes, position, length);
    position += length;
  }

  /** Opens a delimited field; {@link #end} takes what this returns. */
  int begin(int field) {
    varint64((long) field << 3 | ProtoReader.BYTES);
    ensure(MAX_LENGTH_BYTES);
    position += MAX_LENGTH_BYTES;
    return position;
  }

  /** Closes it: writes the length and moves the content up to it. */
  void end(int start) {
    int length = position - start;
    int end = position;
    position = start - MAX_LENGTH_BYTES;
    varint64(length);
    System.arraycopy(bytes, start, bytes, position, length);
    position += end - start;
  }

  void varint64(long number) {
    ensure(10);
    long value = number;
    while ((value & ~0x7FL) != 0) {
      bytes[position++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[position++] = (byte) value;
  }

  /** The first value and then each change against the one before. */
  void packedDeltas32(int[] values, int count) {
    ensure(MAX_BYTES_32 * count);
    int at = position;
    int before = 0;
    for (int i = 0; i < count; i++) {
      int delta = values[i] - before;
      before = values[i];
      int value = (delta << 1) ^ (delta >> 31);
      while ((value & ~0x7F) != 0) {
        bytes[at++] = (byte) (value | 0x80);
        value >>>= 7;
      }
      bytes[at++] = (byte) value;
    }
    position = at;
  }

  /** Each change against the value before, so one number less than there are values. */
  void packedDeltas64(long[] values, int count) {
    for (int i = 1; i < count; i++) {
      zigzag64(values[i] - values[i - 1]);
    }
  }

  void zigzag64(long value) {
    varint64((value << 1) ^ (value >> 63));
  }

  private void ensure(int more) {
    if (more > bytes.length - position) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}
