package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.track.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * What a training's parts come to, from their chunks. A recording that is a training as it is goes the
 * way it always did; of others, what its sessions' own folds are given is cut and given to one more.
 */
final class RecipeFold {
  private final SessionRepository sessions;
  private final SessionFold folds;

  RecipeFold(SessionRepository sessions, SessionFold folds) {
    this.sessions = sessions;
    this.folds = folds;
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

  private Future<FoldedSession> parts(Recipe recipe, List<SessionHead> heads) {
    CollectedTrack track = new CollectedTrack();
    PartsFold fold = new PartsFold(recipe, heads.get(0).athlete(), track);
    List<FoldedSession> each = new ArrayList<>();
    Future<Void> folding = Future.succeededFuture();
    for (SessionHead head : heads) {
      folding = folding.compose(done -> folds.run(head, fold::step)).map(folded -> {
        fold.endPart(folded.figures().lastAtEpochMs());
        each.add(folded);
        return null;
      });
    }
    return folding.map(done -> new FoldedSession(
        fold.end().figures(),
        track,
        each.stream().allMatch(FoldedSession::complete),
        missing(recipe, each),
        each.size() == 1 ? each.get(0).who() : null,
        writerOf(recipe, each)));
  }

  private static List<MissingBatches> missing(Recipe recipe, List<FoldedSession> each) {
    List<MissingBatches> missing = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      TrainingPart part = recipe.parts().get(i);
      each.get(i).missing().stream().filter(one -> one.isIn(part)).forEach(missing::add);
    }
    return missing;
  }

  /** As the part says that the verdict lies in. */
  private static ToIntFunction<Verdict> writerOf(Recipe recipe, List<FoldedSession> each) {
    return verdict -> {
      int part = 0;
      for (int i = 1; i < each.size(); i++) {
        Long from = recipe.parts().get(i).fromMs();
        long begins = from == null ? each.get(i).figures().startAtEpochMs() : from;
        part = verdict.atEpochMs() >= begins ? i : part;
      }
      return each.get(part).writerOf().applyAsInt(verdict);
    };
  }
}
