package io.pacewire.events;

import java.util.UUID;

/** How far one revision of a training wore a piece of gear. Absolute, as above. */
public record GearWorn(
    UUID athleteId, UUID gearId, UUID trainingId, int revision, double distanceM) {

  public GearWorn {
    Checks.present("athleteId", athleteId);
    Checks.present("gearId", gearId);
    Checks.present("trainingId", trainingId);
    Checks.positive("revision", revision);
    Checks.notNegative("distanceM", distanceM);
  }
}
