package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which figures two revisions of a training state differently. What stands in a list goes by its own
 * name: a best effort by its length, a split, lap or verdict by its index. Pure; used once.
 */
final class TrainingDiff {
  private static final int MOST_FIELDS = 200;

  /** Of the splits of a day only the first that differ, and how many more of them do. */
  private static final int MOST_FIELDS_OF_A_LIST = 20;

  private final Map<String, JsonObject> figures = new TreeMap<>();
  private final Map<String, JsonObject> listed = new TreeMap<>();

  private TrainingDiff() {}

  /**
   * Fields by name, each with {@code before} and {@code after}; null where one of the two lacks it. Empty
   * only where both say the same.
   *
   * @param before null where there was no revision before
   */
  static JsonArray between(@Nullable Training before, Training after) {
    TrainingDiff diff = new TrainingDiff();
    JsonObject old = before == null ? null : stated(before);
    diff.compare("", old, stated(after), diff.figures);
    Map<String, JsonObject> all = new TreeMap<>();
    diff.figures.entrySet().stream()
        .limit(MOST_FIELDS)
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    diff.listed.entrySet().stream()
        .limit(MOST_FIELDS - all.size())
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    JsonArray changes = new JsonArray();
    all.values().forEach(changes::add);
    return changes;
  }

  private static JsonObject stated(Training training) {
    return new JsonObject()
        .put("status", training.status())
        .put("complete", training.complete())
        .put("sport", training.sport())
        .put("startAtMs", training.startAtMs())
        .put("endAtMs", training.endAtMs())
        .put("timeZone", training.timeZone())
        .put("algorithmVersion", training.algorithmVersion())
        .put("figures", training.figures())
        .put("splits", training.splits())
        .put("verdictCount", TrainingSummary.verdictCount(training.verdicts()))
        .put("verdicts", training.verdicts())
        .put("findings", training.findings());
  }

  private void compare(
      String name, @Nullable Object before, @Nullable Object after, Map<String, JsonObject> into) {
    if (before instanceof JsonObject || after instanceof JsonObject) {
      JsonObject old = before instanceof JsonObject object ? object : new JsonObject();
      JsonObject now = after instanceof JsonObject object ? object : new JsonObject();
      Set<String> members = new TreeSet<>(old.fieldNames());
      members.addAll(now.fieldNames());
      for (String member : members) {
        String full = name.isEmpty() ? member : name + "." + member;
        compare(full, old.getValue(member), now.getValue(member), into);
      }
    } else if (before instanceof JsonArray || after instanceof JsonArray) {
      list(
          name,
          before instanceof JsonArray array ? array : null,
          after instanceof JsonArray array ? array : null);
    } else if (!isSame(before, after)) {
      put(into, name, before, after);
    }
  }

  /** Where one of the two has no such list, how long the other is says enough. */
  private void list(String name, @Nullable JsonArray before, @Nullable JsonArray after) {
    Integer sizeBefore = before == null ? null : before.size();
    Integer sizeAfter = after == null ? null : after.size();
    if (!Objects.equals(sizeBefore, sizeAfter)) {
      put(figures, name + ".count", sizeBefore, sizeAfter);
    }
    if (before == null || after == null) {
      return;
    }
    Map<String, Object> old = byName(before);
    Map<String, Object> now = byName(after);
    Set<String> elements = new LinkedHashSet<>(old.keySet());
    elements.addAll(now.keySet());
    int room = MOST_FIELDS_OF_A_LIST;
    int more = 0;
    for (String element : elements) {
      Map<String, JsonObject> changes = new TreeMap<>();
      compare(name + "." + element, old.get(element), now.get(element), changes);
      if (changes.size() <= room) {
        listed.putAll(changes);
        room -= changes.size();
      } else {
        room = 0; // those behind it are no longer the first
        more++;
      }
    }
    if (more > 0) {
      put(figures, name + ".more", null, more);
    }
  }

  private static Map<String, Object> byName(JsonArray array) {
    Map<String, Object> elements = new LinkedHashMap<>();
    for (int i = 0; i < array.size(); i++) {
      Object element = array.getValue(i);
      String name = name(element, i);
      elements.put(elements.containsKey(name) ? name + "#" + i : name, element);
    }
    return elements;
  }

  private static String name(@Nullable Object element, int place) {
    if (element instanceof JsonObject object) {
      Object own = object.getValue(object.containsKey("lengthM") ? "lengthM" : "index");
      if (own instanceof Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      }
    }
    return Integer.toString(place);
  }

  /** What was read again may be of another class of numbers. */
  private static boolean isSame(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Number a && after instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue()) == 0;
    }
    return Objects.equals(before, after);
  }

  private static void put(
      Map<String, JsonObject> into, String name, @Nullable Object before, @Nullable Object after) {
    into.put(name, new JsonObject().put("field", name).put("before", before).put("after", after));
  }
}
