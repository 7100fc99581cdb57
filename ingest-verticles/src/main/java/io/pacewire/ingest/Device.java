package io.pacewire.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as its verified token says.
 *
 * @param tenant a gym, or {@code public}
 * @param signInId the sign-in that the token names, with which it ends; null for none, as identity's name none
 */
record Device(
    UUID athleteId,
    UUID deviceId,
    String tenant,
    long tokenExpiresAtMs,
    long tokenIssuedAtMs,
    @Nullable UUID signInId) {

  /** Of a token that names no sign-in. */
  Device(
      UUID athleteId, UUID deviceId, String tenant, long tokenExpiresAtMs, long tokenIssuedAtMs) {
    this(athleteId, deviceId, tenant, tokenExpiresAtMs, tokenIssuedAtMs, null);
  }

  /** Whether a token for {@code other} may take the place of one for this on a connection. */
  boolean isSameAs(Device other) {
    return deviceId.equals(other.deviceId)
        && athleteId.equals(other.athleteId)
        && tenant.equals(other.tenant);
  }

  /**
   * A client id as only this device can have it: nobody throws a stranger's connection out. Without
   * an id of its own a connection shares its place with no other.
   */
  String client(@Nullable String clientId) {
    String own = clientId == null || clientId.isEmpty() ? UUID.randomUUID().toString() : clientId;
    return athleteId + "/" + deviceId + "/" + own;
  }
}
