package io.pacewire.wire;

import java.nio.charset.StandardCharsets;

/** Texts of the wire have at most {@link WireLimits#MAX_TEXT_BYTES} bytes of UTF-8. */
final class Texts {
  /** No character needs more bytes, so a text this short needs no counting. */
  private static final int ALWAYS_FITS = WireLimits.MAX_TEXT_BYTES / 3;

  private Texts() {}

  static String checked(String field, String text) {
    if (!fits(text)) {
      throw new IllegalArgumentException(
          field + " has more than " + WireLimits.MAX_TEXT_BYTES + " bytes");
    }
    return text;
  }

  static String cut(String text) {
    if (fits(text)) {
      return text;
    }
    int end = ALWAYS_FITS;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static boolean fits(String text) {
    return text.length() <= ALWAYS_FITS
        || text.getBytes(StandardCharsets.UTF_8).length <= WireLimits.MAX_TEXT_BYTES;
  }
}
