package io.pacewire.training;

import io.pacewire.training.RecomputeRepository.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What came of a run so far: how many trainings, and of each field that differs how often and where it
 * differs most. Bounded, however many trainings there are.
 */
final class RecomputeReport {
  private static final int MOST_FIELDS = 300;
  private static final int MOST_FAILURES = 100;
  private static final String VERSION_FIELD = "algorithmVersion";
  private static final Pattern ONE_OF_MANY =
      Pattern.compile("^(splits|verdicts|.*\\.laps|.*\\.mileSplits)\\.[0-9#]+(\\..*)?$");

  private long lookedAt;
  private long revised;
  private long figuresChanged;
  private long gone;
  private long failed;
  private final Map<String, JsonObject> fields = new TreeMap<>();
  private final JsonArray failures;

  /** @param saved of a run that goes on; empty for a new one */
  RecomputeReport(JsonObject saved) {
    lookedAt = saved.getLong("lookedAt", 0L);
    revised = saved.getLong("revised", 0L);
    figuresChanged = saved.getLong("figuresChanged", 0L);
    gone = saved.getLong("recordingGone", 0L);
    failed = saved.getLong("failed", 0L);
    failures = saved.getJsonArray("failures", new JsonArray()).copy();
    for (Object one : saved.getJsonArray("fields", new JsonArray())) {
      JsonObject field = (JsonObject) one;
      fields.put(field.getString("field"), field.copy());
    }
  }

  /** What came of another database's run, too. */
  void add(JsonObject other) {
    RecomputeReport that = new RecomputeReport(other);
    lookedAt += that.lookedAt;
    revised += that.revised;
    figuresChanged += that.figuresChanged;
    gone += that.gone;
    failed += that.failed;
    that.failures.stream().limit(MOST_FAILURES - failures.size()).forEach(failures::add);
    that.fields.values().forEach(field -> {
      JsonObject most = field.getJsonObject("most");
      take(field.getLong("trainings"), field.getString("field"), most, difference(most));
    });
  }

  /**
   * @param revision whether there is another one, or would be
   * @param diff as {@link TrainingDiff} gives it
   */
  void said(Place place, boolean revision, JsonArray diff) {
    lookedAt++;
    revised += revision ? 1 : 0;
    Map<String, JsonObject> most = new TreeMap<>();
    for (Object one : diff) {
      JsonObject change = (JsonObject) one;
      most.merge(
          ofAll(change.getString("field")),
          change,
          (a, b) -> difference(b) > difference(a) ? b : a);
    }
    most.forEach((field, change) -> take(place, field, change));
    figuresChanged += most.keySet().stream().anyMatch(one -> !one.equals(VERSION_FIELD)) ? 1 : 0;
  }

  /** Trainings have hundreds of splits: a field of the report is that of all of them. */
  private static String ofAll(String field) {
    return ONE_OF_MANY.matcher(field).replaceFirst("$1.*$2");
  }

  void gone() {
    lookedAt++;
    gone++;
  }

  void failed(Place place, Throwable cause) {
    lookedAt++;
    failed++;
    if (failures.size() < MOST_FAILURES) {
      failures.add(place(place).put("reason", String.valueOf(cause.getMessage())));
    }
  }

  long lookedAt() {
    return lookedAt;
  }

  JsonObject json() {
    JsonArray all = new JsonArray();
    fields.values().forEach(field -> all.add(field.copy()));
    return new JsonObject()
        .put("lookedAt", lookedAt)
        .put("revised", revised)
        .put("figuresChanged", figuresChanged)
        .put("recordingGone", gone)
        .put("failed", failed)
        .put("fields", all)
        .put("failures", failures.copy());
  }

  private void take(Place place, String field, JsonObject change) {
    take(
        1,
        field,
        place(place)
            .put("before", change.getValue("before"))
            .put("after", change.getValue("after")),
        difference(change));
  }

  private void take(long trainings, String name, JsonObject where, double by) {
    JsonObject field = fields.get(name);
    if (field == null) {
      if (fields.size() == MOST_FIELDS) {
        return;
      }
      field = new JsonObject().put("field", name).put("trainings", 0L);
      fields.put(name, field);
    }
    field.put("trainings", field.getLong("trainings") + trainings);
    JsonObject most = field.getJsonObject("most");
    if (most == null || by > difference(most)) {
      field.put("most", where);
    }
  }

  /** 0 where it is no number, or was none. */
  private static double difference(JsonObject change) {
    return change.getValue("before") instanceof Number before
            && change.getValue("after") instanceof Number after
        ? Math.abs(after.doubleValue() - before.doubleValue())
        : 0;
  }

  static JsonObject place(Place place) {
    return new JsonObject()
        .put("athleteId", place.athleteId().toString())
        .put("trainingId", place.trainingId().toString());
  }
}
