package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recording at hand, written in every format and read back. */
class ExportedRecordingsTest {
  private static final Recordings RECORDINGS = Recordings.find();

  static Stream<String> files() {
    return RECORDINGS.areThere()
        ? RECORDINGS.table("manifest.csv").stream().map(row -> row.get("file"))
        : Stream.of("");
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
  @MethodSource("files")
  void everySample_isKept(String file) {
    byte[] content = RECORDINGS.content(file);
    RecordedActivity original = Reading.one(content);
    Tape tape = Exported.read(ExportFormat.FIT, content); // reads GPX and TCX as well

    for (ExportFormat format : ExportFormat.values()) {
      byte[] written = Exported.write(format, Exported.outline(original.sport(), tape), tape);
      Exported.assertKept(format, original.samples(), written);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void figures_areKept_byFitAndTcx(String file) {
    RecordedActivity original = Reading.one(RECORDINGS.content(file));
    Tape tape = Exported.read(ExportFormat.FIT, RECORDINGS.content(file));
    List<ActivityLap> laps = original.deviceLaps().stream()
        .sorted((a, b) -> Long.compare(a.startAtEpochMs(), b.startAtEpochMs()))
        .map(lap -> new ActivityLap(
            lap.startAtEpochMs(),
            Math.max(lap.startAtEpochMs(), lap.endAtEpochMs()),
            lap.trigger(),
            figures(lap.deviceTotals())))
        .toList();
    ActivityOutline outline = new ActivityOutline(
        "",
        original.sport(),
        original.deviceName(),
        tape.firstMs(),
        tape.lastMs(),
        original.utcOffsetS(),
        figures(original.deviceTotals()),
        laps);

    for (ExportFormat format : List.of(ExportFormat.FIT, ExportFormat.TCX)) {
      RecordedActivity read = Reading.one(Exported.write(format, outline, tape));
      assertThat(read.deviceLaps()).hasSize(Math.max(1, laps.size()));
      for (int i = 0; i < laps.size(); i++) {
        ActivityFigures was = laps.get(i).figures();
        assertKept(was.distanceM(), read.deviceLaps().get(i).deviceTotals().distanceM());
        assertKept(was.timerS(), read.deviceLaps().get(i).deviceTotals().timerS());
      }
      if (format == ExportFormat.FIT) {
        assertKept(outline.figures().distanceM(), read.deviceTotals().distanceM());
        assertKept(outline.figures().timerS(), read.deviceTotals().timerS());
        assertKept(Math.rint(outline.figures().ascentM()), read.deviceTotals().ascentM());
      }
    }
  }

  private static void assertKept(double was, double is) {
    if (!Double.isNaN(was)) {
      assertThat(is).isCloseTo(was, org.assertj.core.api.Assertions.within(0.005_1));
    }
  }

  private static ActivityFigures figures(DeviceTotals of) {
    double none = Double.NaN;
    return new ActivityFigures(
        of.distanceM(),
        of.timerS(),
        of.movingS(),
        of.ascentM(),
        of.descentM(),
        none,
        none,
        none,
        none,
        none);
  }
}
