package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong for a moment, or until a device learns the time. */
class WrongTimesTest {
  private static final int ALL = 1_000_000;
  private final Outputs out = new Outputs();

  /** Each sensor in turn has one time that is a day ahead. */
  @ParameterizedTest
  @ValueSource(strings = {"heart", "speed", "cadence", "power", "pressure", "accelerometer"})
  void oneTimeADayAhead_doesNotMoveTheStopwatch(String sensor) {
    Recording recording = Recording.of("run")
        .sensorSpeed(300)
        .cadence(85)
        .power(200)
        .pressure(99_000)
        .steps(2.8);
    FoldState state = recording.north(100, 3).live(FoldSink.NONE);
    TrackFold.step(state, stray(sensor, recording.atMs() + 86_400_000L), FoldSink.NONE);
    state = FoldState.decode(state.encode());
    Recording rest = Recording.of("run");
    SampleBatch later =
        rest.silence(100, 3, 0).north(200, 3).batches(new int[] {ALL}).get(0);
    TrackFold.step(state, later, FoldSink.NONE);
    assertThat(state.figures().timerS()).isEqualTo(300);
    assertThat(state.figures().elapsedS()).isEqualTo(300);
    assertThat(state.figures().heartRateCount()).isEqualTo(300);
    assertThat(state.figures().distanceM()).isCloseTo(299 * 3, within(3.0));
  }

  /** The same where it is the sensor's first. */
  @ParameterizedTest
  @ValueSource(strings = {"heart", "speed", "cadence", "power", "pressure", "accelerometer", "fix"})
  void aFirstTimeADayAhead_doesNotMoveTheStopwatch(String sensor) {
    Outputs out = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(
        state, Batches.of(Mark.start(Recording.START, 0, "run", "UTC", 0, "Phone", "1", 1)), out);
    state = FoldState.decode(state.encode());
    TrackFold.step(state, stray(sensor, Recording.START + 86_400_000L), out);
    state = FoldState.decode(state.encode());
    TrackFold.step(state, Batches.running(0, 300), out);
    TrackFold.step(state, Batches.of(Mark.finish(Recording.START + 300_000, 0, 4)), out);
    assertThat(state.figures().timerS()).isEqualTo(300);
    assertThat(state.figures().elapsedS()).isEqualTo(300);
    assertThat(state.figures().distanceM()).isCloseTo(299 * 3, within(3.0));
    if (sensor.equals("fix")) {
      assertThat(out.verdicts).extracting(Verdict::reason).contains(Verdict.Reason.AHEAD_OF_TIME);
    }
  }

