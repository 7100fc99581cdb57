package io.pacewire.activity;

import io.pacewire.activity.ArchiveSink.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a zip as they come in a stream (APPNOTE 4.3), by their local headers: the directory
 * at the end is never seen, so nothing that it claims is believed. A fault of one entry is told when
 * it is read, and the next one is found all the same where the header states a length.
 */
final class ZipEntries implements AutoCloseable {
  private static final long LOCAL = 0x0403_4B50L;
  private static final long DIRECTORY = 0x0201_4B50L;
  private static final long END = 0x0605_4B50L;
  private static final long END_64 = 0x0606_4B50L;
  private static final long DESCRIPTOR = 0x0807_4B50L;
  private static final int ENCRYPTED = 1;
  private static final int HAS_DESCRIPTOR = 8;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final long IN_EXTRA = 0xFFFF_FFFFL;

  /** What stands behind nothing: the signature, a sum of zero, both lengths zero. */
  private static final byte[] NOTHING_DESCRIBED = {
    'P', 'K', 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** What is wrong with an entry, or with the archive from there on. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    final Fault fault;

    Broken(Fault fault, String message) {
      super(message);
      this.fault = fault;
    }
  }

  private final ZipInput in;
  private final Inflater inflater = new Inflater(true);
  private @Nullable Entry current;

  ZipEntries(InputStream in) {
    this.in = new ZipInput(in);
  }

