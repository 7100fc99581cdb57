package io.pacewire.training;

import java.util.Arrays;

/** Reads what {@link VarintWriter} wrote. */
final class VarintReader {
  private final byte[] bytes;
  private int position;

  VarintReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static long unzigzag(long code) {
    return (code >>> 1) ^ -(code & 1);
  }

  int remaining() {
    return bytes.length - position;
  }

  /** @throws IllegalArgumentException past the end, or where a number is longer than ten bytes */
  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == bytes.length) {
        throw new IllegalArgumentException("number cut off at byte " + position);
      }
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number too long before byte " + position);
  }

  long signed() {
    return unzigzag(unsigned());
  }

  byte[] raw(int length) {
    if (length < 0 || length > remaining()) {
      throw new IllegalArgumentException(length + " bytes past the end at byte " + position);
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }
}
