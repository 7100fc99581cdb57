package io.pacewire.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param email in lower case */
record Account(
    UUID athleteId,
    String email,
    String passwordHash,
    String displayName,
    String timeZone,
    String locale,
    @Nullable Integer maxHeartRateBpm) {

  /** What an athlete changes of the account; null keeps what is there. */
  record Change(
      @Nullable String displayName,
      @Nullable String timeZone,
      @Nullable String locale,
      @Nullable Integer maxHeartRateBpm) {}

  /** Without the hash: records print themselves, and logs keep what is printed. */
  @Override
  public String toString() {
    return "Account[" + athleteId + "]";
  }
}
