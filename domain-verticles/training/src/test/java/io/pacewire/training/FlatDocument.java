package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Every value of a document by its path, as {@code splits[3].timerS}, and of lists how long they are. */
final class FlatDocument {
  static final String NONE = "none";

  private final Map<String, Object> values = new TreeMap<>();

  private FlatDocument() {}

  static Map<String, Object> of(JsonObject document) {
    FlatDocument flat = new FlatDocument();
    flat.put("", document);
    return flat.values;
  }

  private void put(String path, Object value) {
    if (value instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        put(path.isEmpty() ? name : path + "." + name, object.getValue(name));
      }
    } else if (value instanceof JsonArray array) {
      values.put(path + ".size", array.size());
      for (int i = 0; i < array.size(); i++) {
        put(path + "[" + i + "]", array.getValue(i));
      }
    } else {
      values.put(path, value == null ? NONE : value);
    }
  }
}
