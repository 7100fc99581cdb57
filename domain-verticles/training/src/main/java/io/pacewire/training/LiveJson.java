package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.training.Gaps.Gap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The live feed's messages. Columns of points rather than objects: a third of the bytes. */
final class LiveJson {
  private static final double COORDINATE_SCALE = 1e7;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private static final List<String> HEART_RATE =
      List.of("heartRateBpm", "heartRateZone", "averageHeartRateBpm", "maxHeartRateBpm");

  private LiveJson() {}

  static JsonObject session(SessionKey key, String state, Figures figures) {
    return new JsonObject()
        .put("sessionId", key.sessionId().toString())
        .put("trainingId", TrainingId.of(key).value().toString())
        .put("state", state)
        .put("sport", figures.sport())
        .put("startAtMs", figures.startAtEpochMs())
        .put("timeZone", figures.timeZone())
        .put("utcOffsetS", figures.utcOffsetS())
        .put("deviceName", figures.deviceName());
  }

  static JsonObject figures(Figures figures) {
    return new JsonObject()
        .put("distanceM", round(figures.distanceM(), 100))
        .put("timerS", round(figures.timerS(), 1000))
        .put("movingS", round(figures.movingS(), 1000))
        .put("elapsedS", round(figures.elapsedS(), 1000))
        .put("paceSPerKm", round(figures.paceSPerKm(), 10))
        .put("speedMps", round(figures.speedMps(), 100))
        .put("averagePaceSPerKm", round(figures.averagePaceSPerKm(), 10))
        .put("averageSpeedMps", round(figures.averageSpeedMps(), 1_000))
        .put("heartRateBpm", positive(figures.heartRateBpm()))
        .put("heartRateZone", figures.heartRateZone())
        .put("averageHeartRateBpm", positive((int) Math.round(figures.averageHeartRateBpm())))
        .put("maxHeartRateBpm", positive(figures.maxHeartRateBpm()))
        .put("ascentM", round(figures.ascentM(), 10))
        .put("descentM", round(figures.descentM(), 10))
        .put("fixCount", figures.fixCount())
        .put("rejectedFixCount", figures.rejectedFixCount())
        .put("estimatedM", round(figures.estimatedM(), 100));
  }

  /** The same, with the heart rate of who hears it. */
  static JsonObject figures(Figures figures, Figures heart) {
    JsonObject json = figures(figures);
    JsonObject heard = figures(heart);
    for (String name : HEART_RATE) {
      json.put(name, heard.getValue(name));
    }
    return json;
  }

  static JsonObject points(List<TrackPoint> points) {
    JsonArray at = new JsonArray();
    JsonArray latitude = new JsonArray();
    JsonArray longitude = new JsonArray();
    JsonArray distance = new JsonArray();
    JsonArray pace = new JsonArray();
    JsonArray heartRate = new JsonArray();
    JsonArray altitude = new JsonArray();
    JsonArray flags = new JsonArray();
    for (TrackPoint point : points) {
      at.add(point.atEpochMs());
      latitude.add(round(point.latitudeDeg(), COORDINATE_SCALE));
      longitude.add(round(point.longitudeDeg(), COORDINATE_SCALE));
      distance.add(round(point.distanceM(), 100));
      pace.add(round(point.paceSPerKm(), 10));
      heartRate.add(positive(point.heartRateBpm()));
      altitude.add(round(point.altitudeM(), 10));
      flags.add(point.flags());
    }
    return new JsonObject()
        .put("atMs", at)
        .put("latitudeDeg", latitude)
        .put("longitudeDeg", longitude)
        .put("distanceM", distance)
        .put("paceSPerKm", pace)
        .put("heartRateBpm", heartRate)
        .put("altitudeM", altitude)
        .put("flags", flags);
  }

  /** Of the same points, what the receiver said. */
  static JsonObject rawPlaces(List<TrackPoint> points) {
    JsonArray latitude = new JsonArray();
    JsonArray longitude = new JsonArray();
    for (TrackPoint point : points) {
      latitude.add(round(point.rawLatitudeDeg(), COORDINATE_SCALE));
      longitude.add(round(point.rawLongitudeDeg(), COORDINATE_SCALE));
    }
    return new JsonObject().put("rawLatitudeDeg", latitude).put("rawLongitudeDeg", longitude);
  }

