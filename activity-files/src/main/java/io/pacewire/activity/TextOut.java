package io.pacewire.activity;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Text of a file that is written, as UTF-8. Numbers and times go by hand into the buffer, for there
 * are many in each sample. What the stream throws comes unchecked.
 */
final class TextOut {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int LONGEST_NUMBER = 24;
  private static final long DAY_MS = 86_400_000;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

  /** Of the years 1 to 9999, which are all that times have four digits for. */
  private static final long FIRST_MS = -62_135_596_800_000L;

  private static final long LAST_MS = 253_402_300_799_999L;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private long day = Long.MIN_VALUE;
  private String date = "";

  TextOut(OutputStream out) {
    this.out = out;
  }

  static boolean canSay(long epochMs) {
    return epochMs >= FIRST_MS && epochMs <= LAST_MS;
  }

  /** As it is. */
  @CanIgnoreReturnValue
  TextOut raw(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  /** For XML 1.0, in texts and attributes; what XML cannot hold becomes a blank. */
  @CanIgnoreReturnValue
  TextOut xml(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.appendCodePoint(isXml(c) ? c : ' ');
      }
    });
    return raw(escaped.toString());
  }

  /** In quotes (RFC 8259, 7); half a surrogate pair becomes a question mark. */
  @CanIgnoreReturnValue
  TextOut json(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return raw(escaped.append('"').toString());
  }

  @CanIgnoreReturnValue
  TextOut number(long value) {
    if (value < 0) {
      put('-');
      return value == Long.MIN_VALUE ? raw("9223372036854775808") : digits(-value, 1);
    }
    return digits(value, 1);
  }

  /**
   * Rounded, without zeros at its end.
   *
   * @param value finite
   * @param decimals at most 7
   */
  @CanIgnoreReturnValue
  TextOut fixed(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    if (!(Math.abs(scaled) < 1L << 53)) {
      return raw(new BigDecimal(value)
          .setScale(decimals, RoundingMode.HALF_UP)
          .stripTrailingZeros()
          .toPlainString());
    }
    long rounded = Math.round(Math.abs(scaled));
    if (value < 0 && rounded != 0) {
      put('-');
    }
    digits(rounded / POWERS[decimals], 1);
    long fraction = rounded % POWERS[decimals];
    int places = decimals;
    while (fraction != 0 && fraction % 10 == 0) {
      fraction /= 10;
      places--;
    }
    if (fraction != 0) {
      put('.');
      digits(fraction, places);
    }
    return this;
  }

  /** As 2026-01-01T10:00:00.250Z; only what {@link #canSay}. */
  @CanIgnoreReturnValue
  TextOut time(long epochMs) {
    long ofDay = Math.floorMod(epochMs, DAY_MS);
    if (epochMs - ofDay != day) {
      day = epochMs - ofDay;
      date = LocalDate.ofEpochDay(Math.floorDiv(epochMs, DAY_MS)).toString();
    }
    raw(date).put('T');
    digits(ofDay / 3_600_000, 2).put(':');
    digits(ofDay / 60_000 % 60, 2).put(':');
    digits(ofDay / 1_000 % 60, 2).put('.');
    digits(ofDay % 1_000, 3).put('Z');
    return this;
  }

  void flush() {
    try {
      out.write(buffer, 0, at);
      at = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it, behind what was written. */
  void drain(Spool spool) {
    flush();
    try {
      spool.drainTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @CanIgnoreReturnValue
  private TextOut digits(long value, int least) {
    if (BUFFER_BYTES - at < LONGEST_NUMBER) {
      flush();
    }
    int count = least;
    for (long rest = value / POWERS[least]; rest != 0; rest /= 10) {
      count++;
    }
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += count;
    return this;
  }

  @CanIgnoreReturnValue
  private TextOut bytes(byte[] bytes) {
    for (byte b : bytes) {
      put((char) (b & 0xFF));
    }
    return this;
  }

  private void put(char c) {
    if (at == BUFFER_BYTES) {
      flush();
    }
    buffer[at++] = (byte) c;
  }

  private static boolean isXml(int c) {
    boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !half && c != 0xFFFE && c != 0xFFFF;
  }
}
