package io.pacewire.inventory;

import java.util.UUID;

/** What one revision of a training did to a piece of gear. */
record Wear(UUID athleteId, UUID trainingId, UUID gearId, int revision, double distanceM) {
  Wear {
    if (!(distanceM >= 0 && Double.isFinite(distanceM))) {
      throw new IllegalArgumentException("distanceM out of range: " + distanceM);
    }
  }
}
