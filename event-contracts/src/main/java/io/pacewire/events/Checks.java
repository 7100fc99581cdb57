package io.pacewire.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What every fact's constructor checks, with the field's name and the value's fault. */
final class Checks {
  private Checks() {}

  static void present(String field, Object value) {
    Objects.requireNonNull(value, field + " is missing");
  }

  static void notNegative(String field, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
  }

  static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
  }

  /** Null is within everything. */
  static void within(String field, @Nullable Number value, double least, double most) {
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
  }

  static void positive(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
  }
}
