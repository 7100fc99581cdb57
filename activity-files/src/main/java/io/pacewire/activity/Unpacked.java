package io.pacewire.activity;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of a gzip file. One that breaks off ends early, and its reader says what that means for
 * the activity; broken ones and those that swell beyond measure are refused.
 */
final class Unpacked extends FilterInputStream {
  private final long maxBytes;
  private long count;

  Unpacked(InputStream packed, long maxBytes) throws IOException {
    super(open(packed));
    this.maxBytes = maxBytes;
  }

  private static InputStream open(InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(packed, 16 * 1024);
    } catch (ZipException | EOFException e) {
      throw new MalformedActivityException("gzip breaks at its header", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(into, offset, length);
    } catch (EOFException e) {
      return -1;
    } catch (ZipException e) {
      throw new MalformedActivityException("gzip breaks behind byte " + count + " of content", e);
    }
    count += Math.max(0, read);
    if (count > maxBytes) {
      throw new MalformedActivityException("gzip holds more than " + maxBytes + " bytes");
    }
    return read;
  }
}
