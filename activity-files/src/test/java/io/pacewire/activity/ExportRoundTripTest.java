package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written comes back, as near as the format can say it. */
class ExportRoundTripTest {
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final double NONE = Double.NaN;

  @Property(tries = 150)
  void whateverWasMeasured_isKept(
      @ForAll ExportFormat format, @ForAll("tapes") Tape tape, @ForAll("sports") String sport) {
    byte[] content = Exported.write(format, Exported.outline(sport, tape), tape);

    Exported.assertKept(format, tape.samples, content);
    if (format == ExportFormat.JSON) {
      Tape read = Exported.read(format, content);
      assertThat(read.pauses).isEqualTo(tape.pauses);
      assertThat(read.resumes).isEqualTo(tape.resumes);
      assertThat(read.rrMs).isEqualTo(tape.rrMs);
    } else if (format == ExportFormat.FIT) {
      assertThat(Exported.read(format, content).rrMs).isEqualTo(tape.rrMs);
    }
  }

  /** Some devices go on writing while their timer stands still. */
  @ParameterizedTest
  @EnumSource(names = {"GPX", "TCX", "FIT"})
  void whatWasMeasuredInAPause_makesNoTimeOfIt(ExportFormat format) {
    Tape tape = new Tape();
    for (int s : new int[] {0, 10, 20}) {
      tape.sample(placed(s));
    }
    tape.pause(START + 20_000);
    tape.sample(placed(50));
    tape.sample(placed(1_000));
    tape.resume(START + 1_001_000);
    tape.sample(placed(1_001));
    tape.sample(placed(1_011));

    Tape read = Exported.read(format, Exported.write(format, Exported.outline("ride", tape), tape));

    assertThat(read.samples).hasSize(7);
    long pausedMs = 0;
    for (int i = 0; i < read.resumes.size(); i++) {
      pausedMs += read.resumes.get(i) - read.pauses.get(i);
    }
    assertThat(pausedMs).isEqualTo(981_000);
  }

  /** A reader takes no new lap for a pause, so that the pause is known by the time the lap before states. */
  @Test
  void aLapThatBeginsInAPause_hidesNothingOfIt() {
    Tape tape = new Tape();
    for (int s : new int[] {0, 10, 20}) {
      tape.sample(placed(s));
    }
    tape.pause(START + 20_000);
    tape.sample(placed(60));
    tape.sample(placed(600));
    tape.resume(START + 601_000);
    tape.sample(placed(601));
    tape.sample(placed(641)); // waits as long, but runs
    tape.sample(placed(651));
    tape.sample(placed(691)); // the first of its lap
    ActivityOutline outline = outline(
        new ActivityLap(START, START + 30_000, "manual", ActivityFigures.of(200, 20)),
        new ActivityLap(START + 30_000, START + 651_500, "manual", ActivityFigures.of(200, 50)),
        new ActivityLap(START + 651_500, START + 691_000, "manual", ActivityFigures.of(200, 40)));

    Tape read = Exported.read(ExportFormat.TCX, Exported.write(ExportFormat.TCX, outline, tape));

    long pausedMs = 0;
    for (int i = 0; i < read.resumes.size(); i++) {
      pausedMs += read.resumes.get(i) - read.pauses.get(i);
    }
    assertThat(pausedMs).isEqualTo(581_000);
  }

  private static ActivityOutline outline(ActivityLap... laps) {
    return new ActivityOutline(
        "",
        "ride",
        "",
        laps[0].startAtEpochMs(),
        laps[laps.length - 1].endAtEpochMs(),
        RecordedActivity.UNKNOWN_OFFSET,
        ActivityFigures.of(600, 80),
        List.of(laps));
  }

  private static ActivitySample placed(int second) {
    return new ActivitySample(
        START + second * 1_000L,
        55.5 + second * 1e-4,
        37.5,
        100,
        NONE,
        -1,
        NONE,
        -1,
        NONE,
        NONE,
        NONE,
        NONE);
  }

  @Provide
  Arbitrary<String> sports() {
    return Arbitraries.of(
        "run", "trail-run", "walk", "hike", "ride", "mtb", "indoor", "xc-ski", "swim", "other");
  }

