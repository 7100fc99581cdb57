package io.pacewire.activity;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of elements and attributes, each made a string once: they come in thousands, and are few. A
 * file that has ever new ones is refused.
 */
final class XmlNames {
  private static final int MAX_NAMES = 4_096;
  private static final int SLOTS = 4 * MAX_NAMES;

  /**
   * @param raw as it stands in the file
   * @param local without its prefix, in lower case, for writers differ in both
   */
  record Name(char[] raw, String local) {}

  private final @Nullable Name[] slots = new Name[SLOTS];
  private int count;

  Name of(char[] chars, int length, XmlInput in) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + chars[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (Name known = slots[slot]; known != null; known = slots[slot]) {
      if (Arrays.equals(known.raw, 0, known.raw.length, chars, 0, length)) {
        return known;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (count++ == MAX_NAMES) {
      throw new MalformedActivityException(
          "XML has more than " + MAX_NAMES + " names at line " + in.line());
    }
    String raw = new String(chars, 0, length);
    String local = raw.substring(raw.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    Name name = new Name(raw.toCharArray(), local);
    slots[slot] = name;
    return name;
  }
}
