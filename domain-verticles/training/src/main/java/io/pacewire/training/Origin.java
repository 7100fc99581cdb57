package io.pacewire.training;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a revision of a training comes from.
 *
 * @param change what happened ({@code kind}) and which figures it changed ({@code diff}); null of a
 *     first revision
 * @param undo how the last edit is taken back, null where there was none
 * @param mergedInto the training that has its parts now; it counts there, and not here
 */
record Origin(
    Recipe recipe,
    @Nullable JsonObject change,
    @Nullable Undo undo,
    @Nullable UUID mergedInto) {

  static Origin of(Recipe recipe) {
    return new Origin(recipe, null, null, null);
  }

  Origin changed(@Nullable JsonObject other) {
    return new Origin(recipe, other, undo, mergedInto);
  }

  Origin changed(String kind) {
    return changed(new JsonObject().put("kind", kind));
  }

  /** By an edit, or back to before one. */
  Origin edited(Recipe other, @Nullable Undo back) {
    return new Origin(other, null, back, mergedInto);
  }

  Origin mergedInto(@Nullable UUID other) {
    return new Origin(recipe, change, undo, other);
  }
}
