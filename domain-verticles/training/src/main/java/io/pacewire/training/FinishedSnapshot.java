package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A session that is over, for who still looks at it as live: as its training is kept, nothing is folded. */
final class FinishedSnapshot {
  private static final int MAX_VERDICTS = 50;
  private static final double E7 = 1e7;

  private final TrainingRepository trainings;
  private final TrainingLines lines;

  FinishedSnapshot(TrainingRepository trainings, TrainingLines lines) {
    this.trainings = trainings;
    this.lines = lines;
  }

  /**
   * Nothing where its training does not count, or is no longer the session as it was recorded. Fails with a
   * problem where the athlete deleted it.
   */
  Future<Optional<JsonObject>> take(SessionHead head) {
    UUID athlete = head.key().athleteId();
    return shown(head)
        .map(found -> found.filter(one -> one.counts() && one.recipe().isWhole()))
        .compose(found -> found.isEmpty()
            ? Future.succeededFuture(Optional.empty())
            : lines
                .of(athlete, found.get())
                .map(line -> Optional.of(message(head, found.get(), line))));
  }

  /** Its training, where one was made; fails with a problem where that was deleted. */
  Future<Optional<Training>> shown(SessionHead head) {
    UUID athlete = head.key().athleteId();
    return trainings
        .find(athlete, TrainingId.of(head.key()).value())
        .compose(found -> found.isEmpty()
            ? Future.succeededFuture(found)
            : isDeleted(athlete, found.get()).map(deleted -> {
              if (deleted) {
                throw new ProblemException(
                    Problem.notFound("session", head.key().sessionId()));
              }
              return found;
            }));
  }

  /** What was merged into another is shown there, unless that was deleted. */
  private Future<Boolean> isDeleted(UUID athlete, Training training) {
    UUID into = training.origin().mergedInto();
    if (!training.status().equals(Training.DELETED) || into == null) {
      return Future.succeededFuture(training.status().equals(Training.DELETED));
    }
    return trainings
        .find(athlete, into)
        .compose(other ->
            other.isEmpty() ? Future.succeededFuture(true) : isDeleted(athlete, other.get()));
  }

  private static JsonObject message(SessionHead head, Training training, StoredPoints line) {
    JsonObject figures = training.figures().copy().put("partial", false);
    JsonObject message = new JsonObject()
        .put("type", "snapshot")
        .put("sessionId", head.key().sessionId().toString())
        .put("session", session(head, training))
        .put("figures", figures)
        .put("zones", figures.getJsonObject("zones"))
        .put("ledger", LiveJson.ledger(figures.getDouble("elapsedS", 0.0), List.of(), List.of()))
        .put("points", PointsJson.columns(line, LiveSnapshot.kept(line.size())))
        .put("splits", training.splits());
    putVerdicts(message, training.verdicts());
    Long tipAtMs = head.tipAtMs();
    return line.size() == 0 || tipAtMs == null ? message : message.put("tip", tip(line, tipAtMs));
  }

  private static JsonObject session(SessionHead head, Training training) {
    return new JsonObject()
        .put("sessionId", head.key().sessionId().toString())
        .put("trainingId", training.trainingId().toString())
        .put("state", "finished")
        .put("sport", training.sport())
        .put("startAtMs", training.startAtMs())
        .put("timeZone", training.timeZone());
  }

  private static void putVerdicts(JsonObject message, JsonArray all) {
    int size = all.size();
    JsonArray last = new JsonArray();
    for (int i = Math.max(0, size - MAX_VERDICTS); i < size; i++) {
      last.add(all.getJsonObject(i));
    }
    message
        .put("verdictCount", size == 0 ? 0 : all.getJsonObject(size - 1).getInteger("index") + 1)
        .put("verdicts", last);
  }

  private static JsonObject tip(StoredPoints line, long tipAtMs) {
    int place = newestPlace(line);
    int latitude = line.value(PointColumn.LATITUDE_E7, place);
    int longitude = line.value(PointColumn.LONGITUDE_E7, place);
    int heartRate = line.value(PointColumn.HEART_RATE_BPM, place);
    boolean known = latitude != StoredPoints.ABSENT && longitude != StoredPoints.ABSENT;
    Tip tip = new Tip(
        tipAtMs,
        0,
        known ? latitude / E7 : null,
        known ? longitude / E7 : null,
        heartRate == StoredPoints.ABSENT ? null : heartRate);
    JsonObject json = LiveJson.tip(tip, false);
    json.remove("delayMs"); // belongs to a batch that arrives, not to a look at what is stored
    return json;
  }

  /** The newest point whose place is known, or the newest of all. */
  private static int newestPlace(StoredPoints line) {
    for (int i = line.size() - 1; i >= 0; i--) {
      if (line.value(PointColumn.LATITUDE_E7, i) != StoredPoints.ABSENT) {
        return i;
      }
    }
    return line.size() - 1;
  }
}
