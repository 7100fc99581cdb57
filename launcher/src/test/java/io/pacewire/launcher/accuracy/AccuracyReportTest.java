package io.pacewire.launcher.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Timeline;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report itself, on a recording whose truth is known. */
class AccuracyReportTest {
  @TempDir
  Path folder;

  @Test
  void aFile_isComparedWithItsDevice_andSwimsAreKeptApart() throws IOException {
    Path activities = Files.createDirectory(folder.resolve("activities"));
    Files.writeString(activities.resolve("north.gpx"), north());
    Files.writeString(activities.resolve("broken.gpx"), "no activity");
    Files.writeString(activities.resolve("manifest.csv"), """
        file,sport,ref_distance_m,ref_timer_s,ref_ascent_m,ref_distance_source,notes
        north.gpx,running,1000,600,,device (GPS),"commas, and ""quotes\"""
        north.gpx,running,2000,,,footpod seen,
        north.gpx,SWIMMING,900,,,device (GPS),
        broken.gpx,running,1000,,,device (GPS),
        """);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    AccuracyReport report =
        AccuracyReport.of(folder, new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("north.gpx").contains("broken.gpx");
    assertThat(report.errors().lines().filter(line -> line.startsWith("distance from positions")))
        .singleElement()
        .asString()
        .matches("distance from positions +1 .*");
    JsonArray goals = report.goals().json();
    assertThat(goals.getJsonObject(0).getString("figure"))
        .isEqualTo("distance from positions, p50");
    // 600 steps of 1.6668 m: 1000.1 m
    assertThat(goals.getJsonObject(0).getDouble("measured")).isLessThan(0.35);
    assertThat(goals.getJsonObject(0).getBoolean("holds")).isTrue();
    JsonObject ascent = goal(goals, "ascent, activities of 30 m and more, p50");
    assertThat(ascent.getValue("measured")).as("nothing to compare").isNull();
    assertThat(ascent.getBoolean("holds")).isFalse();
    assertThat(goal(goals, "geodesy up to 1 km against Karney, worst").getBoolean("holds"))
        .isTrue();
    assertThat(goal(goals, "drift on a table, ten minutes").getDouble("measured"))
        .isZero();
  }

  private static JsonObject goal(JsonArray goals, String figure) {
    return goals.stream()
        .map(JsonObject.class::cast)
        .filter(goal -> goal.getString("figure").equals(figure))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void steps_areCountedInBothLayouts() throws IOException {
    Path steps = Files.createDirectory(folder.resolve("steps"));
    Files.writeString(steps.resolve("steps-stats.csv"), """
        #dir, user, phone, position, surface, duration(s), steps
        Phone_Hand_1, Somebody, Phone, Hand, Hard, 60, 120
        """);
    gzip(steps.resolve("Phone_Hand_1.accelerometer.csv.gz"), walk("%d,3,0,0,%.4f%n"));
    gzip(steps.resolve("user1_hand_1.csv.gz"), walk("%d,0,0,%.4f,0,120,0%n"));
    gzip(steps.resolve("Nobody_counted.accelerometer.csv.gz"), walk("%d,3,0,0,%.4f%n"));
    assertThat(StepRecordings.of(steps)).hasSize(2).allSatisfy(counted -> {
      assertThat(counted.truth()).isEqualTo(120);
      assertThat(counted.steps()).isBetween(117, 121);
    });
    gzip(steps.resolve("user2_hand_1.csv.gz"), "1,2,three");
    assertThatThrownBy(() -> StepRecordings.of(steps)).hasMessageContaining("user2_hand_1");
    assertThat(StepRecordings.of(folder.resolve("none"))).isEmpty();
  }

  /** A minute at two steps a second, 100 samples a second. */
  private static String walk(String line) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      double mps2 = 9.80665 + 3 * Math.sin(2 * Math.PI * 2 * i / 100.0);
      csv.append(String.format(Locale.ROOT, line, 10_000_000L * i, mps2));
    }
    return csv.toString();
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aFolderWithoutItsManifest_isSaid() {
    assertThatThrownBy(() -> AccuracyReport.of(folder, System.err))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("manifest.csv");
  }

  @Test
  void quantiles_areOfTheSortedErrors() {
    Errors errors = new Errors("figure");
    assertThat(errors.quantile(0.5)).isNaN();
    for (double value : new double[] {110, 90, 101, 100, 105}) {
      errors.add(value, 100);
    }
    errors.add(1, Double.NaN);
    errors.add(1, 0);
    assertThat(errors.size()).isEqualTo(5);
    assertThat(errors.quantile(0.5)).isCloseTo(5, within(1e-9));
    assertThat(errors.quantile(0.9)).isCloseTo(10, within(1e-9));
    assertThat(errors.quantile(1)).isCloseTo(10, within(1e-9));
  }

  @Test
  void cells_keepCommasWithinQuotes() {
    assertThat(Reference.cells("a,\"b, c\",,\"d \"\"e\"\"\""))
        .isEqualTo(List.of("a", "b, c", "", "d \"e\""));
  }

  @Test
  void noise_isTheSameForASeed_losesSome_andLeavesTheRestOfTheTimelineAlone() {
    Timeline clean = DemoRun.startingAt(0);
    Timeline noisy = ReceiverNoise.upon(clean, 1);
    assertThat(ReceiverNoise.upon(clean, 1)).isEqualTo(noisy);
    assertThat(ReceiverNoise.upon(clean, 2)).isNotEqualTo(noisy);
    long fixes = fixes(clean);
    assertThat(fixes(noisy)).isBetween(Math.round(0.96 * fixes), fixes - 1);
    assertThat(noisy.events().stream().filter(event -> !(event instanceof Timeline.Fix)))
        .containsExactlyElementsOf(clean.events().stream()
            .filter(event -> !(event instanceof Timeline.Fix))
            .toList());
  }

  private static long fixes(Timeline timeline) {
    return timeline.events().stream()
        .filter(event -> event instanceof Timeline.Fix)
        .count();
  }

  /** A kilometre due north in ten minutes; a degree of latitude at 52.3 is 111,267 m there. */
  private static String north() {
    StringBuilder gpx = new StringBuilder("<gpx version=\"1.1\" creator=\"test\""
        + " xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>running</type><trkseg>");
    for (int second = 0; second <= 600; second++) {
      gpx.append("<trkpt lat=\"%.7f\" lon=\"13.4\"><time>2026-05-01T10:%02d:%02dZ</time></trkpt>"
          .formatted(52.3 + second * 1.4981e-5, second / 60, second % 60));
    }
    return gpx + "</trkseg></trk></gpx>";
  }
}
