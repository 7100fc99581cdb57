package io.pacewire.training;

import io.pacewire.training.TrainingComposer.Composed;
import io.pacewire.training.TrainingRepository.Told;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Next revisions, each with the fact that others can follow. Pure. */
final class Revisions {
  private Revisions() {}

  /** Of a training that counts, with other figures. */
  static Told revised(
      UUID athlete, Training before, Composed composed, Origin origin, JsonObject change) {
    Training next = explained(before, composed, origin, change);
    return new Told(next, TrainingFacts.told(athlete, next, composed.figures()), composed.print());
  }

  /** Of one that counts again. */
  static Told restored(UUID athlete, Training before, Composed composed, JsonObject change) {
    Training next = explained(before, composed, before.origin().mergedInto(null), change);
    return new Told(
        next, TrainingFacts.restored(athlete, next, composed.figures()), composed.print());
  }

  /**
   * Of one that an edit makes of another.
   *
   * @param earlier the one with its id where it was made before, and taken back
   */
  static Told begun(
      UUID athlete, Composed composed, @Nullable Training earlier, String kind, UUID from) {
    JsonObject change = new JsonObject().put("kind", kind).put("from", from.toString());
    Origin origin = Origin.of(composed.recipe());
    if (earlier != null) {
      Training next = explained(earlier, composed, origin, change);
      return new Told(
          next, TrainingFacts.restored(athlete, next, composed.figures()), composed.print());
    }
    Training first =
        composed.training(TrainingFacts.FIRST_REVISION, Training.FINISHED, origin.changed(change));
    return new Told(
        first, TrainingFacts.told(athlete, first, composed.figures()), composed.print());
  }

  /** Of one whose parts are another's now. */
  static Told merged(UUID athlete, Training before, UUID into) {
    JsonObject change = new JsonObject().put("kind", "merged").put("into", into.toString());
    return takenBack(
        athlete,
        before.changed(Training.DELETED).of(before.origin().changed(change).mergedInto(into)),
        "merged into " + into);
  }

  /** @param next does not count */
  static Told takenBack(UUID athlete, Training next, String reason) {
    return new Told(next, TrainingFacts.takenBack(athlete, next, reason), null);
  }

  private static Training explained(
      Training before, Composed composed, Origin origin, JsonObject change) {
    Training next = composed.training(before.revision() + 1, Training.FINISHED, origin);
    return next.of(origin.changed(change.copy().put("diff", TrainingDiff.between(before, next))));
  }
}
