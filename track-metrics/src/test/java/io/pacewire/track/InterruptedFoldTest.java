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

  /** Nothing of it says what, where or on which device: it is a start all the same. */
  @Test
  void aStartWithoutAWord_isAStart() {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(
        state,
        Batches.of(Mark.start(Recording.START, 0, "other", "UTC", 0, "", "", 1)),
        FoldSink.NONE);
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

  /** Pace is distance by time, so what counts for one counts for the other. */
  @Test
  void wayBeforeTheStart_countsWithItsTime_andSensorsBeforeItDoNot() {
    FoldState went = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(went, walk(0, 120), FoldSink.NONE);
    TrackFold.end(went, FoldSink.NONE);
    assertThat(went.figures().timerS()).isEqualTo(119);
    assertThat(went.figures().paceSPerKm()).isCloseTo(1_000 / 1.4, within(10.0));

    FoldState heard = Recording.sensor().blindHeart(60).live(FoldSink.NONE);
    TrackFold.step(
        heard,
        Batches.of(Mark.start(Recording.START + 60_000, 0, "run", "UTC", 0, "Phone", "1", 1)),
        FoldSink.NONE);
    TrackFold.step(heard, Batches.running(60, 60), FoldSink.NONE);
    TrackFold.end(heard, FoldSink.NONE);
    assertThat(heard.figures().timerS()).isEqualTo(60);
  }
}
