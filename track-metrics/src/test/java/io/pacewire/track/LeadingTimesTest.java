package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * One time that is ahead of all others, by anything from seconds to months, while the sensors arrive
 * late each by a time of its own: the same bits however the samples are cut.
 */
class LeadingTimesTest {
  private static final int LATEST_MS = (int) SampleOrder.PATIENCE_MS - 800;

  private enum Ahead {
    HEART_RATE,
    SPEED,
    CADENCE,
    POWER,
    PRESSURE,
    FIX,
    LAP,
    PAUSE
  }

  @Property(tries = 200)
  void changeNoBit(
      @ForAll long seed, @ForAll Ahead ahead, @ForAll @IntRange(min = 1, max = 2_000_000) int ms) {
    Random random = new Random(seed);
    Recording recording = Recording.of("run").fixLag(-800);
    recording.steps(2.5).sensorSpeed(300).cadence(85).power(200).pressure(99_000);
    recording.north(20 + random.nextInt(40), 3);
    // What is ahead by as much as sensors may be late is ahead of others by more than may be.
    int aheadMs = ms > SampleOrder.PATIENCE_MS - LATEST_MS && ms < 3_000 ? ms + 3_000 : ms;
    strays(
        recording,
        ahead,
        recording.atMs() + 10 + (random.nextInt(4) == 0 ? 1_000L * aheadMs : aheadMs));
    recording.north(20 + random.nextInt(40), 3).lap().north(30, 3);
    Outputs expected = new Outputs();
    byte[] whole = recording.fold(expected).encode();
    for (int late : new int[] {1, 500, LATEST_MS}) {
      int[] cuts = {1 + random.nextInt(5), 1 + random.nextInt(60), 1};
      Outputs outputs = new Outputs();
      FoldState state = FoldState.start(AthleteParameters.defaults());
      for (SampleBatch batch : recording.arriving(random, late).batches(cuts)) {
        TrackFold.step(state, batch, outputs);
        state = FoldState.decode(state.encode());
      }
      assertThat(outputs.firstDifference(expected)).isNull();
      assertThat(state.encode()).isEqualTo(whole);
    }
  }

  /** And nothing else is lost but what stood at that time. */
  @Property(tries = 50)
  void costNothingElse(
      @ForAll Ahead ahead, @ForAll @IntRange(min = 100_000, max = 2_000_000) int ms) {
    Recording recording = Recording.of("run").sensorSpeed(300).cadence(85).power(200);
    recording.pressure(99_000).north(60, 3);
    strays(recording, ahead, recording.atMs() + ms);
    Figures figures =
        recording.north(30, 3).lap().north(30, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.timerS()).isEqualTo(120);
    assertThat(figures.elapsedS()).isEqualTo(120);
    assertThat(figures.heartRateCount()).isEqualTo(120);
    assertThat(figures.distanceM()).isCloseTo(119 * 3, within(1.0));
  }

  private static void strays(Recording recording, Ahead ahead, long at) {
    switch (ahead) {
      case HEART_RATE -> recording.heartAt(at, 150);
      case SPEED -> recording.speedAt(at, 250);
      case CADENCE -> recording.cadenceAt(at, 90);
      case POWER -> recording.powerAt(at, 210);
      case PRESSURE -> recording.pressureAt(at, 98_000);
      case FIX -> recording.fixAt(at, recording.latitudeDeg(), recording.longitudeDeg());
      case LAP -> recording.markAt(Mark.lap(at, 0));
      case PAUSE -> recording.markAt(Mark.pause(at, 0));
    }
  }
}
