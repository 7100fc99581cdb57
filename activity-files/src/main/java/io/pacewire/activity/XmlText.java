package io.pacewire.activity;

import java.io.IOException;

/** Characters of a text or a value; what is longer than these can be is cut off. */
final class XmlText {
  private static final int MOST = 4_096;

  private final char[] chars = new char[MOST];
  private int length;

  void clear() {
    length = 0;
  }

  void append(int c) {
    if (c > Character.MAX_VALUE) {
      pair(c);
    } else if (length < MOST) {
      chars[length++] = (char) c;
    }
  }

  /** What follows up to the next of {@code stops}; what has no room is left to come one by one. */
  void take(XmlInput in, boolean[] stops) throws IOException {
    length = in.take(chars, length, stops);
  }

  void dropLast(int count) {
    length = Math.max(0, length - count);
  }

  String whole() {
    return new String(chars, 0, length);
  }

  /** Without blanks around it. */
  String stripped() {
    int from = 0;
    int to = length;
    while (from < to && Character.isWhitespace(chars[from])) {
      from++;
    }
    while (to > from && Character.isWhitespace(chars[to - 1])) {
      to--;
    }
    return new String(chars, from, to - from);
  }

  private void pair(int c) {
    if (length + 1 < MOST) {
      chars[length++] = Character.highSurrogate(c);
      chars[length++] = Character.lowSurrogate(c);
    }
  }
}
