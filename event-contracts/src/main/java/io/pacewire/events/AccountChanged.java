package io.pacewire.events;

import java.util.UUID;

/**
 * An athlete changed what an account says. All of it, each time.
 *
 * @param revision 1, 2, 3 … of the account; a lower one is older, and registering comes before all
 */
public record AccountChanged(
    UUID athleteId, int revision, String displayName, String timeZone, String locale, long atMs) {

  public AccountChanged {
    Checks.present("athleteId", athleteId);
    Checks.positive("revision", revision);
    Checks.present("displayName", displayName);
    Checks.present("timeZone", timeZone);
    Checks.present("locale", locale);
    Checks.notNegative("atMs", atMs);
  }
}
