package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an athlete does with a training: each change is a revision of its own, written together with
 * the fact that takes along what followed from it. A change that is made already is made no second
 * time.
 */
final class TrainingLifecycle {
  private final TrainingRepository trainings;
  private final SessionRepository sessions;
  private final SessionFinisher finisher;

  TrainingLifecycle(
      TrainingRepository trainings, SessionRepository sessions, SessionFinisher finisher) {
    this.trainings = trainings;
    this.sessions = sessions;
    this.finisher = finisher;
  }

  /**
   * @param expected the revision that the athlete saw, null where any will do
   * @param reason in the athlete's words
   */
  Future<Training> reject(UUID athleteId, UUID id, @Nullable Integer expected, String reason) {
    return takeBack(athleteId, id, expected, Training.REJECTED, reason);
  }

  Future<Training> delete(UUID athleteId, UUID id, @Nullable Integer expected) {
    return takeBack(athleteId, id, expected, Training.DELETED, "by the athlete");
  }

  /** Also one that was deleted. */
  Future<Training> restore(UUID athleteId, UUID id, @Nullable Integer expected) {
    return held(athleteId, id, expected)
        .compose(held -> held.counts()
            ? Future.succeededFuture(held)
            : sessions
                .findHead(new SessionKey(athleteId, held.sessionId()))
                .compose(head -> finisher.restore(head.orElseThrow(() -> notFound(id)), held))
                .compose(
                    written -> written ? find(athleteId, id) : Future.failedFuture(overtaken())));
  }

  private Future<Training> takeBack(
      UUID athleteId, UUID id, @Nullable Integer expected, String status, String reason) {
    return held(athleteId, id, expected).compose(held -> {
      if (held.status().equals(status)) {
        return Future.succeededFuture(held);
      }
      Training changed = held.changed(status);
      return trainings
          .insertRevision(athleteId, changed, TrainingFacts.takenBack(athleteId, changed, reason))
          .compose(written ->
              written ? Future.succeededFuture(changed) : Future.failedFuture(overtaken()));
    });
  }

  private Future<Training> held(UUID athleteId, UUID id, @Nullable Integer expected) {
    return find(athleteId, id).map(held -> {
      if (expected != null && expected != held.revision()) {
        throw overtaken();
      }
      return held;
    });
  }

  private Future<Training> find(UUID athleteId, UUID id) {
    return trainings.find(athleteId, id).map(found -> found.orElseThrow(() -> notFound(id)));
  }

  private static ProblemException notFound(UUID id) {
    return new ProblemException(Problem.notFound("training", id));
  }

  private static ProblemException overtaken() {
    return new ProblemException(Problem.of(
        412,
        "revision-differs",
        "The training was changed meanwhile",
        "look at it again and repeat what still holds"));
  }
}
