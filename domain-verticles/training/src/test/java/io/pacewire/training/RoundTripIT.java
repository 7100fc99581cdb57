package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.imports.ImportSettings;
import io.pacewire.training.imports.MadeFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What one athlete imports and exports, another imports: the samples are the same within the steps of
 * the wire and of the format, and so are the figures. Over all recordings at hand where {@code
 * PACEWIRE_DATA} points to some; made ones always.
 */
@ExtendWith(RealServers.class)
class RoundTripIT {
  private static final long DAY_MS = 86_400_000;

  /** Of places: the wire's 1e-7 degrees; a FIT file's step is 0.84 of that, so rounding may add one. */
  private static final double PLACE_STEP = 1.01e-7;

  /** A second of the record's time, and a beat or two. */
  private static final long BEAT_STEP_MS = 2_500;

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
  void madeFiles_comeBackAsTheyWere_inEveryFormat() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.fit", MadeFiles.run(ExportFormat.FIT, MadeFiles.START_MS, 900));
    files.put("b.tcx", MadeFiles.run(ExportFormat.TCX, MadeFiles.START_MS + DAY_MS, 900));
    files.put("c.gpx", MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS + 2 * DAY_MS, 900));
    List<Pair> pairs = roundTrip(files, "fit");
    assertThat(pairs).hasSize(3);
    pairs.forEach(Pair::assertSame);
    roundTrip(files, "tcx").forEach(Pair::assertSame);
    roundTrip(files, "gpx").forEach(Pair::assertSame);
  }

  /** GPX has no place for what has no position. */
  @Test
  void altitudesWithoutAPosition_comeBack_fromFormatsThatHaveAPlaceForThem() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.fit", MadeFiles.tunnel(ExportFormat.FIT, MadeFiles.START_MS, 600));
    files.put("b.tcx", MadeFiles.tunnel(ExportFormat.TCX, MadeFiles.START_MS + DAY_MS, 600));
    for (String format : List.of("fit", "tcx")) {
      List<Pair> pairs = roundTrip(files, format);
      assertThat(pairs).hasSize(2);
      for (Pair pair : pairs) {
        pair.assertSame();
        assertThat(pair.is().rows()).as(format).hasSize(602);
      }
    }
  }

  @Test
  void heartBeats_comeBackInTheirOrder() throws Exception {
    List<Pair> pairs = roundTrip(
        Map.of("a.fit", MadeFiles.beats(ExportFormat.FIT, MadeFiles.START_MS, 300)), "fit");
    assertThat(pairs).hasSize(1);
    pairs.forEach(Pair::assertSame);
    pairs.forEach(Pair::beats);
    List<long[]> was = pairs.get(0).was().beats();
    List<long[]> is = pairs.get(0).is().beats();
    assertThat(was).hasSizeGreaterThan(300);
    for (int i = 0; i < was.size(); i++) { // of a strap that missed none
      assertThat(is.get(i)[0]).as("%d", i).isCloseTo(was.get(i)[0], within(BEAT_STEP_MS));
    }
  }

  @Test
  void recordingsOfRealDevices_comeBackAsTheyWere() throws Exception {
    Map<String, byte[]> files = recordings();
    if (files.isEmpty()) {
      System.err.println("SKIPPED: no recordings (set PACEWIRE_DATA)");
      return;
    }
    List<Pair> pairs = roundTrip(files, "fit");
    assertThat(pairs.size()).isGreaterThanOrEqualTo(20);
    List<String> faults = new ArrayList<>();
    for (Pair pair : pairs) {
      try {
        pair.assertSame();
      } catch (AssertionError e) {
        faults.add(e.getMessage());
      }
    }
    assertThat(faults).isEmpty();
  }

  private static Map<String, byte[]> recordings() {
    String named = System.getProperty("PACEWIRE_DATA", System.getenv("PACEWIRE_DATA"));
    Path folder = Path.of(named == null ? "../../../shared/data" : named, "activities");
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file :
          all.filter(one -> !one.toString().endsWith(".csv")).sorted().toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The same training of both athletes, by when it began. */
  private record Pair(String name, String format, Seen was, Seen is) {
    void assertSame() {
      JsonObject before = was.training.getJsonObject("figures");
      JsonObject after = is.training.getJsonObject("figures");
      assertThat(is.training.getString("sport"))
          .as(name)
          .isEqualTo(was.training.getString("sport"));
      close(before, after, "distanceM", 0.001, 1);
      close(before, after, "timerS", 0.002, 2); // each pause to the half second
      // Heart beats that came before the first record have no time of their own in FIT.
      close(before, after, "elapsedS", 0, 10);
      close(before, after, "movingS", 0.005, 3);
      close(before, after, "ascentM", 0.02, 2);
      close(before, after, "descentM", 0.02, 2);
      close(before, after, "averageHeartRateBpm", 0, 1);
      close(before, after, "maxHeartRateBpm", 0, 0.1);
      assertThat(after.getInteger("fixCount")).as(name).isEqualTo(before.getInteger("fixCount"));
      samples();
    }

    /** Each as long as it was, in their order, as far as its device told them when they were. */
    private void beats() {
      List<long[]> before = was.beats();
      List<long[]> after = is.beats();
      assertThat(after).as(name + " beats").hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        String where = name + " beat " + i;
        assertThat(after.get(i)[1]).as(where).isCloseTo(before.get(i)[1], within(1L));
      }
    }

    private void close(
        JsonObject before, JsonObject after, String figure, double share, double least) {
      Double was = before.getDouble(figure);
      Double is = after.getDouble(figure);
      if (was == null || is == null) {
        assertThat(is).as(name + " " + figure).isEqualTo(was);
        return;
      }
      assertThat(is)
          .as(name + " " + figure)
          .isCloseTo(was, within(Math.max(least, share * Math.abs(was))));
    }

    /** Column by column: what two sensors said within a step of a format's time may become one row. */
    private void samples() {
      List<String> names = List.of(was.rows().get(0).split(",", -1));
      for (int column = 0; column < names.size(); column++) {
        List<String[]> before = was.values(column);
        List<String[]> after = is.values(column);
        if (names.get(column).equals("at_epoch_ms") || Double.isNaN(step(names.get(column)))) {
          continue;
        }
        assertThat(after).as(name + " " + names.get(column)).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
          String where = name + " " + names.get(column) + " " + i;
          close(where + " time", step("at_epoch_ms"), before.get(i)[0], after.get(i)[0]);
          close(where, step(names.get(column)), before.get(i)[1], after.get(i)[1]);
        }
      }
    }

    private static void close(String where, double step, String before, String after) {
      assertThat(Double.parseDouble(after))
          .as(where)
          .isCloseTo(Double.parseDouble(before), within(step * 1.000_001));
    }

    /** Half a step of the wire and of the format together; NaN of what is not the samples'. */
    private double step(String column) {
      return switch (column) {
        case "at_epoch_ms" -> 4;
        case "latitude_deg", "longitude_deg" -> PLACE_STEP;
        case "altitude_m" -> 0.105;
        case "accuracy_m" -> 0.505;
        case "heart_rate_bpm", "power_w" -> 0;
        case "cadence_per_min" -> 0.505;
        case "speed_mps" -> 0.0055;
        case "temperature_c" -> format.equals("tcx") ? Double.NaN : 0.505; // has no place there
        case "pressure_pa" -> 0.55;
        default -> Double.NaN;
      };
    }
  }

  /** What an athlete has of a training. */
  private record Seen(JsonObject training, byte[] csv, JsonObject json) {
    /** When each ended, up to the last of those that are told together, and how long it was, in ms. */
    List<long[]> beats() {
      List<long[]> beats = new ArrayList<>();
      for (Object one : json.getJsonArray("activities").getJsonObject(0).getJsonArray("events")) {
        JsonObject event = (JsonObject) one;
        JsonArray rrMs = event.getJsonArray("rrMs", new JsonArray());
        int from = beats.size();
        long at = event.getLong("atEpochMs");
        for (int i = rrMs.size() - 1; i >= 0; at -= rrMs.getLong(i--)) {
          beats.add(from, new long[] {at, rrMs.getLong(i)});
        }
      }
      return beats;
    }

    List<String> rows() {
      return List.of(new String(csv, java.nio.charset.StandardCharsets.UTF_8).split("\r\n"));
    }

    /** Times and values of a column, where there is one. */
    List<String[]> values(int column) {
      return rows().stream()
          .skip(1)
          .map(row -> row.split(",", -1))
          .map(cells -> new String[] {cells[4], cells[column]})
          .filter(pair -> !pair[1].isEmpty())
          .toList();
    }
  }

  /** What the files say, read by nothing of the import, is in the trainings that they became. */
  private static void assertHolds(UUID athlete, Map<String, byte[]> files, JsonObject report)
      throws Exception {
    List<JsonObject> told =
        report.getJsonArray("files").stream().map(one -> (JsonObject) one).toList();
    for (JsonObject file : told) {
      SourceSamples source = new SourceSamples(file.getString("name"));
      for (Object activity : file.getJsonArray("activities", new JsonArray())) {
        JsonObject became = (JsonObject) activity;
        if (became.getString("outcome").equals("imported")) {
          String id = became.getString("trainingId");
          source.training(
              node.get(athlete, "/v1/trainings/" + id + "/export?format=csv").body());
        }
      }
      if (file.getString("outcome").equals("imported")) {
        source.assertKept(files.get(file.getString("name")));
      }
    }
  }

  /** @param format in which it is taken away and brought again */
  private static List<Pair> roundTrip(Map<String, byte[]> files, String format) throws Exception {
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    JsonObject report = node.imported(one, MadeFiles.zip(files));
    assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
    assertHolds(one, files, report);
    var zip = node.get(one, "/v1/export?format=" + format);
    assertThat(zip.statusCode()).isEqualTo(200);
    JsonObject again = node.imported(other, zip.body());
    assertThat(again.getString("state")).as(again.encode()).isEqualTo("done");
    Map<Long, String> mine = trainings(one);
    Map<Long, String> theirs = trainings(other);
    assertThat(theirs.size())
        .as(report.encodePrettily() + again.encodePrettily())
        .isEqualTo(mine.size());
    List<Pair> pairs = new ArrayList<>();
    for (Map.Entry<Long, String> entry : mine.entrySet()) {
      String id = theirs.entrySet().stream()
          .min(java.util.Comparator.comparingLong(
              theirsOne -> Math.abs(theirsOne.getKey() - entry.getKey())))
          .orElseThrow()
          .getValue();
      pairs.add(new Pair(
          entry.getKey() + " " + format, format, seen(one, entry.getValue()), seen(other, id)));
    }
    return pairs;
  }

  private static Map<Long, String> trainings(UUID athlete) throws Exception {
    Map<Long, String> found = new LinkedHashMap<>();
    JsonArray all = node.json(athlete, "/v1/trainings?limit=200").getJsonArray("trainings");
    for (int i = 0; i < all.size(); i++) {
      JsonObject training = all.getJsonObject(i);
      found.put(training.getLong("startAtMs"), training.getString("trainingId"));
    }
    return found;
  }

  private static Seen seen(UUID athlete, String id) throws Exception {
    JsonObject training = node.json(athlete, "/v1/trainings/" + id);
    return new Seen(
        training,
        node.get(athlete, "/v1/trainings/" + id + "/export?format=csv").body(),
        node.json(athlete, "/v1/trainings/" + id + "/export?format=json"));
  }
}
