package io.pacewire.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param pausedUntilMs no password is tried before */
record Account(
    UUID athleteId,
    String email,
    String passwordHash,
    String displayName,
    String timeZone,
    String locale,
    @Nullable Integer maxHeartRateBpm,
    int failedTries,
    long pausedUntilMs) {}
