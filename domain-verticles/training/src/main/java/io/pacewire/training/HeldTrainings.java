package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Trainings as they are before they are changed; what cannot be changed is a problem. */
final class HeldTrainings {
  private final TrainingRepository trainings;

  HeldTrainings(TrainingRepository trainings) {
    this.trainings = trainings;
  }

  /** As the athlete saw it, whatever its status. */
  Future<Training> find(Target target) {
    return find(target.athleteId(), target.trainingId())
        .map(training -> expected(target, training));
  }

  /** One that was rejected or deleted is restored before it is edited. */
  Future<Training> counting(Target target) {
    return find(target).map(HeldTrainings::counting);
  }

  /**
   * As {@link #counting}; also the revision after the one that the athlete saw where this very edit
   * made it, so that who did not hear the answer may ask again.
   */
  Future<Training> counting(Target target, JsonObject edit) {
    return find(target.athleteId(), target.trainingId()).map(training -> {
      Integer saw = target.expected();
      boolean made = saw != null && saw == training.revision() - 1 && isMade(training, edit);
      return counting(made ? training : expected(target, training));
    });
  }

  /** Whether a training's newest revision is what an edit made of it. */
  static boolean isMade(Training training, JsonObject edit) {
    JsonObject last = training.origin().change();
    if (last == null) {
      return false;
    }
    JsonObject asked = last.copy();
    asked.remove("diff");
    return asked.equals(edit);
  }

  private static Training expected(Target target, Training training) {
    if (target.expected() != null && target.expected() != training.revision()) {
      throw overtaken(training.revision());
    }
    return training;
  }

  /** What a caller is told whose revision somebody else wrote first. */
  Future<Training> overtaken(UUID athleteId, UUID id) {
    return find(athleteId, id).map(now -> {
      throw overtaken(now.revision());
    });
  }

  /** In the order of their ids given. */
  Future<List<Training>> allCounting(UUID athleteId, List<UUID> ids) {
    List<Training> found = new ArrayList<>();
    Future<Void> finding = Future.succeededFuture();
    for (UUID id : ids) {
      finding = finding.compose(done -> find(athleteId, id)).map(training -> {
        found.add(counting(training));
        return null;
      });
    }
    return finding.map(found);
  }

  private static Training counting(Training training) {
    if (!training.counts()) {
      UUID into = training.origin().mergedInto();
      throw new ProblemException(Problem.conflict(
          "training-does-not-count",
          "training " + training.trainingId() + " is "
              + (into == null ? training.status() + ": restore it first" : "merged into " + into)));
    }
    return training;
  }

  private Future<Training> find(UUID athleteId, UUID id) {
    return trainings
        .find(athleteId, id)
        .map(found ->
            found.orElseThrow(() -> new ProblemException(Problem.notFound("training", id))));
  }

  private static ProblemException overtaken(int revision) {
    return new ProblemException(Problem.of(
            412,
            "revision-differs",
            "The training was changed meanwhile",
            "look at it again and repeat what still holds")
        .with("etag", "\"" + revision + "\""));
  }
}
