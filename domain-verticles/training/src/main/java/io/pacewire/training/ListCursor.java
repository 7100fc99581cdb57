package io.pacewire.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.UUID;

/**
 * Where a list of trainings goes on: behind this one, so that what comes in meanwhile neither hides a
 * training nor shows one twice.
 *
 * @param value by which the list is sorted
 */
record ListCursor(double value, UUID trainingId) {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final String FOREIGN = "is not one that this list gave";

  /** Before all trainings. */
  static ListCursor start(boolean ascending) {
    return ascending
        ? new ListCursor(Double.NEGATIVE_INFINITY, FIRST)
        : new ListCursor(Double.POSITIVE_INFINITY, LAST);
  }

  /** @return letters, digits, - and _ */
  String encode(ListQuery query) {
    String text = "after " + query.mark() + " " + value + " " + trainingId;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /** @throws IllegalArgumentException where {@code text} is no cursor of such a list */
  static ListCursor decode(String text, ListQuery query) {
    String[] parts;
    try {
      parts = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split(" ", -1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FOREIGN, e);
    }
    if (parts.length != 4 || !parts[0].equals("after")) {
      throw new IllegalArgumentException(FOREIGN);
    }
    if (!parts[1].equals(query.mark())) {
      throw new IllegalArgumentException("is of a list with another sort or other filters");
    }
    try {
      return new ListCursor(Double.parseDouble(parts[2]), UUID.fromString(parts[3]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FOREIGN, e);
    }
  }
}
