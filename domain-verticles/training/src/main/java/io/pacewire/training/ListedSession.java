package io.pacewire.training;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session in a list. Sport, start and zone are known once its first batch was folded. */
record ListedSession(
    UUID sessionId,
    SessionHead.State state,
    @Nullable String sport,
    @Nullable Long startAtMs,
    @Nullable String timeZone,
    @Nullable Long tipAtMs,
    long firstReceivedAtMs,
    long lastReceivedAtMs) {

  JsonObject json() {
    return new JsonObject()
        .put("sessionId", sessionId.toString())
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("sport", sport)
        .put("startAtMs", startAtMs)
        .put("timeZone", timeZone)
        .put("tipAtMs", tipAtMs)
        .put("firstReceivedAtMs", firstReceivedAtMs)
        .put("lastReceivedAtMs", lastReceivedAtMs);
  }
}
