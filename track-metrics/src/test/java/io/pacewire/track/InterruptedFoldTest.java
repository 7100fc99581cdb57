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

  private static SampleBatch stray(String sensor, long at) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 1);
    switch (sensor) {
      case "heart" -> batch.heartRates().add(at, 0, 150, SampleBatch.ABSENT);
      case "speed" -> batch.speeds().add(at, 0, 300);
      case "cadence" -> batch.cadences().add(at, 0, 85);
      case "power" -> batch.powers().add(at, 0, 200);
      case "pressure" -> batch.pressures().add(at, 0, 99_000);
      default -> batch.accels().add(at, 0, 0, 0, 1_000);
    }
    return batch;
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
