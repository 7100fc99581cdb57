package io.pacewire.training;

import static io.pacewire.training.LiveJson.measured;
import static io.pacewire.training.LiveJson.round;

import io.pacewire.track.Figures;
import io.pacewire.track.Split;
import io.pacewire.track.pass.BestEffort;
import io.pacewire.track.pass.BestEfforts;
import io.pacewire.track.pass.LengthSplits;
import io.pacewire.track.pass.Suspicion;
import io.pacewire.track.pass.Suspicions;
import io.pacewire.track.pass.TrackPrint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What passes over a whole track find. */
final class FindingsJson {
  private FindingsJson() {}

  /** @param earlier prints of trainings that came before, which may be what this is a copy of */
  static JsonObject of(
      Figures figures, CollectedTrack track, TrackPrint print, List<long[]> earlier) {
    List<Suspicion> suspicions =
        new ArrayList<>(Suspicions.of(figures, track.points(), track.verdicts()));
    earlier.stream()
        .flatMap(hashes -> print.resembles(hashes).stream())
        .max((a, b) -> Double.compare(a.confidence(), b.confidence()))
        .ifPresent(suspicions::add);
    JsonObject findings = new JsonObject()
        .put("bestEfforts", bestEfforts(BestEfforts.of(figures.sport(), track.points())))
        .put("mileSplits", LiveJson.splits(mileSplits(figures, track)))
        .put("suspicions", suspicions(suspicions));
    long apartMs = track.pointsApartMs();
    return apartMs == 0 ? findings : findings.put("pointsApartMs", apartMs);
  }

  private static List<Split> mileSplits(Figures figures, CollectedTrack track) {
    return LengthSplits.of(
        LengthSplits.MILE_M, track.points(), figures.timerS(), figures.lastAtEpochMs());
  }

  private static JsonArray bestEfforts(List<BestEffort> efforts) {
    JsonArray array = new JsonArray();
    for (BestEffort effort : efforts) {
      array.add(new JsonObject()
          .put("lengthM", effort.lengthM())
          .put("elapsedS", round(effort.elapsedS(), 1_000))
          .put("fromM", round(effort.fromM(), 100))
          .put("fromAtMs", Math.round(effort.fromEpochMs()))
          .put("estimated", effort.isEstimated()));
    }
    return array;
  }

  private static JsonArray suspicions(List<Suspicion> suspicions) {
    JsonArray array = new JsonArray();
    for (Suspicion suspicion : suspicions) {
      array.add(new JsonObject()
          .put("reason", suspicion.reason().name())
          .put("confidence", round(suspicion.confidence(), 100))
          .put("value", measured(suspicion.value()))
          .put("limit", measured(suspicion.limit()))
          .put("unit", suspicion.unit())
          .put("fromAtMs", suspicion.fromEpochMs())
          .put("toAtMs", suspicion.toEpochMs()));
    }
    return array;
  }
}
