package io.pacewire.launcher.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.FitFile;
import io.pacewire.launcher.replay.Timeline;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report itself, on a recording whose truth is known. */
class AccuracyReportTest {
  @TempDir
  Path folder;

  @Test
  void aFile_isComparedWithItsDevice_andSwimsAreKeptApart() throws IOException {
    activities("""
        file,sport,ref_distance_m,ref_timer_s,ref_ascent_m,ref_distance_source,notes
        north.gpx,running,1000,600,,device (GPS),"commas, and ""quotes\""
        north.gpx,running,2000,,,footpod seen,
        north.gpx,SWIMMING,900,,,device (GPS),
        broken.gpx,running,1000,,,device (GPS),
        """);
    Files.writeString(folder.resolve("activities/broken.gpx"), "no activity");
    AccuracyReport report = report();
    // 600 steps of 1.6668 m: 1000.1 m
    assertThat(figure(report, "distance from positions").getInteger("n")).isEqualTo(1);
    assertThat(figure(report, "distance from positions").getDouble("p50")).isLessThan(0.1);
    JsonObject beside = figure(report, "distance from positions, beside a wheel or foot sensor");
    assertThat(beside.getInteger("n")).isEqualTo(1);
    assertThat(beside.getDouble("max")).isCloseTo(50, within(0.1));
    assertThat(figure(report, "distance, swims and triathlons").getInteger("n")).isEqualTo(1);
    assertThat(figure(report, "distance under injected noise").getInteger("n")).isEqualTo(6);
    assertThat(leftOut(report))
        .containsEntry("broken.gpx", "byte 0: the file is no GPX, TCX or FIT");
    JsonArray goals = report.goals().json();
    assertThat(goal(goals, "distance from positions, p50").getBoolean("holds")).isTrue();
    JsonObject ascent = goal(goals, "ascent, activities of 30 m and more, p50");
    assertThat(ascent.getValue("measured")).as("nothing to compare").isNull();
    assertThat(ascent.getInteger("n")).isZero();
    assertThat(ascent.getBoolean("holds")).isFalse();
    assertThat(report.text())
        .containsPattern("ascent, activities of 30 m and more +0 +- +- +-\\R")
        .containsPattern("ascent, activities of 30 m and more, p50 +<= 5 % +- +0 +not measured\\R");
    assertThat(goal(goals, "geodesy up to 1 km against Karney, worst").getBoolean("holds"))
        .isTrue();
    assertThat(goal(goals, "drift on a table, ten minutes").getDouble("measured"))
        .isZero();
  }

  /** Another order of columns, half of them absent, CRLF, semicolons, not UTF-8, and worse. */
  @Test
  void whateverAStrangersFolderHolds_isMeasuredOrToldWithItsReason() throws IOException {
    activities("");
    byte[] manifest = """
        notes;ref_distance_m;file;colour
        "a walk; café";1000,0;north.gpx;blue
        ;;"north.gpx";
        ;n/a;treadmill.tcx
        ;500;treadmill.tcx;
        ;5000;nowhere.fit;
        ;5000;empty.fit;
        ;5000;subfolder;
        ;5000;;
        ;5000;zero\0.gpx;

        ;1000;packed.gpx;
        ;3;short.gpx;
        open-water swim;1000;unheard.gpx;
        an "odd quote;1000;unheard.gpx;
        ";1000;never closed;
        """.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    Path activities = folder.resolve("activities");
    Files.write(activities.resolve("manifest.csv"), manifest);
    Files.writeString(activities.resolve("treadmill.tcx"), treadmill());
    Files.createFile(activities.resolve("empty.fit"));
    Files.createDirectory(activities.resolve("subfolder"));
    gzip(activities.resolve("packed.gpx.gz"), north());
    Files.writeString(
        activities.resolve("short.gpx"),
        north().replaceAll("(?s)(.*?(?:<trkpt.*?</trkpt>){3}).*(</trkseg>.*)", "$1$2"));
    Files.writeString(activities.resolve("unheard.gpx"), north().replace("running", "Quidditch"));

    AccuracyReport report = report();

    assertThat(report.measuredAnything()).isTrue();
    assertThat(figure(report, "distance from positions").getInteger("n")).isEqualTo(4);
    assertThat(figure(report, "distance, swims and triathlons").getInteger("n")).isEqualTo(1);
    assertThat(leftOut(report))
        .containsEntry("north.gpx", "the manifest has no figure of its device")
        .containsEntry("treadmill.tcx", "positions in its file: 0")
        .containsEntry("nowhere.fit", "there is no such file")
        .containsEntry("empty.fit", "byte 0: the file is no GPX, TCX or FIT")
        .containsEntry("subfolder", "there is no such file")
        .containsEntry("", "the manifest names no file")
        .containsEntry("short.gpx", "3 positions, 3 m: too short")
        .containsEntry("steps", "there is no such folder")
        .containsKey("zero\u0000.gpx");
    JsonArray told = new JsonObject(report.json().encode()).getJsonArray("leftOut");
    assertThat(told).hasSameSizeAs(report.json().getJsonArray("leftOut")).isNotEmpty();
    assertThat(report.text()).contains("nowhere.fit: there is no such file");
  }

