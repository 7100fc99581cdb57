package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pacewire.activity.RecordedActivity.TimerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recording at hand, against what another decoder read and what the devices say. */
class RecordingsTest {
  private static final Recordings RECORDINGS = Recordings.find();

  /** Rows of the manifest by file; one empty row where there are no recordings. */
  static Stream<Map<String, String>> manifest() {
    return RECORDINGS.areThere() ? RECORDINGS.table("manifest.csv").stream() : Stream.of(Map.of());
  }

  @BeforeEach
  void skipWithoutRecordings() {
    String skipped = "SKIPPED: no recordings at " + RECORDINGS.root() + " (set PACEWIRE_DATA)";
    if (!RECORDINGS.areThere()) {
      System.err.println(skipped);
    }
    assumeTrue(RECORDINGS.areThere(), skipped);
  }

  @ParameterizedTest
  @MethodSource("manifest")
  void samples_areThoseOfAnotherDecoder(Map<String, String> row) {
    RecordedActivity read = read(row);
    List<ActivitySample> positions =
        read.samples().stream().filter(ActivitySample::hasPosition).toList();
    List<Map<String, String>> expected = RECORDINGS.track(row.get("file")).stream()
        .filter(sample -> !sample.get("lat").isEmpty())
        .toList();

    assertThat(positions).hasSize(Integer.parseInt(row.get("gps_points")));
    assertThat(positions).hasSameSizeAs(expected);
    for (int i = 0; i < positions.size(); i++) {
      assertSame(positions.get(i), expected.get(i), i);
    }
    assertThat(Instant.ofEpochMilli(read.samples().get(0).atEpochMs()))
        .isEqualTo(Instant.parse(row.get("start_utc")));
  }

  private static void assertSame(ActivitySample read, Map<String, String> expected, int index) {
    assertThat(read.atEpochMs() / 1_000.0)
        .as("time of %d", index)
        .isCloseTo(number(expected, "t_utc_s"), within(0.001));
    assertThat(read.latitudeDeg()).as("%d", index).isCloseTo(number(expected, "lat"), within(1e-6));
    assertThat(read.longitudeDeg())
        .as("%d", index)
        .isCloseTo(number(expected, "lon"), within(1e-6));
    assertSameWhereStated(read.altitudeM(), expected, "ele_m", 0.006, index);
    assertSameWhereStated(read.deviceDistanceM(), expected, "dist_device_m", 0.006, index);
    assertSameWhereStated(read.speedMps(), expected, "speed_device_mps", 0.001, index);
  }

