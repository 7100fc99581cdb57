package io.pacewire.training;

import java.util.UUID;

/** Where a list of trainings goes on: behind this one. */
record TrainingCursor(long startAtMs, UUID trainingId) {
  static final TrainingCursor NEWEST = new TrainingCursor(Long.MAX_VALUE, new UUID(-1, -1));

  String encode() {
    return startAtMs + "_" + trainingId;
  }

  /** @throws IllegalArgumentException where {@code text} was not made by {@link #encode} */
  static TrainingCursor decode(String text) {
    int separator = text.indexOf('_');
    if (separator < 0) {
      throw new IllegalArgumentException("cursor is not one of ours");
    }
    return new TrainingCursor(
        Long.parseLong(text.substring(0, separator)),
        UUID.fromString(text.substring(separator + 1)));
  }
}
