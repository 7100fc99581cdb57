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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

  private static final List<String> FORMATS = List.of("fit", "tcx", "gpx");

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
    Imported imported = Imported.of(files);
    for (String format : FORMATS) {
      List<ComparedTrainings> pairs = imported.roundTrip(format);
      assertThat(pairs).hasSize(3);
      assertThat(faults(pairs)).isEmpty();
      assertThat(pairs)
          .as("something is compared of " + format)
          .anyMatch(pair -> pair.compares("figures.timerS") && pair.compares("figures.distanceM"));
    }
  }

  /** GPX has no place for what has no position. */
  @Test
  void altitudesWithoutAPosition_comeBack_fromFormatsThatHaveAPlaceForThem() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.fit", MadeFiles.tunnel(ExportFormat.FIT, MadeFiles.START_MS, 600));
    files.put("b.tcx", MadeFiles.tunnel(ExportFormat.TCX, MadeFiles.START_MS + DAY_MS, 600));
    Imported imported = Imported.of(files);
    for (String format : List.of("fit", "tcx")) {
      List<ComparedTrainings> pairs = imported.roundTrip(format);
      assertThat(pairs).hasSize(2);
      assertThat(faults(pairs)).isEmpty();
      assertThat(pairs).allMatch(pair -> pair.is().rows().size() == 602);
    }
  }

  @Test
  void heartBeats_comeBackInTheirOrder() throws Exception {
    Map<String, byte[]> files =
        Map.of("a.fit", MadeFiles.beats(ExportFormat.FIT, MadeFiles.START_MS, 300));
    List<ComparedTrainings> pairs = Imported.of(files).roundTrip("fit");
    assertThat(pairs).hasSize(1);
    assertThat(faults(pairs)).isEmpty();
    List<long[]> was = pairs.get(0).was().beats();
    List<long[]> is = pairs.get(0).is().beats();
    assertThat(was).hasSizeGreaterThan(300);
    assertThat(is).hasSameSizeAs(was);
    for (int i = 0; i < was.size(); i++) { // of a strap that missed none
      assertThat(is.get(i)[0]).as("%d", i).isCloseTo(was.get(i)[0], within(BEAT_STEP_MS));
      assertThat(is.get(i)[1]).as("%d", i).isCloseTo(was.get(i)[1], within(1L));
    }
  }

  /** Beside the FIT file of one activity: imported with it they would be known as the same. */
  private static final List<String> OF_THE_SAME =
      List.of("sports-lib__6782987395.gpx", "sports-lib__6782987395.tcx");

  @Test
  void recordingsOfRealDevices_comeBackAsTheyWere() throws Exception {
    Map<String, byte[]> files = recordings();
    if (files.isEmpty()) {
      System.err.println("SKIPPED: no recordings (set PACEWIRE_DATA)");
      return;
    }
    Map<String, byte[]> again = new LinkedHashMap<>();
    for (String name : OF_THE_SAME) {
      again.put(name, Objects.requireNonNull(files.remove(name)));
    }
    Imported imported = Imported.of(files);
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : again.entrySet()) {
      Imported alone = Imported.of(Map.of(one.getKey(), one.getValue()));
      for (String format : FORMATS) {
        faults.addAll(faults(alone.roundTrip(format)));
      }
    }
    for (String format : FORMATS) {
      List<ComparedTrainings> pairs = imported.roundTrip(format);
      assertThat(pairs).as(format).hasSizeGreaterThanOrEqualTo(20);
      // What a format has no place for must not leave the others uncompared.
      assertThat(pairs.stream().filter(pair -> pair.compares("figures.distanceM")))
          .as(format)
          .hasSizeGreaterThanOrEqualTo(10);
      faults.addAll(faults(pairs));
    }
    assertThat(faults).isEmpty();
  }

  static Map<String, byte[]> recordings() {
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

  /** What the files say, read by nothing of the import, is in the trainings that they became. */
  private static void assertHolds(UUID athlete, Map<String, byte[]> files, JsonObject report)
      throws Exception {
    List<JsonObject> told =
        report.getJsonArray("files").stream().map(one -> (JsonObject) one).toList();
    assertThat(told)
        .extracting(file -> file.getString("name"))
        .containsExactlyInAnyOrderElementsOf(files.keySet());
    assertThat(told)
        .allSatisfy(
            file -> assertThat(file.getString("outcome")).as(file.encode()).isEqualTo("imported"));
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
      source.assertKept(files.get(file.getString("name")));
    }
  }

  /** An athlete who imported files, and the trainings that these became, by when they began. */
  private record Imported(UUID athlete, Map<Long, SeenTraining> trainings) {
    static Imported of(Map<String, byte[]> files) throws Exception {
      UUID athlete = UUID.randomUUID();
      JsonObject report = node.imported(athlete, MadeFiles.zip(files));
      assertThat(report.getString("state")).as(report.encode()).isEqualTo("done");
      assertHolds(athlete, files, report);
      return new Imported(athlete, seen(athlete));
    }

    /** @param format in which they are taken away and brought again by another */
    List<ComparedTrainings> roundTrip(String format) throws Exception {
      UUID other = UUID.randomUUID();
      var zip = node.get(athlete, "/v1/export?format=" + format);
      assertThat(zip.statusCode()).isEqualTo(200);
      JsonObject again = node.imported(other, zip.body());
      assertThat(again.getString("state")).as(again.encode()).isEqualTo("done");
      Map<Long, SeenTraining> theirs = seen(other);
      List<ComparedTrainings> pairs = new ArrayList<>();
      for (Map.Entry<Long, SeenTraining> mine : trainings.entrySet()) {
        if (format.equals("gpx") && !mine.getValue().hasPosition()) {
          continue; // has no place for any of it
        }
        long nearest = theirs.keySet().stream()
            .min(Comparator.comparingLong(start -> Math.abs(start - mine.getKey())))
            .orElseThrow();
        String name = mine.getKey() + " " + format;
        pairs.add(new ComparedTrainings(name, format, mine.getValue(), theirs.get(nearest)));
      }
      assertThat(theirs).as(format + again.encodePrettily()).hasSameSizeAs(pairs);
      assertThat(pairs).extracting(pair -> pair.is().startAtMs()).doesNotHaveDuplicates();
      return pairs;
    }
  }

  private static Map<Long, SeenTraining> seen(UUID athlete) throws Exception {
    Map<Long, SeenTraining> found = new TreeMap<>();
    JsonArray all = node.json(athlete, "/v1/trainings?limit=200").getJsonArray("trainings");
    for (int i = 0; i < all.size(); i++) {
      JsonObject training = all.getJsonObject(i);
      found.put(
          training.getLong("startAtMs"),
          SeenTraining.of(node, athlete, training.getString("trainingId")));
    }
    return found;
  }

  private static List<String> faults(List<ComparedTrainings> pairs) {
    return pairs.stream().flatMap(pair -> pair.faults().stream()).toList();
  }
}
