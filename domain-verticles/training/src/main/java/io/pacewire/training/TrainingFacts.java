package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRevised;
import io.pacewire.events.TrainingStarted;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.track.Figures;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other contexts are told of a training. Pure: the same training, the same fact with the same id. */
final class TrainingFacts {
  static final int FIRST_REVISION = 1;

  private TrainingFacts() {}

  static EventEnvelope started(SessionHead head, Figures figures) {
    TrainingStarted fact = new TrainingStarted(
        head.key().athleteId(),
        TrainingId.of(head.key()).value(),
        head.key().sessionId(),
        figures.sport(),
        figures.startAtEpochMs(),
        figures.timeZone());
    return envelope(head, "started", figures.startAtEpochMs(), fact);
  }

  /** The first revision is told as finished, every later one as revised. */
  static EventEnvelope told(SessionHead head, int revision, boolean complete, Figures figures) {
    UUID athlete = head.key().athleteId();
    UUID training = TrainingId.of(head.key()).value();
    TrainingFigures counted = figures(head, figures);
    boolean first = revision == FIRST_REVISION;
    return envelope(
        head,
        (first ? "finished-" : "revised-") + revision,
        figures.lastAtEpochMs(),
        first
            ? new TrainingFinished(athlete, training, revision, complete, counted)
            : new TrainingRevised(athlete, training, revision, complete, counted));
  }

  private static TrainingFigures figures(SessionHead head, Figures figures) {
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
        head.algorithmVersion());
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
