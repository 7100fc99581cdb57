package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is short of a training's newest revision.
 *
 * @param day of the start, where the training was
 * @param sums what days add up
 * @param figures as a list shows them
 */
record TrainingSummary(
    UUID trainingId,
    UUID sessionId,
    int revision,
    String status,
    boolean complete,
    String sport,
    long startAtMs,
    long endAtMs,
    String timeZone,
    LocalDate day,
    int algorithmVersion,
    DaySums sums,
    int verdictCount,
    JsonObject figures) {

  private static final List<String> SHOWN = List.of(
      "distanceM",
      "timerS",
      "movingS",
      "elapsedS",
      "averagePaceSPerKm",
      "averageSpeedMps",
      "averageHeartRateBpm",
      "maxHeartRateBpm",
      "ascentM",
      "descentM",
      "estimatedM");

  static TrainingSummary of(Training training) {
    DaySums sums = sums(training.figures());
    return new TrainingSummary(
        training.trainingId(),
        training.sessionId(),
        training.revision(),
        training.status(),
        training.complete(),
        training.sport(),
        training.startAtMs(),
        training.endAtMs(),
        training.timeZone(),
        TotalsRules.day(training.startAtMs(), training.timeZone()),
        training.algorithmVersion(),
        sums,
        verdictCount(training.verdicts()),
        shown(training.figures(), sums));
  }

  boolean counts() {
    return status.equals(Training.FINISHED);
  }

  JsonObject json() {
    return new JsonObject()
        .put("trainingId", trainingId.toString())
        .put("sessionId", sessionId.toString())
        .put("revision", revision)
        .put("status", status)
        .put("complete", complete)
        .put("sport", sport)
        .put("startAtMs", startAtMs)
        .put("endAtMs", endAtMs)
        .put("timeZone", timeZone)
        .put("algorithmVersion", algorithmVersion)
        .put("figures", figures)
        .put("verdictCount", verdictCount);
  }

  /** Of a very long list only the beginning and the end are kept. */
  static int verdictCount(JsonArray verdicts) {
    return verdicts.isEmpty()
        ? 0
        : verdicts.getJsonObject(verdicts.size() - 1).getInteger("index") + 1;
  }

  private static DaySums sums(JsonObject figures) {
    JsonObject effort = figures.getJsonObject("effort", new JsonObject());
    JsonObject power = figures.getJsonObject("power", new JsonObject());
    Double impulse = effort.getDouble("trainingImpulse");
    Double stress = power.getDouble("trainingStressScore");
    return new DaySums(
        1,
        number(figures, "distanceM"),
        number(figures, "timerS"),
        number(figures, "movingS"),
        number(figures, "elapsedS"),
        number(figures, "ascentM"),
        number(figures, "descentM"),
        number(effort, "energyKcal"),
        zeroed(impulse),
        impulse == null ? 0 : 1,
        zeroed(stress),
        stress == null ? 0 : 1);
  }

  private static JsonObject shown(JsonObject figures, DaySums sums) {
    JsonObject shown = new JsonObject();
    for (String name : SHOWN) {
      shown.put(name, figures.getValue(name));
    }
    return shown
        .put("energyKcal", figures.getJsonObject("effort", new JsonObject()).getValue("energyKcal"))
        .put("trainingImpulse", sums.impulseTrainings() == 0 ? null : sums.impulse())
        .put("trainingStressScore", sums.stressTrainings() == 0 ? null : sums.stress());
  }

  private static double number(JsonObject json, String name) {
    return zeroed(json.getDouble(name));
  }

  private static double zeroed(@Nullable Double value) {
    return value == null ? 0 : value;
  }
}
