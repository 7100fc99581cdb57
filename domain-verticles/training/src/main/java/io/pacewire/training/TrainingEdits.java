package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.TrainingComposer.Composed;
import io.pacewire.training.TrainingRepository.Told;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an athlete makes of a training that counts: each edit is another recipe, computed anew from
 * chunks, and a revision of its own that is written together with its fact. An edit that is made
 * already is made no second time.
 */
final class TrainingEdits {
  private final TrainingRepository trainings;
  private final HeldTrainings held;
  private final TrainingComposer composer;

  TrainingEdits(TrainingRepository trainings, HeldTrainings held, TrainingComposer composer) {
    this.trainings = trainings;
    this.held = held;
    this.composer = composer;
  }

  /** Leaves what is from one time to another, either null for the training's own end. */
  Future<Training> crop(Target target, @Nullable Long fromMs, @Nullable Long toMs) {
    JsonObject change =
        new JsonObject().put("kind", "crop").put("fromMs", fromMs).put("toMs", toMs);
    return edit(target, change, training -> RecipeRules.crop(training, fromMs, toMs));
  }

  Future<Training> changeSport(Target target, String sport) {
    JsonObject change = new JsonObject().put("kind", "sport").put("sport", sport);
    return edit(
        target,
        change,
        training -> training.sport().equals(sport)
            ? training.recipe()
            : training.recipe().ofSport(sport));
  }

  Future<Training> correctElevation(Target target, Elevation elevation) {
    JsonObject change =
        new JsonObject().put("kind", "elevation").put("elevation", elevation.json());
    return edit(target, change, training -> training.recipe().at(elevation));
  }

  /** The training keeps what was before; completes with it. The rest becomes one of its own. */
  Future<Training> split(Target target, long atMs) {
    UUID athlete = target.athleteId();
    UUID otherId = RecipeRules.splitOff(target.trainingId(), atMs);
    JsonObject change =
        new JsonObject().put("kind", "split").put("atMs", atMs).put("other", otherId.toString());
    return held.counting(target, change)
        .compose(training -> HeldTrainings.isMade(training, change)
            ? Future.succeededFuture(training)
            : composed(athlete, target.trainingId(), RecipeRules.split(training, atMs, true))
                .compose(first -> composed(
                        athlete, otherId, RecipeRules.split(training, atMs, false))
                    .compose(rest -> trainings.find(athlete, otherId).compose(earlier -> {
                      Told kept = edited(
                          athlete,
                          training,
                          first,
                          new Undo("split", training.revision(), List.of(otherId)),
                          change);
                      Told made = Revisions.begun(
                          athlete, rest, earlier.orElse(null), "split-off", training.trainingId());
                      return write(target, List.of(kept, made));
                    }))));
  }

  /** Adds the parts of others, which count no more by themselves. */
  Future<Training> merge(Target target, List<UUID> with) {
    UUID athlete = target.athleteId();
    JsonObject change = new JsonObject()
        .put("kind", "merge")
        .put("with", with.stream().map(UUID::toString).toList());
    return held.counting(target, change)
        .compose(into -> HeldTrainings.isMade(into, change)
            ? Future.succeededFuture(into)
            : held.allCounting(athlete, with)
                .compose(others -> composed(
                        athlete, into.trainingId(), RecipeRules.merge(into, others))
                    .compose(merged -> {
                      List<Told> all = new ArrayList<>();
                      all.add(edited(
                          athlete, into, merged, new Undo("merge", into.revision(), with), change));
                      others.forEach(
                          other -> all.add(Revisions.merged(athlete, other, into.trainingId())));
                      return write(target, all);
                    })));
  }

  private Future<Training> edit(Target target, JsonObject change, Function<Training, Recipe> rule) {
    UUID athlete = target.athleteId();
    return held.counting(target, change).compose(training -> {
      Recipe recipe =
          HeldTrainings.isMade(training, change) ? training.recipe() : rule.apply(training);
      if (recipe.equals(training.recipe())) {
        return Future.succeededFuture(training);
      }
      Undo undo = new Undo(change.getString("kind"), training.revision(), List.of());
      return composed(athlete, training.trainingId(), recipe)
          .compose(composed ->
              write(target, List.of(edited(athlete, training, composed, undo, change))));
    });
  }

  private static Told edited(
      UUID athlete, Training before, Composed composed, Undo undo, JsonObject change) {
    Origin origin = before.origin().edited(composed.recipe(), undo);
    return Revisions.revised(athlete, before, composed, origin, change);
  }

  private Future<Composed> composed(UUID athlete, UUID id, Recipe recipe) {
    return composer.composeEdited(athlete, id, recipe).map(composed -> {
      if (!composed.hasContent()) {
        throw new ProblemException(Problem.of(
            422, "nothing-left", "Nothing would be left", "no sample lies within what was asked"));
      }
      return composed;
    });
  }

  private Future<Training> write(Target target, List<Told> revisions) {
    UUID athlete = target.athleteId();
    Training first = revisions.get(0).training();
    return trainings
        .insertEdit(athlete, revisions, target.answer())
        .compose(written ->
            written ? Future.succeededFuture(first) : held.overtaken(athlete, first.trainingId()));
  }
}
