package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an edit is taken back.
 *
 * @param kind of the edit
 * @param revision the one before it, whose recipe holds again
 * @param others trainings that were made by it, or merged
 */
record Undo(String kind, int revision, List<UUID> others) {
  Undo {
    others = List.copyOf(others);
  }

  JsonObject json() {
    return new JsonObject()
        .put("kind", kind)
        .put("revision", revision)
        .put("others", new JsonArray(others.stream().map(UUID::toString).toList()));
  }

  static @Nullable Undo of(@Nullable JsonObject json) {
    return json == null
        ? null
        : new Undo(
            json.getString("kind"),
            json.getInteger("revision"),
            json.getJsonArray("others").stream()
                .map(id -> UUID.fromString((String) id))
                .toList());
  }
}
