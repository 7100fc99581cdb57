package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** An accelerometer that falls silent, or speaks late: where the batches end is no matter. */
class SilentSensorTest {
  private static final long START = Recording.START;
  private static final double M_A_DEGREE = 111_340;

  private final List<SampleBatch> batches = new ArrayList<>();
  private SampleBatch batch = new SampleBatch();

  private void fix(int second, double mps) {
    int north = (int) Math.round(mps * second / M_A_DEGREE * 1e7);
    int absent = SampleBatch.ABSENT;
    batch
        .fixes()
        .add(at(second), 0, 557_500_000 + north, 376_000_000, 15_000, 400, absent, absent, absent);
  }

  private void felt(int second, int swingMg) {
    for (int i = 0; i < 25; i++) {
      double phase = 2 * Math.PI * 2.5 * (second + i * 0.04);
      int up = 1_000 + (int) Math.round(swingMg * Math.sin(phase));
      batch.accels().add(at(second) + i * 40L, 0, 0, 0, up);
    }
  }

  private static long at(int second) {
    return START + second * 1_000L;
  }

  private void cut() {
    batches.add(batch);
    batch = new SampleBatch();
  }

  private FoldState fold(Outputs out, boolean throughBytes) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch one : batches) {
      TrackFold.step(state, one, out);
      state = throughBytes ? FoldState.decode(state.encode()) : state;
    }
    TrackFold.end(state, out);
    return state;
  }

  /** Steps until a second, fixes all the time, a pause after the steps. */
  private SilentSensorTest walk(int silentFromS, int pausedFromS, int cutAtS) {
    batch.addMark(Mark.start(START, 0, "run", "UTC", 0, "d", "1", 1));
    for (int second = 1; second <= 90; second++) {
      if (second == cutAtS) {
        cut();
      }
      if (second < silentFromS) {
        felt(second, 250);
      }
      fix(second, 3);
      if (second == pausedFromS) {
        batch.addMark(Mark.pause(at(second), 0));
      }
    }
    cut();
    return this;
  }

  @Property(tries = 100)
  void whereItFellSilent_theLastSecondCountsWhereItWas(
      @ForAll @IntRange(min = 5, max = 60) int silentFromS,
      @ForAll @IntRange(min = 1, max = 20) int pauseAfterS,
      @ForAll @IntRange(min = 2, max = 89) int cutAtS) {
    Outputs whole = new Outputs();
    Outputs cut = new Outputs();
    FoldState expected =
        new SilentSensorTest().walk(silentFromS, silentFromS + pauseAfterS, 0).fold(whole, false);
    FoldState state = new SilentSensorTest()
        .walk(silentFromS, silentFromS + pauseAfterS, cutAtS)
        .fold(cut, true);
    assertThat(cut.firstDifference(whole)).isNull();
    assertThat(state.encode()).isEqualTo(expected.encode());
  }

  @Test
  void stepsOfTheLastSecond_count() {
    Figures figures = walk(21, 60, 0).fold(new Outputs(), false).figures();
    assertThat(figures.motion().steps()).isEqualTo(50);
    assertThat(figures.motion().stepCadencePerMin()).isEqualTo(60.0 * 50 / 19);
  }

  /** What fixes say of standing and riding is kept before an accelerometer says anything. */
  @Test
  void whatIsCarriedFast_staysSo_throughBytesOfAStateWithoutAccelerometer() {
    batch.addMark(Mark.start(START, 0, "ride", "UTC", 0, "d", "1", 1));
    for (int second = 1; second < 60; second++) {
      fix(second, 10);
    }
    cut();
    for (int second = 60; second < 160; second++) {
      fix(second, 10);
      felt(second, 0);
    }
    cut();
    Outputs kept = new Outputs();
    Outputs written = new Outputs();
    byte[] expected = fold(kept, false).encode();
    assertThat(fold(written, true).encode()).isEqualTo(expected);
    assertThat(written.firstDifference(kept)).isNull();
  }

  /** A receiver that warms up, laps before the first fix after the start. */
  @Test
  void whatCameBeforeTheStart_isInNoLap() {
    for (int second = 1; second <= 20; second++) {
      fix(second, 0);
    }
    batch.addMark(Mark.start(at(20) + 500, 0, "run", "UTC", 0, "d", "1", 1));
    batch.addMark(Mark.lap(at(22) + 500, 0));
    batch.addMark(Mark.lap(at(60) + 500, 0));
    for (int second = 23; second <= 80; second++) {
      fix(second, 3);
    }
    batch.addMark(Mark.finish(at(80) + 500, 0, 1));
    cut();
    Outputs out = new Outputs();
    FoldState state = fold(out, false);
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(2.0, 38.0, 20.0);
    assertThat(out.splits.get(0).timerS()).isEqualTo(state.figures().timerS()).isEqualTo(60.0);
  }

  @Test
  void lapsOfAPlaceWithoutReceiver_countFromTheStart() {
    for (int second = 1; second <= 60; second++) {
      fix(second, 0);
    }
    batch.addMark(Mark.start(at(60) + 500, 0, "indoor", "UTC", 0, "d", "1", 1));
    batch.addMark(Mark.lap(at(160) + 500, 0));
    batch.addMark(Mark.lap(at(260) + 500, 0));
    for (int second = 61; second <= 300; second++) {
      batch.heartRates().add(at(second), 0, 150, SampleBatch.ABSENT);
    }
    batch.addMark(Mark.pause(at(270), 0));
    batch.addMark(Mark.resume(at(280), 0));
    batch.addMark(Mark.finish(at(300) + 500, 0, 1));
    cut();
    Outputs out = new Outputs();
    FoldState state = fold(out, false);
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(100.0, 100.0, 30.0);
    assertThat(state.figures().timerS()).isEqualTo(230.0);
  }

  /** Ten minutes of batches are lost while somebody runs round a track of 400 m. */
  @Test
  void whoseBatchesAreLost_didNotRest() {
    batch.addMark(Mark.start(START, 0, "run", "UTC", 0, "d", "1", 1));
    round(1, 600);
    Outputs told = new Outputs();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, told);
    TrackFold.gap(state, 1, 10, told);
    state = FoldState.decode(state.encode());
    batch = new SampleBatch();
    round(1_201, 1_800);
    TrackFold.step(state, batch, told);
    TrackFold.end(state, told);
    assertThat(told.verdicts)
        .extracting(Verdict::reason)
        .contains(Verdict.Reason.GAP_BRIDGED)
        .doesNotContain(Verdict.Reason.PAUSE_DETECTED);
    assertThat(state.figures().timerS()).isEqualTo(1_800.0);
  }

  private void round(int fromS, int toS) {
    double radiusM = 400 / (2 * Math.PI);
    int absent = SampleBatch.ABSENT;
    for (int second = fromS; second <= toS; second++) {
      double angle = 2 * Math.PI * second / 120;
      int north = (int) Math.round(radiusM * Math.sin(angle) / M_A_DEGREE * 1e7);
      int east = (int) Math.round(radiusM * Math.cos(angle) / 62_760 * 1e7);
      batch
          .fixes()
          .add(
              at(second),
              0,
              557_500_000 + north,
              376_000_000 + east,
              15_000,
              400,
              absent,
              absent,
              absent);
    }
  }

  @Test
  void whoRunsToThePole_getsNoFurther() {
    int absent = SampleBatch.ABSENT;
    batch.addMark(Mark.start(START, 0, "run", "UTC", 0, "d", "1", 1));
    for (int second = 1; second <= 120; second++) {
      double leftM = Math.max(0, 180 - 3.0 * second);
      int latitude = 900_000_000 - (int) Math.round(leftM / 111_694 * 1e7);
      batch.fixes().add(at(second), 0, latitude, 376_000_000, 15_000, 300, absent, absent, absent);
    }
    cut();
    Outputs out = new Outputs();
    double distanceM = fold(out, false).figures().distanceM();
    assertThat(out.points).allMatch(point -> Math.abs(point.latitudeDeg()) <= 90);
    assertThat(distanceM).isBetween(170.0, 185.0);
  }
}
