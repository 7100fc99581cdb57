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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A training's export as FIT, read by a decoder that is not ours, against its CSV and its figures. */
@ExtendWith(RealServers.class)
class FitByAnotherReaderIT {
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
  void aTraining_isReadByAnother() throws Exception {
    UUID athlete = UUID.randomUUID();
    byte[] run = MadeFiles.run(ExportFormat.FIT, MadeFiles.START_MS, 900);
    JsonObject report = node.imported(athlete, MadeFiles.zip(Map.of("a.fit", run)));
    assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
    String id = node.json(athlete, "/v1/trainings")
        .getJsonArray("trainings")
        .getJsonObject(0)
        .getString("trainingId");
    SeenTraining training = SeenTraining.of(node, athlete, id);
    byte[] fit = node.get(athlete, "/v1/trainings/" + id + "/export?format=fit").body();

    JsonObject read = new JsonObject(OtherFitReader.read(fit));

    List<JsonObject> records =
        read.getJsonArray("records").stream().map(one -> (JsonObject) one).toList();
    assertThat(records).hasSize(901).hasSize(training.rows().size() - 1);
    assertSum(records, "position_lat", training, "latitude_deg", 0.5e-7);
    assertSum(records, "position_long", training, "longitude_deg", 0.5e-7);
    assertSum(records, "enhanced_altitude", training, "altitude_m", 0.1);
    assertSum(records, "heart_rate", training, "heart_rate_bpm", 0);
    assertSum(records, "cadence", training, "cadence_per_min", 0.5);
    assertSum(records, "power", training, "power_w", 0);
    assertSum(records, "enhanced_speed", training, "speed_mps", 0.0005);
    assertSum(records, "temperature", training, "temperature_c", 0.5);
    assertSum(records, "distance", training, "distance_m", 0.005);

    JsonArray sessions = read.getJsonArray("sessions");
    assertThat(sessions).hasSize(1);
    JsonObject session = sessions.getJsonObject(0);
    JsonObject figures = training.figures();
    assertThat(session.getString("sport")).isEqualTo("running");
    assertFigure(session, "total_distance", figures.getDouble("distanceM"), 0.005);
    assertFigure(session, "total_timer_time", figures.getDouble("timerS"), 0.001);
    assertFigure(session, "total_elapsed_time", figures.getDouble("elapsedS"), 0.001);
    assertFigure(session, "total_ascent", figures.getDouble("ascentM"), 0.5);
    assertFigure(session, "total_descent", figures.getDouble("descentM"), 0.5);
    assertFigure(session, "avg_heart_rate", figures.getDouble("averageHeartRateBpm"), 0);
    assertFigure(session, "max_heart_rate", figures.getDouble("maxHeartRateBpm"), 0);
    double averageW = figures.getJsonObject("power").getDouble("averageW");
    assertFigure(session, "avg_power", averageW, 0.5);
    double energyKcal = figures.getJsonObject("effort").getDouble("energyKcal");
    assertFigure(session, "total_calories", energyKcal, 0.5);
  }

  /** @param step half a step of FIT, of each value */
  private static void assertSum(
      List<JsonObject> records, String field, SeenTraining training, String column, double step) {
    List<Double> written = training.values(column).stream()
        .map(timeAndValue -> Double.valueOf(timeAndValue[1]))
        .toList();
    List<Double> read = records.stream()
        .map(one -> one.getDouble(field))
        .filter(one -> one != null)
        .toList();
    assertThat(read).as(field).isNotEmpty().hasSameSizeAs(written);
    double most = written.size() * step + 1e-6;
    assertThat(sum(read)).as(field).isCloseTo(sum(written), within(most));
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void assertFigure(JsonObject session, String field, double figure, double step) {
    assertThat(session.getDouble(field)).as(field).isCloseTo(figure, within(step * 1.000_001));
  }
}