  static JsonArray splits(List<Split> splits) {
    JsonArray array = new JsonArray();
    for (Split split : splits) {
      array.add(split(split));
    }
    return array;
  }

  static JsonObject split(Split split) {
    return new JsonObject()
        .put("index", split.index())
        .put("distanceM", round(split.distanceM(), 1000)) // a mile is no whole centimetre
        .put("timerS", round(split.timerS(), 1000))
        .put("paceSPerKm", round(split.paceSPerKm(), 10))
        .put("averageHeartRateBpm", positive((int) Math.round(split.averageHeartRateBpm())))
        .put("ascentM", round(split.ascentM(), 10))
        .put("endAtMs", split.endAtEpochMs())
        .put("partial", split.partial());
  }

  static JsonArray verdicts(List<Verdict> verdicts) {
    return verdicts(verdicts, null);
  }

  /** @param writerOf whose fix a verdict is on; null where all are the line's */
  static JsonArray verdicts(List<Verdict> verdicts, @Nullable ToIntFunction<Verdict> writerOf) {
    JsonArray array = new JsonArray();
    for (Verdict verdict : verdicts) {
      JsonObject json = new JsonObject()
          .put("index", verdict.index())
          .put("atMs", verdict.atEpochMs())
          .put("reason", verdict.reason().name())
          .put("confidence", round(verdict.confidence(), 100))
          .put("value", measured(verdict.value()))
          .put("limit", measured(verdict.limit()))
          .put("unit", verdict.unit())
          .put("latitudeDeg", round(verdict.latitudeDeg(), COORDINATE_SCALE))
          .put("longitudeDeg", round(verdict.longitudeDeg(), COORDINATE_SCALE));
      array.add(writerOf == null ? json : json.put("writer", writerOf.applyAsInt(verdict)));
    }
    return array;
  }

  static JsonObject tip(Tip tip, boolean partial) {
    return new JsonObject()
        .put("atMs", tip.atMs())
        .put("delayMs", tip.delayMs())
        .put("latitudeDeg", tip.latitudeDeg())
        .put("longitudeDeg", tip.longitudeDeg())
        .put("heartRateBpm", tip.heartRateBpm())
        .put("partial", partial);
  }

  static JsonObject ledger(double elapsedS, List<Gap> missing, List<Gap> backfilled) {
    double missingS = missing.stream().mapToLong(Gap::durationMs).sum() / 1000.0;
    return new JsonObject()
        .put("elapsedS", round(elapsedS, 1000))
        .put("storedS", round(Math.max(0, elapsedS - missingS), 1000))
        .put("missing", gaps(missing))
        .put("backfilled", gaps(backfilled));
  }

  static JsonObject zones(Figures figures) {
    JsonArray seconds = new JsonArray();
    for (double zoneS : figures.heartRateZoneS()) {
      seconds.add(round(zoneS, 10));
    }
    return new JsonObject()
        .put("maxHeartRateBpm", figures.parameters().maxHeartRateBpm())
        .put("seconds", seconds);
  }

  /** Null where there is no figure: JSON has no NaN. */
  static @Nullable Double round(double value, double scale) {
    return Double.isFinite(value) ? Math.round(value * scale) / scale : null;
  }

  /** What decided, and what it was held to: two decimals, or three digits where that would leave fewer. */
  static @Nullable Double measured(double value) {
    if (Double.isFinite(value) && Math.abs(value) < 1) {
      return BigDecimal.valueOf(value).round(THREE_DIGITS).doubleValue();
    }
    return round(value, 100);
  }

  static @Nullable Integer positive(int value) {
    return value > 0 ? value : null;
  }

  private static JsonArray gaps(List<Gap> gaps) {
    JsonArray array = new JsonArray();
    for (Gap gap : gaps) {
      array.add(new JsonObject()
          .put("fromAtMs", gap.fromAtMs())
          .put("toAtMs", gap.toAtMs())
          .put("fromSeq", gap.fromSeq())
          .put("toSeq", gap.toSeq()));
    }
    return array;
  }
}
