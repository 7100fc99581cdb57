package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session that is being recorded. Sport, start and zone are known once its first batch was folded. */
record LiveSessionRow(
    UUID sessionId,
    @Nullable String sport,
    @Nullable Long startAtMs,
    @Nullable String timeZone,
    @Nullable Long tipAtMs,
    long lastReceivedAtMs) {}
