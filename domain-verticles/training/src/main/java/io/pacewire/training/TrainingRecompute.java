package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.track.TrackFold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Trainings from their chunks anew, by the algorithm that is there: what it states differently is
 * another revision, which says what changed.
 */
final class TrainingRecompute {
  private static final System.Logger LOG = System.getLogger(TrainingRecompute.class.getName());
  private static final String NOT_COMPUTED = "not-computed";

  private final TrainingRepository trainings;
  private final HeldTrainings held;
  private final SessionFinisher finisher;

  TrainingRecompute(TrainingRepository trainings, HeldTrainings held, SessionFinisher finisher) {
    this.trainings = trainings;
    this.held = held;
    this.finisher = finisher;
  }

  /**
   * Completes with the training that holds now; where nothing changed it is the one before.
   *
   * @param version of the algorithm, null for the newest
   */
  Future<Training> one(Target target, @Nullable Integer version) {
    requireShipped(version);
    return held.find(target)
        .compose(training ->
            finisher.refresh(target.athleteId(), training, "recompute", target.answer()));
  }

  /** @param version null for the newest */
  static void requireShipped(@Nullable Integer version) {
    if (version != null && version != TrackFold.ALGORITHM_VERSION) {
      throw new ProblemException(Problem.of(
          422,
          "algorithm-not-shipped",
          "This version of the algorithm is not here",
          "algorithmVersion must be " + TrackFold.ALGORITHM_VERSION + ", the only one shipped"));
    }
  }

  /**
   * Those of an athlete that are behind a training's id, some at a time. Each in turn; who asks again
   * for what is done already gets it without changes.
   *
   * @param after null for the first
   * @param turnstile passed with each, so that others' turns come between them
   */
  Future<JsonObject> page(UUID athleteId, @Nullable UUID after, int limit, Turnstile turnstile) {
    return trainings.listIds(athleteId, after, limit + 1).compose(ids -> {
      JsonArray done = new JsonArray();
      JsonObject page = new JsonObject().put("trainings", done);
      Future<Void> chain = Future.succeededFuture();
      for (UUID id : ids.subList(0, Math.min(limit, ids.size()))) {
        chain = chain
            .compose(before -> done.isEmpty()
                ? turnstile.pass(athleteId, () -> said(athleteId, id))
                : turnstile.passBegun(athleteId, () -> said(athleteId, id)))
            .map(said -> {
              done.add(said);
              return null;
            });
      }
      if (ids.size() > limit) {
        page.put("next", ids.get(limit - 1).toString());
      }
      return chain.map(page);
    });
  }

  private Future<JsonObject> said(UUID athleteId, UUID id) {
    return held.find(new Target(athleteId, id, null))
        .compose(before -> finisher
            .refresh(athleteId, before, "recompute")
            .map(after -> said(before, after))
            .recover(cause ->
                reason(id, cause).map(reason -> said(before, before).put("reason", reason))));
  }

  /** Why a training stays as it is, and the next one's turn comes. */
  private static Future<String> reason(UUID id, Throwable cause) {
    if (RecordingGone.is(cause)) {
      return Future.succeededFuture(RecordingGone.NAME);
    }
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    LOG.log(ERROR, "training {0} is not computed anew; {1}", id, FoldFault.told(cause));
    return Future.succeededFuture(NOT_COMPUTED);
  }

  private static JsonObject said(Training before, Training after) {
    return new JsonObject()
        .put("trainingId", before.trainingId().toString())
        .put("revision", after.revision())
        .put("changed", after.revision() != before.revision())
        .put("diff", TrainingDiff.between(before, after));
  }
}
