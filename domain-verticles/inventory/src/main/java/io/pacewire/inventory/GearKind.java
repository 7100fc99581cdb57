package io.pacewire.inventory;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

enum GearKind {
  SHOES("Shoes"),
  BIKE("Bike");

  private final String defaultName;

  GearKind(String defaultName) {
    this.defaultName = defaultName;
  }

  String defaultName() {
    return defaultName;
  }

  /** As it is stored and shown in JSON. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** @throws IllegalArgumentException naming what is allowed */
  static GearKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of "
            + Arrays.stream(values()).map(GearKind::text).collect(Collectors.joining(", "))
            + ", was "
            + text));
  }
}