  @Test
  void aSensorsOwnDistance_standsBesideThatOfPositions() throws IOException {
    activities("file,ref_distance_m\nride.fit,2400\n");
    FitFile ride = new FitFile().sensor(123).timer(0, true);
    for (int second = 0; second <= 300; second++) {
      ride.record(second, 52.3 + second * 8 / 111_267.0, 7.9, Double.NaN);
    }
    ride.lap(0, 125, 1_000, 2).lap(125, 300, 1_400, 7).session(0, 300, 2).timer(300, false);
    Files.write(folder.resolve("activities/ride.fit"), ride.bytes());

    AccuracyReport report = report();

    assertThat(figure(report, "distance from positions").getInteger("n")).isZero();
    String beside = "distance from positions, beside a wheel or foot sensor";
    assertThat(figure(report, beside).getDouble("max")).isLessThan(0.1);
    assertThat(figure(report, "distance of the wheel or foot sensor itself").getDouble("max"))
        .isCloseTo(1.25, within(1e-9)); // 300 s of 7.9 m/s, not 8
    String pace = "pace over 5 to 10 s against the device's speed";
    assertThat(figure(report, pace).getDouble("p50")).isCloseTo(1.27, within(0.1));
    JsonObject laps = figure(report, "auto-lap splits");
    assertThat(laps.getInteger("n")).as("the last one is none").isEqualTo(1);
    assertThat(laps.getDouble("max")).isLessThan(1);
    JsonObject activity = report.json().getJsonArray("activities").getJsonObject(0);
    assertThat(activity.getDouble("sensorDistanceM")).isEqualTo(2_370);
  }

  /** Its device's figures are of more than could be read. */
  @Test
  void aFileThatEndsEarly_isLeftOut_notMeasuredAsAWhole() throws IOException {
    activities("file,ref_distance_m\ncut.fit,1000\nwhole.fit,1000\n");
    FitFile run = new FitFile().timer(0, true);
    for (int second = 0; second <= 300; second++) {
      run.record(second, 52.3 + second * 3.334 / 111_267.0, 3.3, Double.NaN);
    }
    byte[] whole = run.session(0, 300, 1).timer(300, false).bytes();
    Files.write(folder.resolve("activities/whole.fit"), whole);
    Files.write(folder.resolve("activities/cut.fit"), Arrays.copyOf(whole, whole.length / 2));

    AccuracyReport report = report();

    assertThat(figure(report, "distance from positions").getInteger("n")).isEqualTo(1);
    assertThat(leftOut(report)).containsEntry("cut.fit", "the file ends early");
  }

  @Test
  void aFolderWithNothing_hasNothingToCompare() throws IOException {
    AccuracyReport report = report();
    assertThat(report.measuredAnything()).isFalse();
    assertThat(leftOut(report))
        .containsEntry("activities/manifest.csv", "there is no such file")
        .containsEntry("steps", "there is no such folder");
    activities("name,distance\nnorth.gpx,1000\n");
    assertThat(leftOut(report()))
        .containsEntry("activities/manifest.csv", "it has no column 'file'");
  }

  private void activities(String manifest) throws IOException {
    Path activities = Files.createDirectories(folder.resolve("activities"));
    Files.writeString(activities.resolve("manifest.csv"), manifest);
    Files.writeString(activities.resolve("north.gpx"), north());
  }

