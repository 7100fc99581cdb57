package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingStarted;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.track.Figures;
import io.pacewire.training.Recomputation.Folded;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns a session whose finish mark was folded into a training: one statement writes it, once, with
 * the fact that tells the others.
 */
final class SessionFinisher {
  private static final int FIRST_REVISION = 1;

  private final Recomputation recomputation;
  private final TrainingRepository trainings;

  SessionFinisher(Recomputation recomputation, TrainingRepository trainings) {
    this.recomputation = recomputation;
    this.trainings = trainings;
  }

  /** What was written, or empty figures of the session where somebody else had written it. */
  Future<Finished> finish(SessionHead head, int writer) {
    CollectedTrack track = new CollectedTrack(false);
    return recomputation.run(head, writer, track).compose(folded -> {
      Training training = training(head, folded, track);
      return trainings
          .insertRevision(head.key().athleteId(), training, fact(head, folded))
          .map(written -> new Finished(training.revision(), training.complete(), written));
    });
  }

  /** @param written false where the revision was there already */
  record Finished(int revision, boolean complete, boolean written) {}

  Future<Boolean> tellStart(SessionHead head, Figures figures) {
    TrainingStarted fact = new TrainingStarted(
        head.key().athleteId(),
        TrainingId.of(head.key()).value(),
        head.key().sessionId(),
        figures.sport(),
        figures.startAtEpochMs(),
        figures.timeZone());
    return trainings.tellStart(
        head.key(),
        figures.sport(),
        figures.timeZone(),
        figures.startAtEpochMs(),
        envelope(head, "started", figures.startAtEpochMs(), fact));
  }

  private static Training training(SessionHead head, Folded folded, CollectedTrack track) {
    Figures figures = folded.state().figures();
    JsonObject shown = LiveJson.figures(figures);
    shown.remove("paceSPerKm");
    shown.remove("heartRateBpm");
    shown.remove("heartRateZone");
    shown.put("zones", LiveJson.zones(figures));
    return new Training(
        TrainingId.of(head.key()).value(),
        head.key().sessionId(),
        FIRST_REVISION,
        "finished",
        folded.complete(),
        figures.sport(),
        figures.startAtEpochMs(),
        figures.lastAtEpochMs(),
        figures.timeZone(),
        head.algorithmVersion(),
        shown,
        LiveJson.splits(track.splits()),
        LiveJson.verdicts(track.verdicts()));
  }

  private static EventEnvelope fact(SessionHead head, Folded folded) {
    Figures figures = folded.state().figures();
    TrainingFinished fact = new TrainingFinished(
        head.key().athleteId(),
        TrainingId.of(head.key()).value(),
        FIRST_REVISION,
        folded.complete(),
        new TrainingFigures(
            figures.sport(),
            figures.startAtEpochMs(),
            figures.lastAtEpochMs(),
            figures.timeZone(),
            figures.distanceM(),
            figures.timerS(),
            figures.movingS(),
            figures.elapsedS(),
            figures.ascentM(),
            figures.descentM(),
            rounded(figures.averageHeartRateBpm()),
            LiveJson.positive(figures.maxHeartRateBpm()),
            head.algorithmVersion()));
    return envelope(head, "finished-" + FIRST_REVISION, figures.lastAtEpochMs(), fact);
  }

  private static EventEnvelope envelope(SessionHead head, String what, long atMs, Record fact) {
    UUID trainingId = TrainingId.of(head.key()).value();
    return EventEnvelope.of(
        EventTopics.TRAINING,
        head.key().athleteId(),
        "training/" + head.key().athleteId() + "/" + trainingId + "/" + what,
        atMs,
        fact);
  }

  private static @Nullable Integer rounded(double bpm) {
    return LiveJson.positive((int) Math.round(bpm));
  }
}
