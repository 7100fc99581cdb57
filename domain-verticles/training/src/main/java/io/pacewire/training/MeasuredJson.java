package io.pacewire.training;

import static io.pacewire.training.LiveJson.positive;
import static io.pacewire.training.LiveJson.round;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Combination;
import io.pacewire.track.EffortFigures;
import io.pacewire.track.Figures;
import io.pacewire.track.Lap;
import io.pacewire.track.MotionFigures;
import io.pacewire.track.PowerFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What sensors beside the receiver made of a recording, and what the athlete's own figures are. */
final class MeasuredJson {
  private MeasuredJson() {}

  /** Empty without a power meter. */
  static JsonObject power(PowerFigures power) {
    JsonObject json = new JsonObject();
    return power.isMeasured()
        ? json.put("averageW", round(power.averageW(), 10))
            .put("highestW", power.highestW())
            .put("normalizedW", round(power.normalizedW(), 10))
            .put("intensityFactor", round(power.intensityFactor(), 1_000))
            .put("trainingStressScore", round(power.trainingStressScore(), 10))
            .put("workKj", round(power.workKj(), 10))
        : json;
  }

  static JsonObject motion(MotionFigures motion) {
    return new JsonObject()
        .put("steps", round(motion.steps(), 1))
        .put("stepCadencePerMin", round(motion.stepCadencePerMin(), 10))
        .put("strideM", round(motion.strideM(), 1_000))
        .put("averageCadencePerMin", round(motion.averageCadencePerMin(), 10))
        .put("highestCadencePerMin", positive(motion.highestCadencePerMin()))
        .put("sensorDistanceM", round(motion.sensorDistanceM(), 100))
        .put("sensorHighestMps", round(motion.sensorHighestMps(), 100));
  }

  static JsonObject effort(Figures figures) {
    EffortFigures effort = figures.effort();
    return new JsonObject()
        .put("trainingImpulse", round(effort.trainingImpulse(), 10))
        .put("energyKcal", round(effort.energyKcal(), 1))
        .put("energyFormula", effort.energyFormula().name())
        .put("gradeAdjustedM", round(effort.gradeAdjustedM(), 100))
        .put("gradeAdjustedPaceSPerKm", round(figures.gradeAdjustedPaceSPerKm(), 10));
  }

  /** What the figures were computed with. */
  static JsonObject parameters(AthleteParameters athlete) {
    return new JsonObject()
        .put("maxHeartRateBpm", athlete.maxHeartRateBpm())
        .put("restingHeartRateBpm", athlete.restingHeartRateBpm())
        .put("weightKg", athlete.weightKg())
        .put("thresholdPowerW", athlete.thresholdPowerW())
        .put("sex", athlete.sex().name())
        .put("ageYears", athlete.ageYears());
  }

  /** Whose sensors the figures of several writers come from. */
  static JsonObject writers(Combination who) {
    return new JsonObject()
        .put("line", who.line().writer())
        .put("stopwatch", who.stopwatch().writer())
        .put("heartRate", who.heartRate().writer())
        .put("power", who.power().writer())
        .put("fillers", new JsonArray(who.fillers().stream().sorted().toList()));
  }

  static JsonArray laps(List<Lap> laps) {
    JsonArray array = new JsonArray();
    for (Lap lap : laps) {
      array.add(new JsonObject()
          .put("index", lap.index())
          .put("distanceM", round(lap.distanceM(), 100))
          .put("timerS", round(lap.timerS(), 1_000))
          .put("endAtMs", lap.endAtEpochMs()));
    }
    return array;
  }
}
