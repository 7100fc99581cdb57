package io.pacewire.events;

import java.util.UUID;

/** Somebody became an athlete here. */
public record AccountRegistered(
    UUID athleteId, String displayName, String timeZone, String locale, long atMs) {

  public AccountRegistered {
    Checks.present("athleteId", athleteId);
    Checks.present("displayName", displayName);
    Checks.present("timeZone", timeZone);
    Checks.present("locale", locale);
    Checks.notNegative("atMs", atMs);
  }
}
