package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/**
 * A hole in what a writer recorded.
 *
 * @param fromAtMs the newest sample before it, by the device's clock
 * @param toAtMs the oldest sample behind it
 */
record MissingBatches(
    int writer, int fromSeq, int toSeq, Reason reason, long fromAtMs, long toAtMs) {
  /** So many are named; the others show in that the training is not complete. */
  static final int MOST_NAMED = 64;

  /** Why it is there. */
  enum Reason {
    /** It did not come, and may still. */
    MISSING,
    /** Its device had to drop it for good. */
    DROPPED,
    /** It came and could not be decoded. */
    REFUSED
  }

  /** Whether a part goes across it. */
  boolean isIn(TrainingPart part) {
    return (part.toMs() == null || fromAtMs < part.toMs())
        && (part.fromMs() == null || toAtMs > part.fromMs() || fromAtMs >= part.fromMs());
  }

  static JsonArray json(List<MissingBatches> all) {
    JsonArray array = new JsonArray();
    all.stream()
        .sorted(Comparator.comparingLong(MissingBatches::fromAtMs))
        .limit(MOST_NAMED)
        .forEach(one -> array.add(new JsonObject()
            .put("writer", one.writer)
            .put("fromSeq", one.fromSeq)
            .put("toSeq", one.toSeq)
            .put("reason", one.reason.name())
            .put("fromAtMs", one.fromAtMs)
            .put("toAtMs", one.toAtMs)));
    return array;
  }
}