  @Provide
  Arbitrary<Tape> tapes() {
    return samples()
        .list()
        .ofMaxSize(40)
        .flatMap(samples -> Arbitraries.integers()
            .between(0, 12)
            .list()
            .ofSize(samples.size())
            .map(marks -> tape(samples, marks)));
  }

  private static Tape tape(List<ActivitySample> samples, List<Integer> marks) {
    Tape tape = new Tape();
    for (int i = 0; i < samples.size(); i++) {
      long at = samples.get(i).atEpochMs();
      switch (marks.get(i)) {
        case 0 -> tape.pause(at);
        case 1 -> tape.resume(at);
        case 2 -> tape.beats(at, new int[] {800, 65_534, 1});
        case 3 -> tape.beats(at, new int[] {300, 400, 500, 600, 700, 800, 900});
        default -> {}
      }
      tape.sample(samples.get(i));
    }
    return tape;
  }

  /** In the ranges that every format has room for. */
  private static Arbitrary<ActivitySample> samples() {
    return Combinators.combine(
            Arbitraries.longs().between(START, START + 86_400_000),
            maybe(-90, 90),
            maybe(-180, 180),
            maybe(-499, 9_000),
            maybe(0, 254),
            maybe(0, 254),
            maybe(0, 150),
            Combinators.combine(
                    Arbitraries.integers().between(-1, 254),
                    Arbitraries.integers().between(-1, 65_534))
                .as((bpm, watt) -> new int[] {bpm == 0 ? -1 : bpm, watt}))
        .as((at, latitude, longitude, altitude, accuracy, cadence, speed, counts) -> {
          boolean placed = !Double.isNaN(latitude) && !Double.isNaN(longitude);
          return new ActivitySample(
              at,
              placed ? latitude : NONE,
              placed ? longitude : NONE,
              altitude,
              accuracy,
              counts[0],
              cadence,
              counts[1],
              speed,
              speed / 2 - 20,
              accuracy * 400,
              altitude + 500);
        });
  }

