package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The line of each training, of whatever parts it is made: kept points where they are those of its
 * revision, else folded from chunks, and kept.
 */
final class TrainingLines {
  /** With edits, exports and looks at live sessions, which have turns of their own, not all connections. */
  private static final int AT_ONCE = 4;

  private static final int WAITING = 64;

  private final SessionRepository sessions;
  private final PointRepository points;
  private final RecipeFold folds;
  private final FoldWorkers workers;
  private final Turnstile turnstile = new Turnstile(AT_ONCE, WAITING);

  TrainingLines(
      SessionRepository sessions, PointRepository points, RecipeFold folds, FoldWorkers workers) {
    this.workers = workers;
    this.sessions = sessions;
    this.points = points;
    this.folds = folds;
  }

  Future<StoredPoints> of(UUID athleteId, Training training) {
    return of(athleteId, training, work -> turnstile.pass(athleteId, work));
  }

  /** For an answer that has begun: is not refused where too many wait, see {@link Turnstile#passBegun}. */
  Future<StoredPoints> ofBegun(UUID athleteId, Training training) {
    return of(athleteId, training, work -> turnstile.passBegun(athleteId, work));
  }

  private Future<StoredPoints> of(UUID athleteId, Training training, Turn turn) {
    return key(athleteId, training)
        .compose(key -> points
            .find(key, training.revision())
            .compose(found -> found.isPresent()
                ? Future.succeededFuture(found.get())
                : turn.pass(() -> foldedAgain(athleteId, training, key))));
  }

  private interface Turn {
    Future<StoredPoints> pass(Supplier<Future<StoredPoints>> work);
  }

  /** After the revision is written: who is overtaken must not leave a line that nobody holds. */
  Future<Void> keep(UUID athleteId, Training training, FoldedSession folded) {
    return key(athleteId, training)
        .compose(key -> workers
            .run(() -> PointsOfTrack.of(folded.track()))
            .compose(line -> points.replace(key, training.revision(), line)));
  }

  private Future<StoredPoints> foldedAgain(UUID athleteId, Training training, PointsKey key) {
    return folds
        .run(athleteId, training.recipe())
        .compose(folded -> workers.run(() -> PointsOfTrack.of(folded.track())))
        .compose(line -> points.replace(key, training.revision(), line).map(line));
  }

  private Future<PointsKey> key(UUID athleteId, Training training) {
    SessionKey first = new SessionKey(athleteId, training.sessionId());
    return sessions
        .findHead(first)
        .map((Optional<SessionHead> found) -> found.orElseThrow(
            () -> new ProblemException(Problem.notFound("session", first.sessionId()))))
        .map(head -> new PointsKey(head.bucket(), athleteId, training.trainingId()));
  }
}
