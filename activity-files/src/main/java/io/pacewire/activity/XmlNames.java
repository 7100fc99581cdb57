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

  /** As it stands in the file once. */
  static final class Name {
    private final char[] raw;
    private final String local;
    private @Nullable Name followedBy;

    private Name(char[] raw, String local) {
      this.raw = raw;
      this.local = local;
    }

    /** Without its prefix, in lower case, for writers differ in both. */
    String local() {
      return local;
    }

    private boolean is(char[] chars, int length) {
      return Arrays.equals(raw, 0, raw.length, chars, 0, length);
    }
  }

  private final @Nullable Name[] slots = new Name[SLOTS];
  private Name previous = new Name(new char[0], "");
  private int count;

  /** Points of a file are like each other: the name that came after the last one will come again. */
  Name of(char[] chars, int length, XmlInput in) {
    Name likely = previous.followedBy;
    Name name = likely != null && likely.is(chars, length) ? likely : find(chars, length, in);
    previous.followedBy = name;
    previous = name;
    return name;
  }

  private Name find(char[] chars, int length, XmlInput in) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + chars[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (Name known = slots[slot]; known != null; known = slots[slot]) {
      if (known.is(chars, length)) {
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
