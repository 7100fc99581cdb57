package io.pacewire.activity;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of a FIT file with their position and their checksum. */
final class FitInput {
  /** The stream ended where more was announced. */
  static final class Ended extends IOException {
    private static final long serialVersionUID = 1;

    Ended(long position) {
      super("ends at byte " + position);
    }
  }

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int limit;
  private int summed;
  private long bufferPosition;
  private int checksum;

  FitInput(InputStream in) {
    this.in = in;
  }

  long position() {
    return bufferPosition + at;
  }

  /** -1 at the end. */
  int next() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xFF : -1;
  }

  int u8() throws IOException {
    int value = next();
    if (value < 0) {
      throw new Ended(position());
    }
    return value;
  }

  int u16() throws IOException {
    int low = u8();
    return low | (u8() << 8);
  }

  long u32() throws IOException {
    long low = u16();
    return low | ((long) u16() << 16);
  }

  void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int unused = u8();
    }
  }

  void read(byte[] into, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (at == limit && !fill()) {
        throw new Ended(position());
      }
      int part = Math.min(length - done, limit - at);
      System.arraycopy(buffer, at, into, done, part);
      at += part;
      done += part;
    }
  }

  /** The next bytes are the first that {@link #checksum} counts. */
  void resetChecksum() {
    summed = at;
    checksum = 0;
  }

  int checksum() {
    checksum = FitChecksum.update(checksum, buffer, summed, at);
    summed = at;
    return checksum;
  }

  private boolean fill() throws IOException {
    int before = checksum();
    bufferPosition += limit;
    at = 0;
    limit = 0;
    summed = 0;
    checksum = before;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