  private static void assertSameWhereStated(
      double read, Map<String, String> expected, String column, double tolerance, int index) {
    if (!Double.isNaN(number(expected, column))) {
      assertThat(read)
          .as("%s of %d", column, index)
          .isCloseTo(number(expected, column), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("manifest")
  void deviceFigures_areThoseOfTheManifest(Map<String, String> row) {
    RecordedActivity read = read(row);
    if (read.format() == ActivityFormat.GPX) {
      assertThat(read.deviceTotals()).isEqualTo(DeviceTotals.NONE); // a GPX file has no totals
    } else {
      DeviceTotals totals = read.deviceTotals();
      assertThat(totals.distanceM()).isCloseTo(number(row, "ref_distance_m"), within(0.1));
      assertThat(totals.timerS()).isCloseTo(number(row, "ref_timer_s"), within(0.1));
      if (!Double.isNaN(number(row, "ref_elapsed_s"))) {
        assertThat(totals.elapsedS()).isCloseTo(number(row, "ref_elapsed_s"), within(0.1));
        assertThat(totals.ascentM()).isCloseTo(number(row, "ref_ascent_m"), within(0.1));
      }
    }
    String sports =
        read.legs().stream().map(ActivityLeg::nativeSport).collect(Collectors.joining("+"));
    assertThat(sports).isEqualTo(row.get("sport").toLowerCase(Locale.ROOT));
    assertThat(maker(read.deviceName())).isEqualTo(maker(row.get("device")));
  }

  @ParameterizedTest
  @MethodSource("manifest")
  void theTimer_ranAsLongAsTheDeviceSays(Map<String, String> row) {
    RecordedActivity read = read(row);
    boolean statesEvents = read.format() == ActivityFormat.FIT;
    if (statesEvents) {
      double ref = number(row, "ref_timer_s");
      assertThat(timerS(read)).isCloseTo(ref, within(Math.max(2.5, ref * 0.0005)));
    } else {
      // Pauses within a lap of TCX leave no trace but the lap's own figure.
      assertThat(timerS(read)).isGreaterThanOrEqualTo(number(row, "ref_timer_s") - 2);
    }
  }

  @Test
  void laps_areThoseOfTheDevices() {
    Map<String, List<Map<String, String>>> byFile = RECORDINGS.table("laps.csv").stream()
        .collect(Collectors.groupingBy(lap -> lap.get("file")));
    assertThat(byFile).isNotEmpty();
    byFile.forEach((file, expected) -> {
      List<DeviceLap> laps = Reading.one(RECORDINGS.content(file)).deviceLaps();
      assertThat(laps).as(file).hasSameSizeAs(expected);
      for (int i = 0; i < laps.size(); i++) {
        DeviceLap lap = laps.get(i);
        Map<String, String> row = expected.get(i);
        assertClose(lap.startAtEpochMs() / 1_000.0, row, "start_utc_s", 1.0);
        assertClose(lap.deviceTotals().distanceM(), row, "distance_m", 0.01);
        assertClose(lap.deviceTotals().timerS(), row, "timer_s", 0.01);
        assertClose(lap.deviceTotals().elapsedS(), row, "elapsed_s", 0.01);
        assertClose(lap.deviceTotals().ascentM(), row, "ascent_m", 0.01);
      }
    });
  }

  /** Not a benchmark: it says how fast, and fails only where something has gone badly wrong. */
  @Test
  void theBiggestFiles_areReadInNoTime() {
    for (String file : List.of(
        "sports-lib__6782987395.tcx",
        "sports-lib__6782987395.gpx",
        "python-fitparse__2019-02-17-062644-ELEMNT-297E-195-0.fit")) {
      byte[] content = RECORDINGS.content(file);
      long best = Long.MAX_VALUE;
      int samples = 0;
      for (int round = 0; round < 5; round++) {
        long from = System.nanoTime();
        samples = Reading.one(content).samples().size();
        best = Math.min(best, System.nanoTime() - from);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f ms, %.0f MB/s, %.2f million samples/s%n",
          file,
          best / 1e6,
          content.length * 1e3 / best,
          samples * 1e3 / best);
      assertThat(best).isLessThan(2_000_000_000L);
    }
  }

  private static RecordedActivity read(Map<String, String> row) {
    return Reading.one(RECORDINGS.content(row.get("file")));
  }

  private static double timerS(RecordedActivity read) {
    long runningSince = read.samples().get(0).atEpochMs();
    long ranMs = 0;
    boolean running = true;
    for (TimerEvent event : read.timerEvents()) {
      switch (event.action()) {
        case PAUSE -> {
          ranMs += event.atEpochMs() - runningSince;
          running = false;
        }
        case START, RESUME -> {
          runningSince = event.atEpochMs();
          running = true;
        }
      }
    }
    long lastMs = read.samples().get(read.samples().size() - 1).atEpochMs();
    return (ranMs + (running ? lastMs - runningSince : 0)) / 1_000.0;
  }

  private static void assertClose(
      double read, Map<String, String> row, String column, double tolerance) {
    if (!Double.isNaN(number(row, column))) {
      assertThat(read)
          .as("%s of %s", column, row)
          .isCloseTo(number(row, column), within(tolerance));
    }
  }

  private static String maker(String device) {
    String[] words = device.toLowerCase(Locale.ROOT).split("[ /_]", 2);
    return words[0];
  }

  private static double number(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    return text == null || text.isEmpty() || text.equals("null")
        ? Double.NaN
        : Double.parseDouble(text);
  }
}
