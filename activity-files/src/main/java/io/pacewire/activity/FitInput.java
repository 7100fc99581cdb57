package io.pacewire.activity;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of a FIT file with their count, so that a lying length costs nothing. */
final class FitInput {
  private final InputStream in;
  private long position;

  FitInput(InputStream in) {
    this.in = in;
  }

  long position() {
    return position;
  }

  /** -1 at the end. */
  int next() throws IOException {
    int value = in.read();
    if (value >= 0) {
      position++;
    }
    return value;
  }

  int u8() throws IOException {
    int value = next();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }

  /** A byte that means nothing. */
  void skip() throws IOException {
    int unused = u8();
  }

  long little(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }
}
