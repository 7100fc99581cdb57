package io.pacewire.track.geo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Refuses what is out of range, NaN too, and says which field held which value. */
final class Ranges {
  private static final int LONGEST_ID = 200;

  private Ranges() {}

  @CanIgnoreReturnValue
  static double within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + " must be " + least + " to " + most + ", was " + value);
    }
    return value;
  }

  @CanIgnoreReturnValue
  static int within(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + " must be " + least + " to " + most + ", was " + value);
    }
    return value;
  }

  @CanIgnoreReturnValue
  static String id(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          field + " must have 1 to " + LONGEST_ID + " characters, was \"" + value + "\"");
    }
    return value;
  }
}
