package io.pacewire.activity;

/** Numbers and words out of the text of a file. */
final class Texts {
  private static final int MAX_LENGTH = 80;

  private Texts() {}

  /** NaN for what is no finite number. */
  static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Short enough for a message, a list, a database column. */
  static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
