package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of what a training is made: the same recipe over the same chunks gives the same figures. An edit is
 * another recipe; no sample is copied or changed.
 *
 * @param parts by time, 1 to {@value #MOST_PARTS}; what lies between two counts as a pause
 * @param sport instead of the one that the device said; null where that one holds
 */
record Recipe(List<TrainingPart> parts, @Nullable String sport, Elevation elevation) {
  static final int MOST_PARTS = 64;

  Recipe {
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException(
          "a training has 1 to " + MOST_PARTS + " parts, not " + parts.size());
    }
    parts = List.copyOf(parts);
  }

  /** As it was recorded. */
  static Recipe whole(UUID sessionId) {
    return new Recipe(List.of(TrainingPart.whole(sessionId)), null, Elevation.AS_RECORDED);
  }

  /** Whether it is a recording as it is. */
  boolean isWhole() {
    return parts.size() == 1
        && parts.get(0).isWhole()
        && sport == null
        && elevation.equals(Elevation.AS_RECORDED);
  }

  UUID firstSession() {
    return parts.get(0).sessionId();
  }

  /** Each once. */
  List<UUID> sessions() {
    return parts.stream().map(TrainingPart::sessionId).distinct().toList();
  }

  /** What is left within a range; nothing of it is an {@link IllegalArgumentException}. */
  Recipe within(@Nullable Long fromMs, @Nullable Long toMs) {
    return with(
        parts.stream().flatMap(part -> part.within(fromMs, toMs).stream()).toList());
  }

  /** With parts that come after its own. */
  Recipe followedBy(Recipe later) {
    List<TrainingPart> all = new ArrayList<>(parts);
    for (TrainingPart part : later.parts) {
      int last = all.size() - 1;
      all.get(last).joined(part).ifPresentOrElse(one -> all.set(last, one), () -> all.add(part));
    }
    return with(all);
  }

  private Recipe with(List<TrainingPart> others) {
    return new Recipe(others, sport, elevation);
  }

  Recipe ofSport(String other) {
    return new Recipe(parts, other, elevation);
  }

  Recipe at(Elevation other) {
    return new Recipe(parts, sport, other);
  }

  JsonObject json() {
    return new JsonObject()
        .put("parts", new JsonArray(parts.stream().map(TrainingPart::json).toList()))
        .put("sport", sport)
        .put("elevation", elevation.json());
  }

  /** @param json null for a training that nobody edited */
  static Recipe of(@Nullable JsonObject json, UUID sessionId) {
    if (json == null) {
      return whole(sessionId);
    }
    List<TrainingPart> parts = new ArrayList<>();
    for (Object part : json.getJsonArray("parts")) {
      parts.add(TrainingPart.of((JsonObject) part));
    }
    return new Recipe(
        parts, json.getString("sport"), Elevation.of(json.getJsonObject("elevation")));
  }
}
