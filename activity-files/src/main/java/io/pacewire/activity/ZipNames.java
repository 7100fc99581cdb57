package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file in a zip (PKWARE APPNOTE 6.3.10, 4.4.4, 4.6.9 and appendix D): UTF-8 where the
 * archive says so or it can be read as that, since many tools do not say; else what a Unicode field
 * says; else the code page of DOS, which is what Windows' own compressed folders write.
 */
final class ZipNames {
  private static final int IS_UTF_8 = 1 << 11;
  private static final int UNICODE_PATH = 0x7075;
  private static final int PATH_AT = 9;

  /** Not in every Java: then names differ from what was meant, but each from the others still. */
  private static final Charset DOS =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : ISO_8859_1;

  private ZipNames() {}

  static String text(byte[] name, int flags, byte[] extra) {
    if ((flags & IS_UTF_8) != 0) {
      return new String(name, UTF_8);
    }
    String path = unicodePath(name, extra);
    String text = path == null ? utf8(name) : path;
    return text == null ? new String(name, DOS) : text;
  }

  /** Null where there is none, or it is one of another name. */
  private static @Nullable String unicodePath(byte[] name, byte[] extra) {
    for (int at = 0; at + 4 <= extra.length; at += 4 + u16(extra, at + 2)) {
      int length = u16(extra, at + 2);
      boolean whole = length > PATH_AT - 4 && at + 4 + length <= extra.length;
      if (whole && u16(extra, at) == UNICODE_PATH && extra[at + 4] == 1) {
        CRC32 crc = new CRC32();
        crc.update(name);
        boolean same = crc.getValue() == u32(extra, at + 5);
        return same ? utf8(Arrays.copyOfRange(extra, at + PATH_AT, at + 4 + length)) : null;
      }
    }
    return null;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }

  private static long u32(byte[] bytes, int at) {
    return u16(bytes, at) | ((long) u16(bytes, at + 2) << 16);
  }
}
