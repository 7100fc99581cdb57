package io.pacewire.activity;

/** Numbers and words out of the text of a file. */
final class Texts {
  private static final int MAX_LENGTH = 80;
  private static final int MOST_DIGITS = 15;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Texts() {}

  /** NaN for what is no finite number. */
  static double number(String text) {
    double plain = plain(text);
    if (!Double.isNaN(plain)) {
      return plain;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * Digits with a point among them, as nearly all numbers of a file are: up to 15 of them and the power
   * of ten are exact as doubles, so that one division rounds as it should. NaN for all others.
   */
  private static double plain(String text) {
    boolean negative = !text.isEmpty() && text.charAt(0) == '-';
    int from = negative ? 1 : 0;
    int length = text.length();
    if (length == from || length - from > MOST_DIGITS) {
      return Double.NaN;
    }
    long digits = 0;
    int point = length - 1;
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
      } else if (c == '.' && point == length - 1 && i > from && i < length - 1) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    double value = digits / POWERS[length - 1 - point];
    return negative ? -value : value;
  }

  /** Short enough for a message, a list, a database column. */
  static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