  private static Arbitrary<Double> maybe(double least, double most) {
    return Arbitraries.doubles().between(least, most).injectNull(0.2).map(value -> {
      return value == null ? NONE : value;
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"GPX", "TCX", "FIT"})
  void sportDeviceAndPauses_comeBack(ExportFormat format) {
    Tape tape = new Tape();
    for (int s = 0; s < 60; s++) {
      if (s == 20) {
        tape.pause(START + 19_000);
      }
      if (s < 20 || s >= 40) {
        if (s == 40) {
          tape.resume(START + 40_000);
        }
        tape.sample(at(START + s * 1_000L));
      }
    }
    RecordedActivity read =
        Reading.one(Exported.write(format, Exported.outline("run", tape), tape));

    assertThat(read.sport()).isEqualTo("run");
    assertThat(read.deviceName()).isEqualTo("Phone & \u00e9");
    assertThat(read.warnings()).isEmpty();
    List<Long> stopped = read.timerEvents().stream()
        .filter(event -> event.action() != RecordedActivity.TimerAction.START)
        .map(RecordedActivity.TimerEvent::atEpochMs)
        .toList();
    assertThat(stopped).startsWith(START + 19_000, START + 40_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"TCX", "FIT"})
  void lapsWithTheirFigures_comeBack(ExportFormat format) {
    Tape tape = new Tape();
    for (int s = 0; s <= 60; s++) {
      tape.sample(at(START + s * 1_000L));
    }
    ActivityOutline outline = new ActivityOutline(
        "",
        "ride",
        "",
        START,
        START + 60_000,
        RecordedActivity.UNKNOWN_OFFSET,
        ActivityFigures.of(600, 58),
        List.of(
            new ActivityLap(START, START + 30_000, "distance", ActivityFigures.of(250, 29)),
            new ActivityLap(
                START + 30_000, START + 60_000, "manual", ActivityFigures.of(350, 29))));
    RecordedActivity read = Reading.one(Exported.write(format, outline, tape));

    assertThat(read.deviceLaps())
        .extracting(DeviceLap::trigger)
        .containsExactly("distance", "manual");
    assertThat(read.deviceLaps())
        .extracting(DeviceLap::endAtEpochMs)
        .containsExactly(START + 30_000, START + 60_000);
    assertThat(read.deviceLaps())
        .extracting(lap -> lap.deviceTotals().distanceM())
        .containsExactly(250.0, 350.0);
    assertThat(read.deviceTotals().timerS()).isCloseTo(58, within(0.001));
    assertThat(read.deviceTotals().distanceM()).isCloseTo(600, within(0.01));
  }

  /** They are told before the sample up to which they were measured. */
  @Test
  void beats_areWrittenBehindTheRecord_ofWhoseTimeTheyAre() {
    Tape tape = new Tape();
    for (int s = 0; s < 10; s++) {
      if (s == 7) {
        tape.pause(START + 6_900);
        tape.resume(START + 7_000);
      }
      tape.beats(START + s * 1_000L - 300, new int[] {500 + s});
      tape.beats(START + s * 1_000L, new int[] {600 + s});
      tape.sample(at(START + s * 1_000L));
      if (s == 6) {
        tape.beats(START + s * 1_000L + 800, new int[] {700}); // no record is of its time
      }
    }
    tape.beats(START + 9_500, new int[] {900, 901, 902, 903, 904, 905, 906});
    RecordedActivity read =
        Reading.one(Exported.write(ExportFormat.FIT, Exported.outline("run", tape), tape));

    assertThat(read.beats().stream()
            .map(beats -> (beats.atEpochMs() - START) / 1_000 + " " + beats.rrMs()))
        .containsExactly(
            "0 [500, 600]",
            "1 [501, 601]",
            "2 [502, 602]",
            "3 [503, 603]",
            "4 [504, 604]",
            "5 [505, 605]",
            "6 [506, 606]",
            "6 [700]",
            "7 [507, 607]",
            "8 [508, 608]",
            "9 [509, 609]",
            "9 [900, 901, 902, 903, 904]",
            "9 [905, 906]");
  }

  @Test
  void beatsThatNoRecordFollowsSoon_areOfTheTimeOfTheOneBefore() {
    Tape tape = new Tape();
    tape.sample(at(START));
    tape.beats(START + 500, new int[] {800});
    tape.sample(at(START + 42_000));
    RecordedActivity read =
        Reading.one(Exported.write(ExportFormat.FIT, Exported.outline("run", tape), tape));
    assertThat(read.beats().get(0).atEpochMs()).isEqualTo(START);
  }

  @Test
  void chainedFit_holdsSeveralActivities() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(ExportFormat.FIT, out)) {
      for (int i = 0; i < 3; i++) {
        Tape tape = new Tape();
        tape.sample(at(START + i * 10_000L));
        ActivitySink sink = writer.begin(Exported.outline("walk", tape));
        tape.tell(sink);
        sink.end();
      }
    }
    List<RecordedActivity> read = Reading.all(out.toByteArray());
    assertThat(read).hasSize(3);
    assertThat(read).allSatisfy(one -> {
      assertThat(one.samples()).hasSize(1);
      assertThat(one.utcOffsetS()).isEqualTo(3_600);
      assertThat(one.warnings()).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource
  void anActivityThatDidNotEnd_leavesTheFileBrokenOff(ExportFormat format) throws IOException {
    Tape tape = new Tape();
    tape.sample(at(START));
    byte[] whole = Exported.write(format, Exported.outline("run", tape), tape);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      tape.tell(writer.begin(Exported.outline("run", tape)));
      assertThatThrownBy(() -> writer.begin(Exported.outline("run", tape)))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(out.size()).isLessThan(whole.length);
  }

  @ParameterizedTest
  @EnumSource
  void theStreamsOwnFailure_isPassedOn(ExportFormat format) {
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("disk");
      }
    };
    Tape tape = new Tape();
    tape.sample(at(START));
    assertThatThrownBy(() -> {
          try (ActivityWriter writer = ActivityWriter.open(format, full)) {
            ActivitySink sink = writer.begin(Exported.outline("run", tape));
            for (int i = 0; i < 2_000; i++) {
              tape.tell(sink);
            }
            sink.end();
          }
        })
        .isInstanceOfAny(IOException.class, UncheckedIOException.class)
        .hasMessageContaining("disk");
  }

  private static ActivitySample at(long atEpochMs) {
    return new ActivitySample(
        atEpochMs, 55.5, 37.5, 150, NONE, 140, 85.5, 200, 2.5, NONE, NONE, NONE);
  }
}