  private AccuracyReport report() {
    return AccuracyReport.of(
        folder, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** The last reason of each. */
  private static Map<String, String> leftOut(AccuracyReport report) {
    return report.json().getJsonArray("leftOut").stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(
            one -> one.getString("recording"), one -> one.getString("reason"), (a, b) -> b));
  }

  private static JsonObject figure(AccuracyReport report, String figure) {
    return goal(report.json().getJsonArray("figures"), figure);
  }

  private static JsonObject goal(JsonArray goals, String figure) {
    return goals.stream()
        .map(JsonObject.class::cast)
        .filter(goal -> goal.getString("figure").equals(figure))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void steps_areCountedInEachLayout_andWhatIsNoRecordingIsTold() throws IOException {
    Path steps = Files.createDirectory(folder.resolve("steps"));
    Files.writeString(steps.resolve("steps-stats.csv"), """
        #dir, user, phone, position, surface, duration(s), steps\s
        Phone_Hand_1, Somebody, Phone, Hand, Hard, 60, 120
        Phone_Hand_2, Somebody, Phone, Hand, Hard, 60, 120
        Odd_1, Somebody, Phone, Hand, Hard, 60, many
        """);
    gzip(steps.resolve("Phone_Hand_1.accelerometer.csv.gz"), walk("%d,3,0,0,%.4f%n"));
    gzip(steps.resolve("Phone_Hand_1.stepcounter.csv.gz"), "1,1,1");
    Path own = Files.createDirectory(steps.resolve("Phone_Hand_2"));
    Files.writeString(own.resolve("accelerometer.csv"), "t,x,y,z\n" + walk("%d,0,0,%.4f%n"));
    gzip(steps.resolve("user1_hand_1.csv.gz"), walk("%d,0,0,%.4f,0,120,0%n"));
    Files.writeString(steps.resolve("athlete7.csv"), walk("%d,0,0,%.4f,0,120%n"));
    gzip(steps.resolve("Nobody_counted.accelerometer.csv.gz"), walk("%d,3,0,0,%.4f%n"));
    gzip(steps.resolve("Odd_1.accelerometer.csv.gz"), walk("%d,3,0,0,%.4f%n"));
    gzip(steps.resolve("user2_hand_1.csv.gz"), "1,2,three,4,0,1,0");
    gzip(steps.resolve("user3_hand_1.csv.gz"), "1,2,NaN,4,0,1,0");
    Files.writeString(steps.resolve("user4_hand_1.csv.gz"), "not packed");
    Files.createFile(steps.resolve("user5_hand_1.csv"));
    Files.writeString(steps.resolve("user6_hand_1.csv"), walk("%d,0,0,%.4f,0,0,0%n"));

    AccuracyReport report = report();

    assertThat(report.json().getJsonArray("steps"))
        .hasSize(4)
        .allSatisfy(one -> assertThat(((JsonObject) one).getInteger("steps")).isBetween(117, 121));
    assertThat(goal(report.goals().json(), "steps, mean").getInteger("n")).isEqualTo(4);
    assertThat(leftOut(report))
        .containsEntry("steps/Nobody_counted.accelerometer.csv.gz", "nobody counted its steps")
        .containsEntry("steps/Odd_1.accelerometer.csv.gz", "nobody counted its steps")
        .containsEntry("steps/user2_hand_1.csv.gz", "line 1 is no sample of an accelerometer")
        .containsEntry("steps/user3_hand_1.csv.gz", "line 1 is no sample of an accelerometer")
        .containsEntry("steps/user4_hand_1.csv.gz", "Not in GZIP format")
        .containsEntry("steps/user5_hand_1.csv", "it has no samples")
        .containsEntry("steps/user6_hand_1.csv", "no steps were counted")
        .doesNotContainKey("steps/Phone_Hand_1.stepcounter.csv.gz");
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

  /** Heart rate and cadence alone. */
  private static String treadmill() {
    return "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Lap><Track><Trackpoint>"
        + "<Time>2026-01-01T10:00:00Z</Time><HeartRateBpm><Value>120</Value></HeartRateBpm>"
        + "<Cadence>80</Cadence></Trackpoint></Track></Lap></Activity></Activities>"
        + "</TrainingCenterDatabase>";
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
