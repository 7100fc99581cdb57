package io.pacewire.training;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a recording that belongs to a training, by the time that the device gave its samples.
 *
 * @param fromMs the first that belongs to it; null from the recording's beginning
 * @param toMs the first that does not; null to the recording's end, whatever is still to come of it
 */
record TrainingPart(
    UUID sessionId, @Nullable Long fromMs, @Nullable Long toMs) {
  TrainingPart {
    if (fromMs != null && toMs != null && fromMs >= toMs) {
      throw new IllegalArgumentException("a part from " + fromMs + " to " + toMs + " is empty");
    }
  }

  static TrainingPart whole(UUID sessionId) {
    return new TrainingPart(sessionId, null, null);
  }

  boolean isWhole() {
    return fromMs == null && toMs == null;
  }

  boolean has(long atMs) {
    return (fromMs == null || atMs >= fromMs) && (toMs == null || atMs < toMs);
  }

  /** What of it lies within a range, either end of which may be open; empty where nothing can. */
  Optional<TrainingPart> within(@Nullable Long from, @Nullable Long to) {
    Long later = fromMs == null || (from != null && from > fromMs) ? from : fromMs;
    Long earlier = toMs == null || (to != null && to < toMs) ? to : toMs;
    return later != null && earlier != null && later >= earlier
        ? Optional.empty()
        : Optional.of(new TrainingPart(sessionId, later, earlier));
  }

  /** Both as one where this ends as the other begins. */
  Optional<TrainingPart> joined(TrainingPart next) {
    return toMs != null && sessionId.equals(next.sessionId) && toMs.equals(next.fromMs)
        ? Optional.of(new TrainingPart(sessionId, fromMs, next.toMs))
        : Optional.empty();
  }

  JsonObject json() {
    return new JsonObject()
        .put("sessionId", sessionId.toString())
        .put("fromMs", fromMs)
        .put("toMs", toMs);
  }

  static TrainingPart of(JsonObject json) {
    return new TrainingPart(
        UUID.fromString(json.getString("sessionId")), json.getLong("fromMs"), json.getLong("toMs"));
  }
}
