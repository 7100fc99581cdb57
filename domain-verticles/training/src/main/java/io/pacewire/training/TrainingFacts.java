package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRejected;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
import io.pacewire.events.TrainingStarted;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.track.Figures;
import io.pacewire.track.TrackFold;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other contexts are told of a training. Pure: the same training, the same fact with the same id. */
final class TrainingFacts {
  static final int FIRST_REVISION = 1;

  private TrainingFacts() {}

  static EventEnvelope started(SessionHead head, Figures figures) {
    UUID athlete = head.key().athleteId();
    UUID trainingId = TrainingId.of(head.key()).value();
    TrainingStarted fact = new TrainingStarted(
        athlete,
        trainingId,
        head.key().sessionId(),
        figures.sport(),
        figures.startAtEpochMs(),
        figures.timeZone());
    return envelope(athlete, trainingId, "started", figures.startAtEpochMs(), fact);
  }

  /** The first revision is told as finished, every later one as revised. */
  static EventEnvelope told(UUID athleteId, Training training, Figures figures) {
    UUID id = training.trainingId();
    int revision = training.revision();
    TrainingFigures counted = figures(figures);
    boolean first = revision == FIRST_REVISION;
    return envelope(
        athleteId,
        id,
        (first ? "finished-" : "revised-") + revision,
        figures.lastAtEpochMs(),
        first
            ? new TrainingFinished(athleteId, id, revision, training.complete(), counted)
            : new TrainingRevised(athleteId, id, revision, training.complete(), counted));
  }

  /** It counts again, with these figures. */
  static EventEnvelope restored(UUID athleteId, Training training, Figures figures) {
    return envelope(
        athleteId,
        training.trainingId(),
        "restored-" + training.revision(),
        figures.lastAtEpochMs(),
        new TrainingRestored(
            athleteId, training.trainingId(), training.revision(), figures(figures)));
  }

  /** It counts no more: rejected or deleted, as its status says. */
  static EventEnvelope takenBack(UUID athleteId, Training training, String reason) {
    int revision = training.revision();
    return envelope(
        athleteId,
        training.trainingId(),
        training.status() + "-" + revision,
        training.endAtMs(),
        training.status().equals(Training.DELETED)
            ? new TrainingDeleted(athleteId, training.trainingId(), revision, reason)
            : new TrainingRejected(athleteId, training.trainingId(), revision, reason));
  }

  private static TrainingFigures figures(Figures figures) {
    return new TrainingFigures(
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
        TrackFold.ALGORITHM_VERSION);
  }

  private static EventEnvelope envelope(
      UUID athleteId, UUID trainingId, String what, long atMs, Record fact) {
    return EventEnvelope.of(
        EventTopics.TRAINING,
        athleteId,
        "training/" + athleteId + "/" + trainingId + "/" + what,
        atMs,
        fact);
  }

  private static @Nullable Integer rounded(double bpm) {
    return LiveJson.positive((int) Math.round(bpm));
  }
}
