package io.pacewire.training;

import io.pacewire.activity.ActivityFigures;
import io.pacewire.activity.ActivityLap;
import io.pacewire.activity.ActivityOutline;
import io.pacewire.wire.Mark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a training's file says beside its samples. */
final class ExportOutline {
  private static final double CM_A_M = 100;

  private ExportOutline() {}

  /** @param start of the recording that it begins with; null where there is none */
  static ActivityOutline of(Training training, @Nullable Mark start) {
    long startMs = Math.max(0, training.startAtMs());
    int offsetS = TotalsRules.zone(training.timeZone())
        .getRules()
        .getOffset(Instant.ofEpochMilli(startMs))
        .getTotalSeconds();
    return new ActivityOutline(
        "",
        training.sport(),
        start == null ? "" : start.deviceName(),
        startMs,
        Math.max(startMs, training.endAtMs()),
        offsetS,
        figures(training.figures()),
        laps(training.figures().getJsonArray("laps", new JsonArray()), startMs));
  }

  /** The way so far, at a time: between two points of the line by its share of the time. */
  static double distanceM(StoredPoints line, long atMs) {
    int after = line.firstAtOrAfter(atMs);
    if (after == line.size()) {
      return after == 0 ? Double.NaN : metres(line, after - 1);
    }
    if (after == 0 || line.atMs(after) == atMs) {
      return metres(line, after);
    }
    double before = metres(line, after - 1);
    double share =
        (double) (atMs - line.atMs(after - 1)) / (line.atMs(after) - line.atMs(after - 1));
    return before + share * (metres(line, after) - before);
  }

  private static double metres(StoredPoints line, int place) {
    int cm = line.value(PointColumn.DISTANCE_CM, place);
    return cm == StoredPoints.ABSENT ? Double.NaN : cm / CM_A_M;
  }

  private static ActivityFigures figures(JsonObject figures) {
    return new ActivityFigures(
        number(figures, "distanceM"),
        number(figures, "timerS"),
        number(figures, "movingS"),
        number(figures, "ascentM"),
        number(figures, "descentM"),
        number(figures.getJsonObject("effort", new JsonObject()), "energyKcal"),
        number(figures, "averageHeartRateBpm"),
        number(figures, "maxHeartRateBpm"),
        number(figures.getJsonObject("power", new JsonObject()), "averageW"),
        Double.NaN);
  }

  private static List<ActivityLap> laps(JsonArray all, long startMs) {
    List<ActivityLap> laps = new ArrayList<>();
    long from = startMs;
    for (int i = 0; i < all.size(); i++) {
      JsonObject lap = all.getJsonObject(i);
      long to = Math.max(from, lap.getLong("endAtMs"));
      laps.add(new ActivityLap(
          from, to, "", ActivityFigures.of(number(lap, "distanceM"), number(lap, "timerS"))));
      from = to;
    }
    return laps;
  }

  private static double number(JsonObject json, String name) {
    Double value = json.getDouble(name);
    return value == null ? Double.NaN : value;
  }
}
