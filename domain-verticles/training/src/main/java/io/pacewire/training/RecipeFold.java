package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a training's parts come to, from their chunks. A recording that is a training as it is goes the
 * way it always did; of others, what its sessions' own folds are given is cut and given to one more.
 */
final class RecipeFold {
  private final SessionRepository sessions;
  private final SessionFold folds;
  private final FoldWorkers workers;

  RecipeFold(SessionRepository sessions, SessionFold folds, FoldWorkers workers) {
    this.sessions = sessions;
    this.folds = folds;
    this.workers = workers;
  }

  /** Fails with a problem where a session is not there, or its samples are not. */
  Future<FoldedSession> run(UUID athleteId, Recipe recipe) {
    return heads(athleteId, recipe.parts(), new ArrayList<>())
        .compose(heads -> recipe.isWhole() ? folds.run(heads.get(0)) : parts(recipe, heads));
  }

  /** Of each part, in their order. */
  private Future<List<SessionHead>> heads(
      UUID athleteId, List<TrainingPart> parts, List<SessionHead> found) {
    if (found.size() == parts.size()) {
      return Future.succeededFuture(found);
    }
    UUID sessionId = parts.get(found.size()).sessionId();
    return sessions
        .findHead(new SessionKey(athleteId, sessionId))
        .map(head ->
            head.orElseThrow(() -> new ProblemException(Problem.notFound("session", sessionId))))
        .compose(this::recorded)
        .compose(head -> {
          found.add(head);
          return heads(athleteId, parts, found);
        });
  }

  private Future<SessionHead> recorded(SessionHead head) {
    return head.state() != SessionHead.State.QUARANTINED
        ? Future.succeededFuture(head)
        : sessions.isExpired(head.key()).map(expired -> {
          if (expired) {
            throw RecordingGone.of(head.key().sessionId());
          }
          return head;
        });
  }

  /** One recording after the other; of each only what {@link FoldedParts} keeps outlives the next. */
  private Future<FoldedSession> parts(Recipe recipe, List<SessionHead> heads) {
    CollectedTrack track = new CollectedTrack();
    PartsFold fold = new PartsFold(recipe, heads.get(0).athlete(), track);
    FoldedParts parts = new FoldedParts(recipe, track);
    return InTurn.each(
            heads,
            head -> folds
                .runWithoutPoints(head, batch -> {
                  parts.hear(batch);
                  fold.step(batch);
                })
                .compose(folded -> workers.run(() -> {
                  fold.endPart(folded.figures().lastAtEpochMs());
                  parts.add(folded);
                  return null;
                })))
        .compose(done -> workers.run(() -> parts.result(fold.end().figures())));
  }
}
