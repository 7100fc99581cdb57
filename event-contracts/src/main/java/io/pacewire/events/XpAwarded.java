package io.pacewire.events;

import java.util.UUID;

/** What one revision of a training is worth. Absolute: it replaces what an earlier revision was worth. */
public record XpAwarded(UUID athleteId, UUID trainingId, int revision, int xp, String week) {

  public XpAwarded {
    Checks.present("athleteId", athleteId);
    Checks.present("trainingId", trainingId);
    Checks.positive("revision", revision);
    Checks.notNegative("xp", xp);
    Checks.present("week", week);
  }
}
