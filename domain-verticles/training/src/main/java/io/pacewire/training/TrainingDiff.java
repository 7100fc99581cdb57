package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which figures two revisions of a training state differently. Pure. */
final class TrainingDiff {
  private static final int MOST_FIELDS = 200;

  /** What is longer, such as laps, is compared by its length. */
  private static final int LONGEST_LISTED = 8;

  private TrainingDiff() {}

  /**
   * Fields by name, each with {@code before} and {@code after}; null where one of the two lacks it.
   *
   * @param before null where there was no revision before
   */
  static JsonArray between(@Nullable Training before, Training after) {
    Map<String, Object> old = before == null ? new TreeMap<>() : fields(before);
    Map<String, Object> now = fields(after);
    JsonArray diff = new JsonArray();
    Map<String, Object> all = new TreeMap<>(old);
    all.putAll(now);
    for (String field : all.keySet()) {
      if (!Objects.equals(old.get(field), now.get(field)) && diff.size() < MOST_FIELDS) {
        diff.add(new JsonObject()
            .put("field", field)
            .put("before", old.get(field))
            .put("after", now.get(field)));
      }
    }
    return diff;
  }

  private static Map<String, Object> fields(Training training) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("status", training.status());
    fields.put("complete", training.complete());
    fields.put("sport", training.sport());
    fields.put("startAtMs", training.startAtMs());
    fields.put("endAtMs", training.endAtMs());
    fields.put("timeZone", training.timeZone());
    fields.put("algorithmVersion", training.algorithmVersion());
    fields.put("splits.count", training.splits().size());
    fields.put("verdictCount", TrainingSummary.verdictCount(training.verdicts()));
    flatten("figures", training.figures(), fields);
    flatten("findings", training.findings(), fields);
    return fields;
  }

  private static void flatten(String name, @Nullable Object value, Map<String, Object> into) {
    if (value instanceof JsonObject object) {
      for (String member : object.fieldNames()) {
        flatten(name + "." + member, object.getValue(member), into);
      }
    } else if (value instanceof JsonArray array) {
      if (array.size() > LONGEST_LISTED) {
        into.put(name + ".count", array.size());
      } else {
        for (int i = 0; i < array.size(); i++) {
          flatten(name + "." + i, array.getValue(i), into);
        }
      }
    } else if (value != null) {
      into.put(name, value);
    }
  }
}