  /**
   * The next one, null behind the last.
   *
   * @throws Broken where it cannot be found
   */
  @Nullable
  Entry next() throws IOException {
    try {
      if (current != null) {
        current.skip();
        current = null;
      }
      long signature = in.u32();
      if (signature == DIRECTORY || signature == END || signature == END_64) {
        return null;
      }
      if (signature != LOCAL) {
        throw new Broken(Fault.DAMAGED, "no entry begins at byte " + (in.position() - 4));
      }
      current = entry();
      return current;
    } catch (EOFException e) {
      throw new Broken(Fault.DAMAGED, "the archive ends early, at byte " + in.position());
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private Entry entry() throws IOException {
    in.skip(2);
    int flags = in.u16();
    int method = in.u16();
    in.skip(4);
    long crc = in.u32();
    long packed = in.u32();
    long unpacked = in.u32();
    byte[] name = new byte[in.u16()];
    byte[] extra = new byte[in.u16()];
    in.read(name);
    in.read(extra);
    boolean wide = false;
    for (int at = 0; at + 4 <= extra.length; at += 4 + u16(extra, at + 2)) {
      boolean zip64 = u16(extra, at) == 1;
      wide |= zip64;
      if (zip64 && u16(extra, at + 2) >= 16 && at + 20 <= extra.length) {
        unpacked = unpacked == IN_EXTRA ? u64(extra, at + 4) : unpacked;
        packed = packed == IN_EXTRA ? u64(extra, at + 12) : packed;
      }
    }
    String text = ZipNames.text(name, flags, extra);
    boolean unstated =
        method == STORED && (flags & (HAS_DESCRIPTOR | ENCRYPTED)) == HAS_DESCRIPTOR && packed == 0;
    boolean empty = unstated && (text.endsWith("/") || in.isNext(NOTHING_DESCRIBED));
    return new Entry(text, flags, method, crc, packed, unpacked, wide, empty);
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }

  private static long u64(byte[] bytes, int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  /** One entry and what it holds; valid until the next one. */
  final class Entry extends InputStream {
    final String name;
    private final int flags;
    private final int method;
    private final long statedCrc;
    private final long statedPacked;
    private final long statedUnpacked;
    private final boolean wide;
    private final boolean empty;
    private final long from;
    private final CRC32 crc = new CRC32();
    private long unpacked;
    private boolean over;

    /** @param empty of a stored one without a stated length: that nothing is in it */
    private Entry(
        String name,
        int flags,
        int method,
        long crc,
        long packed,
        long unpacked,
        boolean wide,
        boolean empty) {
      this.name = name;
      this.flags = flags;
      this.method = method;
      this.statedCrc = crc;
      this.statedPacked = packed;
      this.statedUnpacked = unpacked;
      this.wide = wide;
      this.empty = empty;
      this.from = in.position();
      inflater.reset();
    }

    boolean isDirectory() {
      return name.endsWith("/");
    }

    /** Null where it can be unpacked. */
    @Nullable
    Fault fault() {
      if ((flags & ENCRYPTED) != 0) {
        return Fault.ENCRYPTED;
      }
      if (liesBelowZero()) {
        return Fault.DAMAGED;
      }
      boolean known = method == DEFLATED || (method == STORED && statesLength());
      return known ? null : Fault.UNKNOWN_METHOD;
    }

    /** Of eight bytes there is a sign, which no length has (4.4.8). */
    private boolean liesBelowZero() {
      return statedPacked < 0 || statedUnpacked < 0;
    }

    /** So far. */
    long packedBytes() {
      return in.position() - from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (over || length == 0) {
        return over ? -1 : 0;
      }
      Fault fault = fault();
      if (fault != null) {
        throw new Broken(fault, fault.name());
      }
      try {
        return unpack(into, offset, length);
      } catch (EOFException e) {
        throw new Broken(Fault.DAMAGED, "the archive ends within the file");
      }
    }

    private int unpack(byte[] into, int offset, int length) throws IOException {
      int count = method == STORED ? stored(into, offset, length) : inflated(into, offset, length);
      if (count < 0) {
        over = true;
        check();
        return -1;
      }
      crc.update(into, offset, count);
      unpacked += count;
      return count;
    }

    private int stored(byte[] into, int offset, int length) throws IOException {
      long rest = statedPacked - packedBytes();
      return rest == 0 ? -1 : in.some(into, offset, (int) Math.min(length, rest));
    }

    private int inflated(byte[] into, int offset, int length) throws IOException {
      try {
        while (true) {
          int count = inflater.inflate(into, offset, length);
          if (count > 0) {
            return count;
          }
          if (inflater.finished()) {
            return -1;
          }
          if (inflater.needsDictionary() || !feed()) {
            throw new Broken(Fault.DAMAGED, "deflate breaks behind byte " + unpacked);
          }
        }
      } catch (DataFormatException e) {
        throw new Broken(Fault.DAMAGED, "deflate breaks behind byte " + unpacked);
      }
    }

    /** What the inflater has taken in is in; what it leaves is the next entry's. */
    private boolean feed() throws IOException {
      long most = statesLength() ? statedPacked - packedBytes() : Long.MAX_VALUE;
      return most > 0 && in.feed(inflater, most);
    }

    /** Otherwise where it ends is known only by unpacking it. */
    boolean statesLength() {
      return (flags & HAS_DESCRIPTOR) == 0 || statedPacked > 0 || empty;
    }

    private void check() throws IOException {
      in.giveBack(inflater);
      long packed = packedBytes();
      long sum = statedCrc;
      long size = statedUnpacked;
      long packedSize = statedPacked;
      if ((flags & HAS_DESCRIPTOR) != 0) {
        long first = in.u32();
        sum = first == DESCRIPTOR ? in.u32() : first;
        boolean eight = wide || packed >= IN_EXTRA || unpacked >= IN_EXTRA;
        packedSize = eight ? in.u64() : in.u32();
        size = eight ? in.u64() : in.u32();
      }
      if (sum != crc.getValue() || size != unpacked || packedSize != packed) {
        throw new Broken(Fault.DAMAGED, "sum or length are not as stated");
      }
    }

    /** To where the next one begins, without unpacking where it can be. */
    private void skip() throws IOException {
      if (over) {
        return;
      }
      over = true;
      in.giveBack(inflater);
      if (!statesLength() || statedPacked < 0) {
        throw new Broken(Fault.DAMAGED, "where the entry behind " + name + " begins is unknown");
      }
      in.skip(statedPacked - packedBytes());
      if ((flags & HAS_DESCRIPTOR) != 0) {
        boolean signed = in.u32() == DESCRIPTOR;
        in.skip((signed ? 4 : 0) + (wide ? 16 : 8));
      }
    }
  }
}
