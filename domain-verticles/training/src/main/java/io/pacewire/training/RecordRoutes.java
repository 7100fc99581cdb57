package io.pacewire.training;

import static io.pacewire.training.LiveJson.round;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's personal records. */
final class RecordRoutes {
  private final RecordRepository records;

  RecordRoutes(RecordRepository records) {
    this.records = records;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/records").handler(athlete).respond(this::list);
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    UUID athlete = asked.athlete();
    @Nullable List<String> sports = asked.values("sport");
    return records
        .listEfforts(athlete, sports)
        .compose(efforts -> records.listMost(athlete, sports).map(most -> json(efforts, most)));
  }

  private static JsonObject json(
      List<RecordRepository.Effort> efforts, List<RecordRepository.Most> most) {
    Map<String, JsonObject> sports = new TreeMap<>();
    for (RecordRepository.Effort effort : efforts) {
      of(sports, effort.sport())
          .getJsonArray("bestEfforts")
          .add(new JsonObject()
              .put("lengthM", effort.lengthM())
              .put("elapsedS", round(effort.elapsedS(), 1_000))
              .put("fromAtMs", effort.fromAtMs())
              .put("estimated", effort.estimated())
              .put("trainingId", effort.trainingId().toString()));
    }
    for (RecordRepository.Most one : most) {
      of(sports, one.sport())
          .put(
              one.kind(),
              new JsonObject()
                  .put("value", round(one.value(), 1_000))
                  .put("unit", one.kind().equals("longestDuration") ? "s" : "m")
                  .put("startAtMs", one.startAtMs())
                  .put("trainingId", one.trainingId().toString()));
    }
    return new JsonObject().put("records", new JsonArray(List.copyOf(sports.values())));
  }

  private static JsonObject of(Map<String, JsonObject> sports, String sport) {
    return sports.computeIfAbsent(
        sport, name -> new JsonObject().put("sport", name).put("bestEfforts", new JsonArray()));
  }
}
