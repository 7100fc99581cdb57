package io.pacewire.activity;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Inflater;

/** Bytes of a zip with their position, lent to an inflater and taken back. */
final class ZipInput {
  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int limit;
  private long bufferPosition;

  ZipInput(InputStream in) {
    this.in = in;
  }

  long position() {
    return bufferPosition + at;
  }

  int u16() throws IOException {
    int low = u8();
    return low | (u8() << 8);
  }

  long u32() throws IOException {
    long low = u16();
    return low | ((long) u16() << 16);
  }

  long u64() throws IOException {
    long low = u32();
    return low | (u32() << 32);
  }

  void read(byte[] into) throws IOException {
    for (int done = 0; done < into.length; ) {
      done += some(into, done, into.length - done);
    }
  }

  /** At least one. */
  int some(byte[] into, int offset, int length) throws IOException {
    require();
    int count = Math.min(length, limit - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  /** Whether these come next. They are not taken. */
  boolean isNext(byte[] expected) throws IOException {
    while (limit - at < expected.length) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      bufferPosition += at;
      limit -= at;
      at = 0;
      int count = in.read(buffer, limit, buffer.length - limit);
      if (count < 0) {
        return false;
      }
      limit += count;
    }
    return Arrays.equals(buffer, at, at + expected.length, expected, 0, expected.length);
  }

  /** Nothing where the count is not positive: lengths are what files claim. */
  void skip(long count) throws IOException {
    for (long rest = count; rest > 0; ) {
      require();
      int part = (int) Math.min(rest, limit - at);
      at += part;
      rest -= part;
    }
  }

  /** Lends what is in the buffer, as if it were read. */
  boolean feed(Inflater inflater, long most) throws IOException {
    require();
    int count = (int) Math.min(most, limit - at);
    inflater.setInput(buffer, at, count);
    at += count;
    return true;
  }

  void giveBack(Inflater inflater) {
    at -= inflater.getRemaining();
    inflater.setInput(new byte[0]);
  }

  private int u8() throws IOException {
    require();
    return buffer[at++] & 0xFF;
  }

  private void require() throws IOException {
    if (at == limit) {
      bufferPosition += limit;
      at = 0;
      limit = 0; // where reading throws, nothing is read twice
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      if (limit == 0) {
        throw new EOFException("ends at byte " + bufferPosition);
      }
    }
  }
}
