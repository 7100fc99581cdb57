package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases in which a cut or a checkpoint could show that ordinary recordings seldom have. */
class InterruptedFoldTest {
  private static final int ALL = 1_000_000;

  /** Each batch alone, through its bytes and a checkpoint. */
  private static FoldState through(List<SampleBatch> batches, Outputs out) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : batches) {
      TrackFold.step(state, batch, out);
      state = FoldState.decode(state.encode());
    }
    return state;
  }

  private static void assertSameBits(Recording recording, int... cuts) {
    Outputs expected = new Outputs();
    byte[] whole = through(recording.batches(new int[] {ALL}), expected).encode();
    Outputs outputs = new Outputs();
    byte[] cut = through(recording.batches(cuts), outputs).encode();
    assertThat(outputs.firstDifference(expected)).isNull();
    assertThat(cut).isEqualTo(whole);
  }

  /** A receiver with ten fixes a second: its lane has places for what its sensors may lag. */
  @Property(tries = 60)
  void fastReceivers_mayBeCutAnywhere(@ForAll long seed) {
    Random random = new Random(seed);
    int perSecond = random.nextBoolean() ? 5 : 10;
    Recording recording = Recording.of("ride").heartRate(130);
    for (int second = 0; second < 60; second++) {
      for (int i = 1; i <= perSecond; i++) {
        double goneM = 6.0 * (second + (double) i / perSecond);
        recording.later(1_000 / perSecond).fixAt(recording.atMs(), 55.75 + goneM / 111_340, 37.6);
      }
      recording.heartRate(100 + random.nextInt(80)).heart();
    }
    int latestMs = (FixLane.CAPACITY - 1) * 1_000 / perSecond;
    assertSameBits(
        recording.arriving(random, latestMs), 1 + random.nextInt(40), 1 + random.nextInt(7));
  }

  /** So many refused fixes behind a clock that was set back do not fit a byte. */
  @Test
  void aLongRunOfRefusedFixes_survivesACheckpoint() {
    Recording recording = Recording.of("walk").north(120, 1.5);
    long behind = recording.atMs() - 3_600_000;
    for (int i = 0; i < 140; i++) {
      recording.accuracyCm(9_000).fixAt(behind + i * 1_000L, recording.latitudeDeg(), 37.6);
    }
    for (int i = 140; i < 340; i++) {
      double latitudeDeg = recording.latitudeDeg() + (i - 140) * 1.5 / 111_340;
      recording.accuracyCm(400).fixAt(behind + i * 1_000L, latitudeDeg, 37.6);
    }
    assertSameBits(recording, 1);
    Figures figures = recording.fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isBetween(400.0, 500.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 61, 100})
  void aStartAmidTheRecording_takesEffectWhenItsTurnComes(int cut) {
    SampleBatch all = new SampleBatch();
    all.header(new UUID(0, 1), 0, 0, 0);
    Outputs whole = new Outputs();
    FoldState expected = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(expected, walk(0, 120), whole);
    Outputs outputs = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, walk(0, cut), outputs);
    TrackFold.step(state, walk(cut, 120), outputs);
    assertThat(outputs.firstDifference(whole)).isNull();
    assertThat(state.encode()).isEqualTo(expected.encode());
    assertThat(state.figures().sport()).isEqualTo("walk");
  }

  /** A fix a second, and a start mark after a minute. */
  private static SampleBatch walk(int from, int to) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 0);
    for (int second = from; second < to; second++) {
      long at = Recording.START + second * 1_000L;
      if (second == 60) {
        batch.addMark(Mark.start(at, 0, "walk", "UTC", 0, "Phone", "1", 1));
      }
      int north = (int) Math.round(second * 1.4 / 111_340 * 1e7);
      batch.fixes().add(at, 0, 557_500_000 + north, 376_000_000, 15_000, 500, -1, -1, -1);
    }
    return batch;
  }

  @Test
  void aSecondStart_changesNothing() {
    Recording once = Recording.of("run").north(300, 3);
    SampleBatch again = new SampleBatch();
    again.addMark(Mark.start(once.atMs(), 0, "ride", "UTC", 0, "Watch", "2", 1));
    FoldState state = once.live(FoldSink.NONE);
    TrackFold.step(state, again, FoldSink.NONE);
    TrackFold.end(state, FoldSink.NONE);
    Figures figures = state.figures();
    assertThat(figures.sport()).isEqualTo("run");
    assertThat(figures.timerS()).isEqualTo(300);
    assertThat(figures.distanceM()).isCloseTo(299 * 3, within(2.0));
  }

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
    step(state, Mark.start(Recording.START, 0, "run", "UTC", 0, "Phone", "1", 1), out);
    state = FoldState.decode(state.encode());
    step(state, stray(sensor, Recording.START + 86_400_000L), out);
    state = FoldState.decode(state.encode());
    step(state, rest(0, 300), out);
    step(state, Mark.finish(Recording.START + 300_000, 0, 4), out);
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
    switch (sensor) {
      case "heart" -> batch.heartRates().add(at, 0, 150, SampleBatch.ABSENT);
      case "speed" -> batch.speeds().add(at, 0, 300);
      case "cadence" -> batch.cadences().add(at, 0, 85);
      case "power" -> batch.powers().add(at, 0, 200);
      case "pressure" -> batch.pressures().add(at, 0, 99_000);
      case "fix" -> batch.fixes().add(at, 0, 557_500_000, 376_000_000, 15_000, 500, -1, -1, -1);
      default -> batch.accels().add(at, 0, 0, 0, 1_000);
    }
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
    step(
        state,
        kind == Mark.Kind.LAP
            ? Mark.lap(ahead, 0)
            : kind == Mark.Kind.PAUSE ? Mark.pause(ahead, 0) : Mark.resume(ahead, 0),
        out);
    state = FoldState.decode(state.encode());
    step(state, rest(100, 100), out);
    long at = Recording.START + 200_000;
    step(state, Mark.lap(at, 0), out);
    step(state, rest(200, 100), out);
    step(state, Mark.finish(Recording.START + 300_000, 0, 6), out);
    assertThat(out.laps).extracting(Lap::endAtEpochMs).containsExactly(at, at + 100_000);
    Figures figures = state.figures();
    assertThat(figures.timerS()).isEqualTo(300);
    assertThat(figures.elapsedS()).isEqualTo(300);
    assertThat(figures.distanceM()).isCloseTo(299 * 3, within(3.0));
  }

  /** Among samples of half an hour the same mark is as wrong as before they came. */
  @ParameterizedTest
  @EnumSource(
      value = Mark.Kind.class,
      names = {"LAP", "PAUSE", "RESUME"})
  void aMarkTwentyMinutesAhead_isLeftOut_howeverTheSamplesAreCut(Mark.Kind kind) {
    Recording recording = Recording.of("run").north(60, 3);
    long ahead = recording.atMs() + 1_200_000;
    recording.markAt(
        kind == Mark.Kind.LAP
            ? Mark.lap(ahead, 0)
            : kind == Mark.Kind.PAUSE ? Mark.pause(ahead, 0) : Mark.resume(ahead, 0));
    recording.north(240, 3).lap().north(1_500, 3);
    assertSameBits(recording, 100, 300, 700);
    Outputs out = new Outputs();
    Figures figures = recording.fold(out).figures();
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(300.0, 1_500.0);
    assertThat(figures.timerS()).isEqualTo(1_800);
  }

  /** The clock was a day ahead when somebody pressed, and right when sensors spoke. */
  @Test
  void aStartAndAFinishADayAhead_areNoLongerThanTheirSamples() {
    SampleBatch batch = rest(0, 1_800);
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
      step(state, start, FoldSink.NONE);
    }
    step(state, heart, FoldSink.NONE);
    step(state, Mark.finish(Recording.START + 1_800_000, 0, 2), FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isBetween(1_798.0, 1_799.0);
    assertThat(state.figures().timerS()).isBetween(1_798.0, 1_799.0);
    assertThat(state.figures().sport()).isEqualTo("indoor");
  }

  /** Nothing of it says what, where or on which device: it is a start all the same. */
  @Test
  void aStartWithoutAWord_isAStart() {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    step(state, Mark.start(Recording.START, 0, "other", "UTC", 0, "", "", 1), FoldSink.NONE);
    assertThat(state.started()).isTrue();
    assertThat(FoldState.decode(state.encode()).started()).isTrue();
  }

  /** With every sensor off, marks alone say how long a pause was. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void marksFarBehindTheLastSample_count(int cut) {
    Recording recording =
        Recording.of("hike").north(100, 1).silence(1_800, 1, 0).pause();
    recording.silence(3_600, 0, 0).resume().silence(1_200, 1, 0);
    Figures figures = FoldState.decode(
            through(recording.batches(new int[] {cut}), new Outputs()).encode())
        .figures();
    assertThat(figures.elapsedS()).isEqualTo(6_700);
    assertThat(figures.timerS()).isEqualTo(3_100);
  }

  @Test
  void aRecordingThatBreaksOff_endsWithItsLastPause() {
    FoldState state = Recording.of("hike").north(100, 1).live(FoldSink.NONE);
    step(state, Mark.pause(Recording.START + 1_900_000, 0), FoldSink.NONE);
    TrackFold.end(state, FoldSink.NONE);
    assertThat(state.figures().elapsedS()).isEqualTo(1_900);
  }

  @Test
  void aFinishADayAhead_endsWithTheLastSample_andOneAfterAnHourCounts() {
    for (int hours : new int[] {1, 5, 24}) {
      FoldState state = Recording.of("run").north(100, 3).live(FoldSink.NONE);
      step(state, Mark.finish(Recording.START + hours * 3_600_000L, 0, 2), FoldSink.NONE);
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
      SampleBatch batch = together ? rest(0, 100) : new SampleBatch();
      batch.addMark(Mark.start(startAtMs, 0, "run", "UTC", 0, "Watch", "1", 1));
      TrackFold.step(state, batch, FoldSink.NONE);
      step(state, together ? rest(100, 100) : rest(0, 200), FoldSink.NONE);
      step(state, Mark.finish(Recording.START + 200_000, 0, 3), FoldSink.NONE);
      assertThat(state.figures().sport()).isEqualTo("run");
      assertThat(state.figures().elapsedS()).isBetween(199.0, 200.0);
      assertThat(state.figures().timerS()).isBetween(199.0, 200.0);
    }
  }

  /** Pace is distance by time, so what counts for one counts for the other. */
  @Test
  void wayBeforeTheStart_countsWithItsTime_andSensorsBeforeItDoNot() {
    FoldState went = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(went, walk(0, 120), FoldSink.NONE);
    TrackFold.end(went, FoldSink.NONE);
    assertThat(went.figures().timerS()).isEqualTo(119);
    assertThat(went.figures().paceSPerKm()).isCloseTo(1_000 / 1.4, within(10.0));

    FoldState heard = Recording.sensor().blindHeart(60).live(FoldSink.NONE);
    step(
        heard,
        Mark.start(Recording.START + 60_000, 0, "run", "UTC", 0, "Phone", "1", 1),
        FoldSink.NONE);
    step(heard, rest(60, 60), FoldSink.NONE);
    TrackFold.end(heard, FoldSink.NONE);
    assertThat(heard.figures().timerS()).isEqualTo(60);
  }

  private static void step(FoldState state, Mark mark, FoldSink out) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 1);
    batch.addMark(mark);
    TrackFold.step(state, batch, out);
  }

  private static void step(FoldState state, SampleBatch batch, FoldSink out) {
    TrackFold.step(state, batch, out);
  }

  /** A run that goes on, without its start mark. */
  private static SampleBatch rest(int fromS, int seconds) {
    Recording going = Recording.sensor().silence(fromS, 3, 0).north(seconds, 3);
    return going.batches(new int[] {ALL}).get(0);
  }

  /** But a long silence ends: the second value after it is believed. */
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
    assertThat(figures.heartRateCount()).isEqualTo(119);
  }
}
