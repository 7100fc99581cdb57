package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What an athlete has of a training: its document, and its samples as CSV and as JSON. */
record SeenTraining(JsonObject document, List<String[]> rows, JsonObject json) {
  private static final String POSITION = "latitude_deg";

  static SeenTraining of(TrainingNode node, UUID athlete, String id) throws Exception {
    String path = "/v1/trainings/" + id;
    byte[] csv = node.get(athlete, path + "/export?format=csv").body();
    return new SeenTraining(
        withoutCopies(node.json(athlete, path)),
        rows(csv),
        node.json(athlete, path + "/export?format=json"));
  }

  private static List<String[]> rows(byte[] csv) {
    return new String(csv, StandardCharsets.UTF_8)
        .lines()
        .map(row -> row.split(",", -1))
        .toList();
  }

  /** That another athlete brought the same track is what is done here. */
  private static JsonObject withoutCopies(JsonObject document) {
    List<Object> own = document.getJsonArray("suspicions").stream()
        .filter(one -> !((JsonObject) one).getString("reason").equals("REPLAYED_TRACK"))
        .toList();
    return document.put("suspicions", new JsonArray(own));
  }

  JsonObject figures() {
    return document.getJsonObject("figures");
  }

  long startAtMs() {
    return document.getLong("startAtMs");
  }

  List<String> columns() {
    return List.of(rows.get(0));
  }

  boolean hasPosition() {
    return !values(POSITION).isEmpty();
  }

  /** Times and values of a column, where there is one. */
  List<String[]> values(String column) {
    return cells(column, false);
  }

  /** The same of the rows that have a position. */
  List<String[]> valuesAtPositions(String column) {
    return cells(column, true);
  }

  private List<String[]> cells(String column, boolean placed) {
    int at = columns().indexOf("at_epoch_ms");
    int position = columns().indexOf(POSITION);
    int value = columns().indexOf(column);
    return rows.stream()
        .skip(1)
        .filter(cells -> !cells[value].isEmpty() && !(placed && cells[position].isEmpty()))
        .map(cells -> new String[] {cells[at], cells[value]})
        .toList();
  }

  /** Samples, heart beats and marks of the timer. */
  List<JsonObject> events() {
    JsonArray events = json.getJsonArray("activities").getJsonObject(0).getJsonArray("events");
    return events.stream().map(one -> (JsonObject) one).toList();
  }

  /** When each ended, up to the last of those that are told together, and how long it was, in ms. */
  List<long[]> beats() {
    List<long[]> beats = new ArrayList<>();
    for (JsonObject event : events()) {
      JsonArray rrMs = event.getJsonArray("rrMs", new JsonArray());
      int from = beats.size();
      long at = event.getLong("atEpochMs");
      for (int i = rrMs.size() - 1; i >= 0; at -= rrMs.getLong(i--)) {
        beats.add(from, new long[] {at, rrMs.getLong(i)});
      }
    }
    return beats;
  }
}
