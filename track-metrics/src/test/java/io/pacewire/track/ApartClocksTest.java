package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sensors whose clocks are apart for the whole recording, and a device that learns the date on its way. */
class ApartClocksTest {
  private static final int A_SECOND = 27;
  private static final int SECONDS = 1_200;
  private static final double MPS = 3;

  /** What sensors say in a minute that no fix has reached yet is no gap, and no way of its own. */
  @ParameterizedTest
  @CsvSource({"31, 1", "60, 1", "60, 5", "60, 10", "60, 30", "3600, 5"})
  void aReceiverBehindThePhone_countsTheWayOnce(int behindS, int batchS) {
    Figures figures = fold(Recording.of("run").steps(2.5).fixLag(-behindS * 1_000L), batchS);
    double beyond = MPS * (Math.min(behindS, 60) + 2 * batchS);
    assertThat(figures.distanceM()).isBetween(MPS * SECONDS - 10, MPS * SECONDS + beyond);
    assertThat(figures.motion().steps()).isCloseTo(2.5 * SECONDS, within(8.0));
  }

  /** The same of a wheel. */
  @ParameterizedTest
  @CsvSource({"60, 1", "60, 10"})
  void aReceiverBehindTheWheel_countsTheWayOnce(int behindS, int batchS) {
    Recording recording = Recording.of("ride").steps(0.1).sensorSpeed(300);
    Figures figures = fold(recording.fixLag(-behindS * 1_000L), batchS);
    double beyond = MPS * (behindS + 2 * batchS);
    assertThat(figures.distanceM()).isBetween(MPS * SECONDS - 10, MPS * SECONDS + beyond);
  }

  /** Every second the receiver is ahead, and the accelerometer not silent but late. */
  @ParameterizedTest
  @CsvSource({"4, 1", "10, 1", "60, 2"})
  void anAccelerometerBehindTheReceiver_countsAllSteps(int aheadS, int batchS) {
    Figures figures = fold(Recording.of("run").steps(2.5).fixLag(aheadS * 1_000L), batchS);
    assertThat(figures.motion().steps()).isCloseTo(2.5 * SECONDS, within(8.0));
    assertThat(figures.distanceM()).isCloseTo(MPS * (SECONDS - 1), within(10.0));
  }

  private static Figures fold(Recording recording, int batchS) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    int[] lengths = {batchS * A_SECOND};
    for (SampleBatch batch : recording.north(SECONDS, MPS).batches(lengths)) {
      TrackFold.step(state, batch, FoldSink.NONE);
    }
    return state.figures();
  }

  /** Ten seconds by a clock that begins in 1970, 1980 or 2000; then the receiver tells the date. */
  @ParameterizedTest
  @CsvSource({"0", "315964800000", "946684800000"})
  void aDateLearntOnTheWay_takesTheStartAlong(long beganAtMs) {
    for (boolean alone : new boolean[] {false, true}) {
      FoldState state = FoldState.start(AthleteParameters.defaults());
      SampleBatch first =
          Batches.of(Mark.start(beganAtMs + 1_000, 0, "run", "UTC", 0, "Watch", "1", 1));
      for (int i = 1; i <= 10; i++) {
        first.heartRates().add(beganAtMs + 1_000L * i, 0, 140, SampleBatch.ABSENT);
        if (!alone) {
          int north = 557_500_000 - 270 * (11 - i);
          first.fixes().add(beganAtMs + 1_000L * i, 0, north, 376_000_000, 15_000, 400, -1, -1, -1);
        }
      }
      TrackFold.step(state, first, FoldSink.NONE);
      TrackFold.step(state, Batches.running(0, 600), FoldSink.NONE);
      TrackFold.step(
          state, Batches.of(Mark.finish(Recording.START + 600_000, 0, 3)), FoldSink.NONE);
      Figures figures = state.figures();
      assertThat(figures.startAtEpochMs()).isCloseTo(Recording.START - 10_000, within(2_000L));
      assertThat(figures.timerS()).isCloseTo(610, within(2.0));
      assertThat(figures.elapsedS()).isCloseTo(610, within(2.0));
      assertThat(figures.heartRateCount()).isEqualTo(610);
      assertThat(figures.distanceM()).isCloseTo(MPS * 600, within(35.0));
    }
  }

  /** Who goes on after a month did not set his clock. */
  @Test
  void aMonthOfSilence_isElapsed() {
    Figures figures = Recording.of("hike")
        .north(60, 1)
        .silence(30 * 86_400, 0, 0)
        .north(60, 1)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.startAtEpochMs()).isEqualTo(Recording.START);
    assertThat(figures.elapsedS()).isEqualTo(30 * 86_400 + 120);
  }
}
