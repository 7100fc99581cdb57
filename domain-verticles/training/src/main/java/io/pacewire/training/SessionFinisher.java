package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.TrackFold;
import io.pacewire.track.pass.TrackPrint;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Turns what is stored of a session into a training, and into a later revision of it where more was
 * stored since: one statement writes it, once, with the fact that tells the others.
 */
final class SessionFinisher {
  private final SessionFold folds;
  private final TrainingRepository trainings;
  private final SessionRepository sessions;
  private final PrintRepository prints;
  private final PointRepository points;

  SessionFinisher(
      SessionFold folds,
      TrainingRepository trainings,
      SessionRepository sessions,
      PrintRepository prints,
      PointRepository points) {
    this.folds = folds;
    this.trainings = trainings;
    this.sessions = sessions;
    this.prints = prints;
    this.points = points;
  }

  /**
   * Completes with the training that holds now, or with nothing where the session has no sample that
   * could make one.
   */
  Future<Optional<Training>> finish(SessionHead head) {
    // What is held is read before the chunks are: should somebody write a revision in between, ours
    // does not fit and is made anew, so a later revision never knows less than an earlier one.
    return trainings
        .find(head.key().athleteId(), TrainingId.of(head.key()).value())
        .compose(held -> folds
            .run(head)
            .compose(folded -> folded.figures().startAtEpochMs() == 0
                ? sessions.close(head.key()).map(Optional.<Training>empty())
                : findings(head, folded).compose(findings -> write(head, held, folded, findings))));
  }

  /**
   * Makes a training that was rejected or deleted count again, as its chunks have it now. False where
   * another revision was written meanwhile.
   */
  Future<Boolean> restore(SessionHead head, Training held) {
    return folds
        .run(head)
        .compose(folded -> findings(head, folded).compose(findings -> {
          Training training =
              training(head, folded, findings, held.revision() + 1, Training.FINISHED);
          return keepPoints(head, training, folded)
              .compose(kept -> trainings.insertRevision(
                  head.key().athleteId(),
                  training,
                  TrainingFacts.restored(head, training, folded.figures())));
        }));
  }

  Future<Boolean> tellStart(SessionHead head, Figures figures) {
    return trainings.tellStart(
        head.key(),
        figures.sport(),
        figures.timeZone(),
        figures.startAtEpochMs(),
        TrainingFacts.started(head, figures));
  }

  private Future<Optional<Training>> write(
      SessionHead head, Optional<Training> held, FoldedSession folded, JsonObject findings) {
    int revision = held.map(Training::revision).orElse(0) + 1;
    String status = held.map(Training::status).orElse(Training.FINISHED);
    Training training = training(head, folded, findings, revision, status);
    if (held.isPresent() && held.get().saysTheSameAs(training)) {
      return Future.succeededFuture(held);
    }
    return keepPoints(head, training, folded)
        .compose(kept -> trainings.insertRevision(
            head.key().athleteId(),
            training,
            training.counts()
                ? TrainingFacts.told(head, training, folded.figures())
                : TrainingFacts.takenBack(head.key().athleteId(), training, "more of it came")))
        .compose(written -> written ? Future.succeededFuture(Optional.of(training)) : finish(head));
  }

  /** Before the revision is written, so that none is without; whoever is overtaken comes again. */
  private Future<Void> keepPoints(SessionHead head, Training training, FoldedSession folded) {
    return points.replace(
        PointsKey.of(head), training.revision(), PointsOfTrack.of(folded.track()));
  }

  private Future<JsonObject> findings(SessionHead head, FoldedSession folded) {
    TrackPrint print = TrackPrint.of(folded.track().points());
    return prints
        .save(head.key().athleteId(), TrainingId.of(head.key()).value(), print.hashes())
        .map(earlier -> FindingsJson.of(folded.figures(), folded.track(), print, earlier));
  }

  private static Training training(
      SessionHead head, FoldedSession folded, JsonObject findings, int revision, String status) {
    Figures figures = folded.figures();
    CollectedTrack track = folded.track();
    JsonObject shown = LiveJson.figures(figures);
    shown.remove("paceSPerKm");
    shown.remove("speedMps");
    shown.remove("heartRateBpm");
    shown.remove("heartRateZone");
    shown
        .put("zones", LiveJson.zones(figures))
        .put("power", MeasuredJson.power(figures.power()))
        .put("motion", MeasuredJson.motion(figures.motion()))
        .put("effort", MeasuredJson.effort(figures))
        .put("parameters", MeasuredJson.parameters(figures.parameters()))
        .put("laps", MeasuredJson.laps(track.laps()));
    if (folded.who() != null) {
      shown.put("writers", MeasuredJson.writers(folded.who()));
    }
    return new Training(
        TrainingId.of(head.key()).value(),
        head.key().sessionId(),
        revision,
        status,
        folded.complete(),
        figures.sport(),
        figures.startAtEpochMs(),
        figures.lastAtEpochMs(),
        figures.timeZone(),
        TrackFold.ALGORITHM_VERSION, // of what computed it, whatever the session began with
        shown,
        LiveJson.splits(track.splits()),
        LiveJson.verdicts(track.verdicts(), folded.writerOf()),
        findings);
  }
}
