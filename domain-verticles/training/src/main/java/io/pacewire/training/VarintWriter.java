package io.pacewire.training;

import java.util.Arrays;

/** Whole numbers in as few bytes as they need, seven bits each, and bytes as they are. */
final class VarintWriter {
  private byte[] bytes;
  private int size;

  VarintWriter(int capacity) {
    bytes = new byte[capacity];
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void signed(long value) {
    unsigned(zigzag(value));
  }

  void raw(byte[] from) {
    room(from.length);
    System.arraycopy(from, 0, bytes, size, from.length);
    size += from.length;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