  private static SampleBatch stray(String sensor, long at) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 1);
    Batches.add(batch, sensor, at);
    return batch;
  }

  /** The clock was wrong for the moment of one mark, and of no other. */
  @ParameterizedTest
  @EnumSource(
      value = Mark.Kind.class,
      names = {"LAP", "PAUSE", "RESUME"})
  void aMarkADayAhead_isLeftOut(Mark.Kind kind) {
    Recording recording = Recording.of("run").north(100, 3);
    Outputs out = new Outputs();
    FoldState state = recording.live(out);
    long ahead = recording.atMs() + 86_400_000L;
    TrackFold.step(
        state,
        Batches.of(
            kind == Mark.Kind.LAP
                ? Mark.lap(ahead, 0)
                : kind == Mark.Kind.PAUSE ? Mark.pause(ahead, 0) : Mark.resume(ahead, 0)),
        out);
    state = FoldState.decode(state.encode());
    TrackFold.step(state, Batches.running(100, 100), out);
    long at = Recording.START + 200_000;
    TrackFold.step(state, Batches.of(Mark.lap(at, 0)), out);
    TrackFold.step(state, Batches.running(200, 100), out);
    TrackFold.step(state, Batches.of(Mark.finish(Recording.START + 300_000, 0, 6)), out);
    assertThat(out.laps).extracting(Lap::endAtEpochMs).containsExactly(at, at + 100_000);
    Figures figures = state.figures();
    assertThat(figures.timerS()).isEqualTo(300);
    assertThat(figures.elapsedS()).isEqualTo(300);
    assertThat(figures.distanceM()).isCloseTo(299 * 3, within(3.0));
  }

  /** The clock was a day ahead when somebody pressed, and right when sensors spoke. */
  @Test
  void aStartAndAFinishADayAhead_areNoLongerThanTheirSamples() {
    SampleBatch batch = Batches.running(0, 1_800);
    long tomorrow = Recording.START + 86_400_000L;
    batch.addMark(Mark.start(tomorrow, 0, "run", "UTC", 0, "Watch", "1", 1));
    batch.addMark(Mark.finish(tomorrow + 1_800_000, 0, 1));
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isEqualTo(1_799);
    assertThat(state.figures().timerS()).isEqualTo(1_799);
    assertThat(state.figures().sport()).isEqualTo("run");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStartADayAhead_ofAHeartAlone_countsFromItsFirstBeat(boolean together) {
    SampleBatch heart =
        Recording.sensor().blindHeart(1_800).batches(new int[] {ALL}).get(0);
    Mark start = Mark.start(Recording.START + 86_400_000L, 0, "indoor", "UTC", 0, "Watch", "1", 1);
    FoldState state = FoldState.start(AthleteParameters.defaults());
    if (together) {
      heart.addMark(start);
      heart.addMark(Mark.finish(Recording.START + 1_800_000, 0, 1));
    } else {
      TrackFold.step(state, Batches.of(start), FoldSink.NONE);
    }
    TrackFold.step(state, heart, FoldSink.NONE);
    TrackFold.step(
        state, Batches.of(Mark.finish(Recording.START + 1_800_000, 0, 2)), FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isBetween(1_798.0, 1_799.0);
    assertThat(state.figures().timerS()).isBetween(1_798.0, 1_799.0);
    assertThat(state.figures().sport()).isEqualTo("indoor");
  }

  @Test
  void aRecordingThatBreaksOff_endsWithItsLastPause() {
    FoldState state = Recording.of("hike").north(100, 1).live(FoldSink.NONE);
    TrackFold.step(state, Batches.of(Mark.pause(Recording.START + 1_900_000, 0)), FoldSink.NONE);
    TrackFold.end(state, FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isEqualTo(1_900);
  }

  @Test
  void aFinishADayAhead_endsWithTheLastSample_andOneAfterAnHourCounts() {
    for (int hours : new int[] {1, 5, 24}) {
      FoldState state = Recording.of("run").north(100, 3).live(FoldSink.NONE);
      TrackFold.step(
          state,
          Batches.of(Mark.finish(Recording.START + hours * 3_600_000L, 0, 2)),
          FoldSink.NONE);
      assertThat(state.finished()).isTrue();
      assertThat(state.figures().elapsedS()).isEqualTo(hours == 24 ? 100 : hours * 3_600);
    }
  }

  /** Nobody wore anything. */
  @Test
  void marksAlone_areBelieved() {
    SampleBatch batch = new SampleBatch();
    batch.addMark(Mark.start(Recording.START, 0, "strength", "UTC", 0, "Phone", "1", 1));
    batch.addMark(Mark.finish(Recording.START + 7 * 3_600_000L, 0, 1));
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isEqualTo(7 * 3_600);
  }

  /** A device that learns the time from its receiver starts in 1980, or tomorrow. */
  @ParameterizedTest
  @ValueSource(longs = {315_964_800_000L, Recording.START + 86_400_000L})
  void aStartBeforeTheDeviceKnewTheTime_countsFromTheFirstSample(long startAtMs) {
    for (boolean together : new boolean[] {true, false}) {
      FoldState state = FoldState.start(AthleteParameters.defaults());
      SampleBatch batch = together ? Batches.running(0, 100) : new SampleBatch();
      batch.addMark(Mark.start(startAtMs, 0, "run", "UTC", 0, "Watch", "1", 1));
      TrackFold.step(state, batch, FoldSink.NONE);
      TrackFold.step(
          state, together ? Batches.running(100, 100) : Batches.running(0, 200), FoldSink.NONE);
      TrackFold.step(
          state, Batches.of(Mark.finish(Recording.START + 200_000, 0, 3)), FoldSink.NONE);
      assertThat(state.figures().sport()).isEqualTo("run");
      assertThat(state.figures().elapsedS()).isBetween(199.0, 200.0);
      assertThat(state.figures().timerS()).isBetween(199.0, 200.0);
    }
  }

  /** But a long silence ends: the second value after it confirms the first. */
  @Test
  void afterHoursOfSilence_aSensorIsHeardAgain() {
    Figures figures = Recording.of("hike")
        .heartRate(120)
        .blindHeart(60)
        .silence(7_200, 0, 0)
        .blindHeart(60)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.elapsedS()).isEqualTo(7_320);
    assertThat(figures.heartRateCount()).isEqualTo(120);
  }

  /** Less than what makes a training longer, and all the more likely to be taken for a gap. */
  @ParameterizedTest
  @ValueSource(ints = {36, 600, 899})
  void oneFixSomeMinutesAhead_isNoGap(int aheadS) {
    Recording recording = Recording.of("run").north(200, 3);
    recording.fixAt(
        recording.atMs() + aheadS * 1_000L, recording.latitudeDeg(), recording.longitudeDeg());
    Figures figures = recording.north(3_400, 3).fold(out).figures();
    assertThat(out.verdicts).hasSize(1);
    Verdict only = out.verdicts.get(0);
    assertThat(only.reason()).isEqualTo(Reason.AHEAD_OF_TIME);
    assertThat(only.value()).isEqualTo(aheadS);
    assertThat(only.limit()).isEqualTo(1);
    assertThat(figures.timerS()).isEqualTo(3_600);
    assertThat(figures.distanceM()).isCloseTo(3_599 * 3, within(3.0));
  }

  /** Nobody knows when it was: it says nothing of the stopwatch, now or at the end. */
  @Test
  void aSensorsOnlyValue_longBeforeTheStart_leavesTheTimerAlone() {
    long start = Recording.START;
    SampleBatch first = Batches.of(Mark.start(start, 0, "indoor", "UTC", 0, "Bike", "1", 1));
    first.heartRates().add(start - 2_600_000, 0, 140, SampleBatch.ABSENT);
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, first, FoldSink.NONE);
    assertThat(TrackFold.preview(state).startAtEpochMs()).isEqualTo(start);
    TrackFold.step(state, Batches.of(Mark.finish(start + 600_000, 0, 2)), FoldSink.NONE);
    assertThat(state.figures().startAtEpochMs()).isEqualTo(start);
    assertThat(state.figures().timerS()).isEqualTo(600);
  }

  /** Slower than any sensor is, before a start an hour ahead: in whatever parts they come. */
  @Test
  void valuesOfASlowSensor_beforeAStartThatIsAhead_countTheSameInAnyParts() {
    long start = Recording.START;
    for (int aBatch : new int[] {1, 2, 3, 10}) {
      FoldState state = FoldState.start(AthleteParameters.defaults());
      SampleBatch batch =
          Batches.of(Mark.start(start + 3_600_000, 0, "indoor", "UTC", 0, "Bike", "1", 1));
      for (int i = 0; i < 10; i++) {
        batch.pressures().add(start + 100_000L * i, 0, 99_000 + i);
        if ((i + 1) % aBatch == 0) {
          TrackFold.step(state, batch, FoldSink.NONE);
          batch = new SampleBatch();
        }
      }
      TrackFold.step(state, batch, FoldSink.NONE);
      TrackFold.end(state, FoldSink.NONE);
      assertThat(state.figures().timerS()).as("%d a batch", aBatch).isEqualTo(900);
      assertThat(state.figures().ascentM() + state.figures().descentM()).isLessThan(20);
    }
  }
}
