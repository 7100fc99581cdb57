package io.pacewire.inventory;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Which gear a training wears, and by how much. Pure. */
final class WearRules {
  /** Makers of running shoes name 500 to 800 km; the middle of the careful half. */
  static final double SHOE_LIFE_M = 650_000;

  static final double BIKE_LIFE_M = 20_000_000;

  private WearRules() {}

  /** The kind of gear a sport wears; empty where it wears none (a swim). */
  static Optional<GearKind> wornBy(String sport) {
    return switch (sport.toLowerCase(Locale.ROOT)) {
      case "run", "trail-run", "walk", "hike" -> Optional.of(GearKind.SHOES);
      case "ride", "mtb" -> Optional.of(GearKind.BIKE);
      default -> Optional.empty();
    };
  }

  static double lifeM(GearKind kind) {
    return kind == GearKind.SHOES ? SHOE_LIFE_M : BIKE_LIFE_M;
  }

  /** The same id whoever makes it first, so that making the default gear twice makes it once. */
  static UUID defaultGearId(UUID athleteId, GearKind kind) {
    String name = "pacewire:default-gear:" + kind.text() + ":" + athleteId;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
