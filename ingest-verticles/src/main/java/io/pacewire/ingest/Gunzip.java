package io.pacewire.ingest;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) up to a bound. Not {@link java.util.zip.GZIPInputStream}, whose stack grows
 * with each empty member, so that a small body of many would overflow it.
 */
final class Gunzip {
  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int PART_BYTES = 8_192;

  private final ByteBuffer in;
  private final int mostBytes;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] part = new byte[PART_BYTES];

  private Gunzip(byte[] packed, int mostBytes) {
    this.in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    this.mostBytes = mostBytes;
  }

  /** There is more in it than was allowed. */
  static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1;

    private TooMuchException(int mostBytes) {
      super("unpacks to more than " + mostBytes + " bytes");
    }
  }

  /**
   * All members, one after the other (RFC 1952, 2.2).
   *
   * @throws TooMuchException where they have more than {@code mostBytes}
   * @throws EOFException where the last of them is cut off
   */
  static byte[] unpack(byte[] packed, int mostBytes) throws IOException {
    Gunzip gunzip = new Gunzip(packed, mostBytes);
    Inflater inflater = new Inflater(true);
    try {
      do {
        gunzip.header();
        inflater.reset();
        gunzip.member(inflater);
      } while (gunzip.in.hasRemaining());
    } catch (DataFormatException e) {
      throw new IOException("is no deflated data", e);
    } finally {
      inflater.end();
    }
    return gunzip.out.toByteArray();
  }

  private void header() throws IOException {
    require(HEADER_BYTES);
    if ((in.getShort() & 0xFFFF) != MAGIC || in.get() != DEFLATE) {
      throw new IOException("does not begin as gzip");
    }
    int flags = in.get();
    if ((flags & RESERVED) != 0) {
      throw new IOException("has flags that are reserved");
    }
    skip(HEADER_BYTES - 4); // time, extra flags, system
    if ((flags & EXTRA) != 0) {
      require(Short.BYTES);
      skip(in.getShort() & 0xFFFF);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(Short.BYTES);
    }
  }

  private void member(Inflater inflater) throws IOException, DataFormatException {
    CRC32 crc = new CRC32();
    inflater.setInput(in);
    while (!inflater.finished()) {
      int length = inflater.inflate(part);
      if (length > mostBytes - out.size()) {
        throw new TooMuchException(mostBytes);
      }
      if (length == 0 && !inflater.finished()) {
        throw new EOFException("ends amid its data");
      }
      crc.update(part, 0, length);
      out.write(part, 0, length);
    }
    require(TRAILER_BYTES);
    if (in.getInt() != (int) crc.getValue() || in.getInt() != (int) inflater.getBytesWritten()) {
      throw new IOException("has another checksum or length than it says");
    }
  }

  private void skip(int bytes) throws EOFException {
    require(bytes);
    in.position(in.position() + bytes);
  }

  private void skipText() throws EOFException {
    do {
      require(1);
    } while (in.get() != 0);
  }

  private void require(int bytes) throws EOFException {
    if (in.remaining() < bytes) {
      throw new EOFException("ends too early");
    }
  }
}
