package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.activity.ExportFormat;
import io.pacewire.activity.OtherFitReader;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.imports.ImportSettings;
import io.pacewire.training.imports.MadeFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A training's FIT file, read by a decoder that nobody here wrote, says what its CSV file and its figures
 * say. Over all recordings at hand where {@code PACEWIRE_DATA} points to some; made ones always.
 */
@ExtendWith(RealServers.class)
class FitExportIT {
  private static final long DAY_MS = 86_400_000;
  private static final Map<String, String> SPORTS =
      Map.of("run", "running", "ride", "cycling", "swim", "swimming");

  private static final String TIME = "at_epoch_ms";

  private static TrainingNode node;

  @BeforeAll
  static void open() throws Exception {
    node = TrainingNode.start(ImportSettings.usual());
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
  }

  @Test
  void madeTrainings_areReadByAnother_asTheyAre() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.fit", MadeFiles.run(ExportFormat.FIT, MadeFiles.START_MS, 900));
    files.put("b.fit", MadeFiles.tunnel(ExportFormat.FIT, MadeFiles.START_MS + DAY_MS, 600));
    files.put("c.fit", MadeFiles.beats(ExportFormat.FIT, MadeFiles.START_MS + 2 * DAY_MS, 300));
    assertThat(assertRead(files)).isEqualTo(3);
  }

  @Test
  void recordingsOfRealDevices_areReadByAnother_asTheyAre() throws Exception {
    Map<String, byte[]> files = RoundTripIT.recordings();
    if (files.isEmpty()) {
      System.err.println("SKIPPED: no recordings (set PACEWIRE_DATA)");
      return;
    }
    assertThat(assertRead(files)).isGreaterThanOrEqualTo(20);
  }

  /** How many trainings the files became. */
  private static int assertRead(Map<String, byte[]> files) throws Exception {
    UUID athlete = UUID.randomUUID();
    JsonObject report = node.imported(athlete, MadeFiles.zip(files));
    assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
    List<JsonObject> trainings =
        rows(node.json(athlete, "/v1/trainings?limit=200").getJsonArray("trainings"));
    for (JsonObject training : trainings) {
      String path = "/v1/trainings/" + training.getString("trainingId");
      assertSame(
          node.json(athlete, path),
          new String(node.get(athlete, path + "/export?format=csv").body(), StandardCharsets.UTF_8),
          new JsonObject(
              OtherFitReader.read(node.get(athlete, path + "/export?format=fit").body())));
    }
    return trainings.size();
  }

  private static void assertSame(JsonObject training, String csv, JsonObject fit) {
    String name = Long.toString(training.getLong("startAtMs"));
    List<String[]> cells = csv.lines().skip(1).map(row -> row.split(",", -1)).toList();
    List<JsonObject> records = rows(fit.getJsonArray("records"));
    boolean silent = Long.parseLong(cells.get(0)[4]) - training.getLong("startAtMs") >= 1_000;
    assertThat(records).as(name + " records").hasSize(cells.size() + (silent ? 1 : 0));

    Column table =
        new Column(name, List.of(csv.lines().findFirst().orElseThrow().split(",")), cells);
    table.assertSame(TIME, records, record -> number(record, "timestamp"), 999); // FIT has seconds
    table.assertSame("latitude_deg", records, record -> number(record, "position_lat"), 1e-7);
    table.assertSame("longitude_deg", records, record -> number(record, "position_long"), 1e-7);
    table.assertSame("altitude_m", records, record -> number(record, "enhanced_altitude"), 0.105);
    table.assertSame("heart_rate_bpm", records, record -> number(record, "heart_rate"), 0);
    table.assertSame("power_w", records, record -> number(record, "power"), 0);
    table.assertSame("speed_mps", records, record -> number(record, "enhanced_speed"), 0.001);
    table.assertSame("temperature_c", records, record -> number(record, "temperature"), 0.505);
    table.assertSame("distance_m", records, record -> number(record, "distance"), 0.01);
    table.assertSame(
        "cadence_per_min",
        records,
        record ->
            number(record, "cadence") + Math.max(0, record.getDouble("fractional_cadence", 0.0)),
        0.01);
    assertSession(name, training, rows(fit.getJsonArray("sessions")).get(0));
    assertLaps(name, training.getJsonObject("figures"), rows(fit.getJsonArray("laps")));
  }

  private static void assertSession(String name, JsonObject training, JsonObject session) {
    JsonObject figures = training.getJsonObject("figures");
    JsonObject effort = figures.getJsonObject("effort");
    long startMs = training.getLong("startAtMs");
    double elapsedS = (training.getLong("endAtMs") - startMs) / 1_000.0;
    String sport = SPORTS.getOrDefault(training.getString("sport"), session.getString("sport"));
    assertThat(session.getString("sport")).as(name).isEqualTo(sport);
    close(name + " start", (double) startMs, session.getDouble("start_time"), 500);
    close(name + " elapsed", elapsedS, session.getDouble("total_elapsed_time"), 0.001);
    String[][] same = {
      {"distanceM", "total_distance"}, {"timerS", "total_timer_time"},
      {"ascentM", "total_ascent"}, {"descentM", "total_descent"},
      {"averageHeartRateBpm", "avg_heart_rate"}, {"maxHeartRateBpm", "max_heart_rate"}
    };
    double[] steps = {0.005, 0.001, 0.5, 0.5, 0, 0}; // of FIT
    for (int i = 0; i < same.length; i++) {
      Double is = session.getDouble(same[i][1]);
      close(name + " " + same[i][1], figures.getDouble(same[i][0]), is, steps[i]);
    }
    Double kcal = session.getDouble("total_calories");
    close(name + " calories", effort.getDouble("energyKcal"), kcal, 0.5);
    Double averageW = figures.getJsonObject("power").getDouble("averageW");
    close(name + " power", averageW, session.getDouble("avg_power"), 0.5);
  }

  /** FIT has one at least. */
  private static void assertLaps(String name, JsonObject figures, List<JsonObject> read) {
    List<JsonObject> laps = rows(figures.getJsonArray("laps"));
    assertThat(read).as(name + " laps").hasSize(Math.max(1, laps.size()));
    for (int i = 0; i < laps.size(); i++) {
      JsonObject lap = laps.get(i);
      String where = name + " lap " + i;
      close(where, lap.getDouble("distanceM"), read.get(i).getDouble("total_distance"), 0.005);
      close(where, lap.getDouble("timerS"), read.get(i).getDouble("total_timer_time"), 0.001);
    }
  }

  private static void close(String where, Double was, Double is, double step) {
    if (was == null || is == null) {
      assertThat(is).as(where).isEqualTo(was);
    } else {
      assertThat(is).as(where).isCloseTo(was, within(step + 1e-9));
    }
  }

  private static double number(JsonObject record, String field) {
    Double value = record.getDouble(field);
    return value == null ? Double.NaN : value;
  }

  private static List<JsonObject> rows(JsonArray array) {
    return array.stream().map(one -> (JsonObject) one).toList();
  }

  /** One column of the table, cell by cell against a field of the records. */
  private record Column(String training, List<String> names, List<String[]> cells) {
    void assertSame(
        String name, List<JsonObject> records, ToDoubleFunction<JsonObject> field, double step) {
      int column = names.indexOf(name);
      assertThat(column).as(name).isNotNegative();
      int beside = records.size() - cells.size();
      if (beside > 0 && !name.equals(TIME)) { // the training's begin alone
        assertThat(field.applyAsDouble(records.get(0))).as(name).isNaN();
      }
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i)[column];
        double was = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        double is = field.applyAsDouble(records.get(beside + i));
        boolean same = Double.isNaN(was) ? Double.isNaN(is) : Math.abs(is - was) <= step + 1e-6;
        if (!same) {
          throw new AssertionError(
              training + " " + name + ", row " + i + ": " + was + ", in FIT " + is);
        }
      }
    }
  }
}
