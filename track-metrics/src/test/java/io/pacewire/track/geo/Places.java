package io.pacewire.track.geo;

import java.util.stream.Stream;

/** Where geometry goes wrong, and one place where it does not. */
final class Places {
  static final Position TOWN = Position.of(48.2, 16.37);

  private Places() {}

  static Stream<Position> awkward() {
    return Stream.of(
        TOWN,
        Position.of(0, 0),
        Position.of(-17, 179.999),
        Position.of(65, -179.999),
        Position.of(0, 180),
        Position.of(89.9999, 12),
        Position.of(90, 0),
        Position.of(-90, 77),
        Position.of(-89.99, -180));
  }
}
