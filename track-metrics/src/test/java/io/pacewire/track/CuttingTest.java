package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However samples were cut into batches, and wherever the fold was interrupted: the same bits. */
class CuttingTest {
  /** How far a fix's own time is ahead of the others' at most. */
  private static final int LONGEST_FIX_LAG_MS = 600;

  private static final int LONGEST_LATENESS_MS = (int) SampleOrder.PATIENCE_MS - LONGEST_FIX_LAG_MS;

  @Property(tries = 150)
  void cutsArrivalAndCheckpoints_changeNoBit(@ForAll long seed) {
    Random random = new Random(seed);
    Recording recording = eventful(random);
    Outputs expected = new Outputs();
    byte[] whole = recording.fold(expected).encode();
    assertThat(whole.length).isLessThanOrEqualTo(1_024);

    for (int late : new int[] {1, 900, LONGEST_LATENESS_MS}) {
      int[] cuts = {1 + random.nextInt(5), 1 + random.nextInt(60), 1};
      Outputs outputs = new Outputs();
      FoldState state = FoldState.start(AthleteParameters.defaults());
      for (SampleBatch batch : recording.arriving(random, late).batches(cuts)) {
        TrackFold.step(state, batch, outputs);
        byte[] checkpoint = state.encode();
        assertThat(checkpoint.length).isLessThanOrEqualTo(1_024);
        state = FoldState.decode(checkpoint);
        assertThat(state.encode()).isEqualTo(checkpoint);
      }
      assertThat(outputs.firstDifference(expected)).isNull();
      assertThat(state.encode()).isEqualTo(whole);
    }
  }

  @Property(tries = 100)
  void theStateBeforeTheFinish_dependsOnTheSamplesAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Recording recording = eventful(random);
    byte[] whole = withoutFinish(recording.batches(new int[] {recording.size()}));
    byte[] cut = withoutFinish(recording.batches(new int[] {1 + random.nextInt(9), 3}));
    assertThat(cut).isEqualTo(whole);
  }

  /** Metres on an ellipsoid of revolution do not depend on the meridian; degrees are rounded. */
  @Property(tries = 100)
  void anotherMeridian_changesNoFigure(@ForAll long seed) {
    Random random = new Random(seed);
    Recording recording = eventful(random);
    // To both sides of the antimeridian in a third of the rounds.
    int byE7 = random.nextInt(3) == 0
        ? 1_800_000_000 - 376_000_000
        : random.nextInt(2_000_000_000) - 1_000_000_000;
    Outputs here = new Outputs();
    Outputs there = new Outputs();
    Figures expected = recording.fold(here).figures();
    FoldState moved = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : recording.batches(new int[] {recording.size()})) {
      TrackFold.step(moved, Batches.eastwards(batch, byE7), there);
    }
    Figures figures = moved.figures();
    assertThat(figures.distanceM()).isCloseTo(expected.distanceM(), within(0.001));
    assertThat(figures.timerS()).isEqualTo(expected.timerS());
    assertThat(figures.movingS()).isEqualTo(expected.movingS());
    assertThat(figures.ascentM()).isCloseTo(expected.ascentM(), within(0.001));
    assertThat(there.verdicts).hasSameSizeAs(here.verdicts);
    assertThat(there.points).hasSameSizeAs(here.points);
  }

  private static byte[] withoutFinish(List<SampleBatch> batches) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : batches) {
      TrackFold.step(state, Batches.withoutFinish(batch), FoldSink.NONE);
    }
    return state.encode();
  }

  /** Two sensors out of step, strays, stragglers, clock errors, pauses, laps, silences. */
  private static Recording eventful(Random random) {
    Recording recording =
        Recording.of("run").fixLag(random.nextInt(1_000) - 1_000 + LONGEST_FIX_LAG_MS);
    if (random.nextBoolean()) {
      recording.steps(2).power(200).cadence(80);
    }
    for (int part = 0; part < 8; part++) {
      recording
          .heartRate(90 + random.nextInt(100))
          .climb(10 + random.nextInt(50), random.nextDouble() * 6, random.nextDouble() - 0.5);
      switch (random.nextInt(11)) {
        case 0 -> recording.stray(random.nextInt(2_000) - 1_000);
        case 1 -> recording.silence(random.nextInt(200), 2, 0);
        case 2 -> recording.pause().north(random.nextInt(20), 1).resume();
        case 3 -> recording.lap();
        case 4 -> recording.fix().fixAt(recording.atMs() - 7_000, 55.7, 37.6);
        case 5 -> recording.fixAt(recording.atMs() + 86_400_000L, 55.75, 37.6);
        case 6 -> recording.silence(2_000 + random.nextInt(9_000), 1, 0);
        case 7 -> recording.blind(random.nextInt(80), 3);
        case 8 -> recording.sensorSpeed(300).power(random.nextInt(900)).steps(random.nextInt(3));
        case 9 -> recording.steps(0).north(random.nextInt(20), 0).steps(2.5);
        default -> recording.sparse(random.nextInt(12), 8, 3);
      }
    }
    return recording.north(5, 3);
  }
}
