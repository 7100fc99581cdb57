package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.TrainingRepository.Told;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a training counts, and what is taken back: each change is a revision of its own, written
 * together with the fact that takes along what followed from it. A change that is made already is made
 * no second time.
 */
final class TrainingLifecycle {
  private final TrainingRepository trainings;
  private final HeldTrainings held;
  private final TrainingComposer composer;

  TrainingLifecycle(TrainingRepository trainings, HeldTrainings held, TrainingComposer composer) {
    this.trainings = trainings;
    this.held = held;
    this.composer = composer;
  }

  /**
   * @param expected the revision that the athlete saw, null where any will do
   * @param reason in the athlete's words
   */
  Future<Training> reject(UUID athleteId, UUID id, @Nullable Integer expected, String reason) {
    return reject(new Target(athleteId, id, expected), reason);
  }

  Future<Training> reject(Target target, String reason) {
    return takeBack(target, Training.REJECTED, reason);
  }

  Future<Training> delete(UUID athleteId, UUID id, @Nullable Integer expected) {
    return takeBack(new Target(athleteId, id, expected), Training.DELETED, "by the athlete");
  }

  /** Also one that was deleted; refused where another that counts has its parts. */
  Future<Training> restore(UUID athleteId, UUID id, @Nullable Integer expected) {
    return restore(new Target(athleteId, id, expected));
  }

  Future<Training> restore(Target target) {
    return held.find(target)
        .compose(training -> training.counts()
            ? Future.succeededFuture(training)
            : restored(target.athleteId(), training, "restore")
                .compose(told -> write(target, List.of(told))));
  }

  /** Takes the last edit back; several times where several were made. */
  Future<Training> undo(Target target) {
    UUID athlete = target.athleteId();
    return held.counting(target).compose(training -> {
      Undo undo = training.origin().undo();
      if (undo == null) {
        throw new ProblemException(Problem.conflict(
            "nothing-to-undo", "training " + training.trainingId() + " was not edited"));
      }
      return trainings
          .findRevision(athlete, training.trainingId(), undo.revision())
          .map(before -> before.orElseThrow(
              () -> new IllegalStateException("revision " + undo.revision() + " is gone")))
          .compose(before -> undone(athlete, training, undo, before))
          .compose(own -> others(athlete, training, undo).compose(others -> {
            List<Told> all = new ArrayList<>(List.of(own));
            all.addAll(others);
            return write(target, all);
          }));
    });
  }

  private Future<Told> undone(UUID athlete, Training training, Undo undo, Training before) {
    JsonObject change = new JsonObject().put("kind", "undo").put("of", undo.kind());
    return composer
        .compose(athlete, training.trainingId(), before.recipe())
        .map(composed -> Revisions.revised(
            athlete,
            training,
            composed,
            training.origin().edited(before.recipe(), before.origin().undo()),
            change));
  }

  /** What the edit had made is taken back, what it had taken is given back. */
  private Future<List<Told>> others(UUID athlete, Training training, Undo undo) {
    List<Told> all = new ArrayList<>();
    Future<Void> chain = Future.succeededFuture();
    for (UUID id : undo.others()) {
      chain = chain
          .compose(done -> trainings.find(athlete, id))
          .compose(found -> other(athlete, training, undo, found))
          .map(told -> {
            told.ifPresent(all::add);
            return null;
          });
    }
    return chain.map(all);
  }

  private Future<Optional<Told>> other(
      UUID athlete, Training training, Undo undo, Optional<Training> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Training other = found.get();
    if (undo.kind().equals("split") && other.counts()) {
      return Future.succeededFuture(Optional.of(Revisions.takenBack(
          athlete,
          other.changed(Training.DELETED).of(other.origin().changed("split-undone")),
          "split undone")));
    }
    boolean merged = training.trainingId().equals(other.origin().mergedInto());
    return undo.kind().equals("merge") && merged && !other.counts()
        ? restored(athlete, other, "merge-undone").map(Optional::of)
        : Future.succeededFuture(Optional.empty());
  }

  private Future<Told> restored(UUID athlete, Training training, String kind) {
    return composer
        .compose(athlete, training.trainingId(), training.recipe())
        .map(composed ->
            Revisions.restored(athlete, training, composed, new JsonObject().put("kind", kind)));
  }

  private Future<Training> takeBack(Target target, String status, String reason) {
    return held.find(target)
        .compose(training -> training.status().equals(status)
            ? Future.succeededFuture(training)
            : write(
                target,
                List.of(
                    Revisions.takenBack(target.athleteId(), training.changed(status), reason))));
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
