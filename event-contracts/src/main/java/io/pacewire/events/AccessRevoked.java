package io.pacewire.events;

import java.util.UUID;

/**
 * A device or a sign-in must not get in any more with a token issued up to then.
 *
 * @param revokedId id of the device ({@code did} of its tokens) or of the sign-in ({@code sid})
 * @param kind {@code device} or {@code session}
 */
public record AccessRevoked(UUID revokedId, String kind, long atMs) {

  public AccessRevoked {
    Checks.present("revokedId", revokedId);
    Checks.present("kind", kind);
    Checks.notNegative("atMs", atMs);
  }
}
