package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;

class TrackFoldTest {
  private static final long START = 1_760_000_000_000L;

  /** Due north at 3 m/s with a heart rate, from Moscow; one sample a second. */
  private static final class Run {
    final List<Object[]> samples = new ArrayList<>();
    double latitudeDeg = 55.75;
    long at = START;

    Run seconds(int seconds, double speedMps) {
      for (int i = 0; i < seconds; i++) {
        at += 1_000;
        latitudeDeg += speedMps / 111_340.0;
        samples.add(new Object[] {at, latitudeDeg, 37.6, 140 + (int) (at / 1_000 % 9)});
      }
      return this;
    }

    Run jump(double northM) {
      at += 1_000;
      samples.add(new Object[] {at, latitudeDeg + northM / 111_340.0, 37.6, 150});
      return this;
    }

    Run silence(int seconds, double speedMps) {
      at += seconds * 1_000L;
      latitudeDeg += seconds * speedMps / 111_340.0;
      return this;
    }

    FoldState fold(FoldSink out) {
      return fold(new int[] {samples.size()}, false, out);
    }

    /** Cut into batches of these lengths, by turns; with a checkpoint after each if wanted. */
    FoldState fold(int[] cuts, boolean checkpoints, FoldSink out) {
      FoldState state = FoldState.start(AthleteParameters.defaults());
      int next = 0;
      for (int cut = 0; next < samples.size(); cut++) {
        SampleBatch batch = new SampleBatch();
        batch.header(new UUID(0, 1), 0, 0, cut);
        if (next == 0) {
          batch.addMark(Mark.start(START, 0, "run", "Europe/Moscow", 10_800, "Phone", "1", 1));
        }
        int end = Math.min(samples.size(), next + cuts[cut % cuts.length]);
        for (; next < end; next++) {
          Object[] sample = samples.get(next);
          add(batch, sample);
        }
        if (next == samples.size()) {
          batch.addMark(Mark.finish(at, 0, cut + 1));
        }
        TrackFold.step(state, BatchCodec.decode(BatchCodec.encode(batch)), out);
        if (checkpoints) {
          state = FoldState.decode(state.encode());
        }
      }
      return state;
    }

    private static void add(SampleBatch batch, Object[] sample) {
      long at = (long) sample[0];
      int absent = SampleBatch.ABSENT;
      batch
          .fixes()
          .add(
              at,
              at - START,
              (int) Math.round((double) sample[1] * 1e7),
              (int) Math.round((double) sample[2] * 1e7),
              15_000,
              400,
              absent,
              absent,
              absent);
      batch.heartRates().add(at, at - START, (int) sample[3], absent);
    }
  }

  @Test
  void aStraightRun_hasItsLengthItsTimesAndItsSplits() {
    List<Split> splits = new ArrayList<>();
    FoldState state = new Run().seconds(901, 3).fold(splitsInto(splits));
    Figures figures = state.figures();
    assertThat(figures.distanceM()).isCloseTo(2_700, within(4.0));
    assertThat(figures.timerS()).isEqualTo(901);
    assertThat(figures.movingS()).isCloseTo(900, within(10.0));
    assertThat(figures.averagePaceSPerKm()).isCloseTo(333.3, within(4.0));
    assertThat(figures.paceSPerKm()).isCloseTo(333.3, within(2.0));
    assertThat(figures.averageHeartRateBpm()).isCloseTo(144, within(0.5));
    assertThat(figures.sport()).isEqualTo("run");
    assertThat(state.finished()).isTrue();
    assertThat(splits).extracting(Split::partial).containsExactly(false, false, true);
    assertThat(splits.get(0).timerS()).isCloseTo(334, within(3.0));
    assertThat(splits.stream().mapToDouble(Split::distanceM).sum())
        .isCloseTo(figures.distanceM(), within(1e-6));
  }

  @Test
  void aJump_isSetAsideWithItsReason_andCostsNothing() {
    List<Verdict> verdicts = new ArrayList<>();
    FoldState state =
        new Run().seconds(100, 3).jump(300).seconds(100, 3).fold(verdictsInto(verdicts));
    assertThat(verdicts).extracting(Verdict::reason).containsExactly(Verdict.Reason.TOO_FAST);
    assertThat(verdicts.get(0).confidence()).isGreaterThan(0.9);
    assertThat(state.figures().distanceM()).isCloseTo(597, within(6.0));
  }

  @Test
  void aSilence_isBridgedStraight_andSaidToBeEstimated() {
    List<Verdict> verdicts = new ArrayList<>();
    FoldState state =
        new Run().seconds(100, 3).silence(120, 3).seconds(100, 3).fold(verdictsInto(verdicts));
    assertThat(verdicts).extracting(Verdict::reason).containsExactly(Verdict.Reason.GAP_BRIDGED);
    assertThat(state.figures().distanceM()).isCloseTo(957, within(6.0));
    assertThat(state.figures().estimatedM()).isCloseTo(363, within(4.0));
  }

  @Test
  void whoSawAnotherTrackLong_isBelieved() {
    // The receiver was wrong before: after some doubt the fold goes on from where it is now.
    Run run = new Run().seconds(60, 3);
    run.latitudeDeg += 400 / 111_340.0;
    FoldState state = run.seconds(60, 3).fold(FoldSink.NONE);
    assertThat(state.figures().rejectedFixCount()).isEqualTo(4);
    assertThat(state.figures().distanceM()).isBetween(330.0, 370.0);
  }

  @Property(tries = 60)
  void cutsAndCheckpoints_changeNoBit(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = new Run();
    for (int part = 0; part < 6; part++) {
      run.seconds(20 + random.nextInt(60), random.nextDouble() * 6);
      if (random.nextBoolean()) {
        run.jump(random.nextInt(2_000) - 1_000);
      }
      if (random.nextInt(4) == 0) {
        run.silence(random.nextInt(200), 2);
      }
    }
    byte[] whole = run.fold(FoldSink.NONE).encode();
    int[] cuts = {1 + random.nextInt(5), 1 + random.nextInt(40), 1};
    FoldState cut = run.fold(cuts, true, FoldSink.NONE);
    FoldState same = run.fold(new int[] {run.samples.size()}, false, FoldSink.NONE);
    assertThat(same.encode()).isEqualTo(whole);
    assertThat(whole.length).isLessThanOrEqualTo(1_024);
    Figures expected = same.figures();
    Figures figures = cut.figures();
    assertThat(figures.distanceM()).isEqualTo(expected.distanceM());
    assertThat(figures.movingS()).isEqualTo(expected.movingS());
    assertThat(figures.ascentM()).isEqualTo(expected.ascentM());
    assertThat(figures.distanceM()).isFinite().isNotNegative();
  }

  @Property(tries = 300)
  void shortDistances_agreeWithKarney(@ForAll long seed) {
    Random random = new Random(seed);
    double latitude = random.nextDouble() * 160 - 80;
    double longitude = random.nextDouble() * 360 - 180;
    double azimuth = random.nextDouble() * 360;
    var end = Geodesic.WGS84.Direct(latitude, longitude, azimuth, 1_000);
    assertThat(Geodesy.distanceM(latitude, longitude, end.lat2, end.lon2))
        .isCloseTo(1_000, within(1e-4)); // 0.1 ppm
  }

  @Test
  void theAntimeridian_isNoDistance() {
    assertThat(Geodesy.distanceM(0, 179.9999, 0, -179.9999)).isCloseTo(22.26, within(0.01));
  }

  @Test
  void bytesThatAreNoState_areRefused() {
    assertThat(FoldState.start(AthleteParameters.defaults()).encode()).isNotEmpty();
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> FoldState.decode(new byte[] {9, 9}));
    byte[] cut =
        java.util.Arrays.copyOf(new Run().seconds(5, 2).fold(FoldSink.NONE).encode(), 60);
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> FoldState.decode(cut));
  }

  private static FoldSink splitsInto(List<Split> splits) {
    return new Collector(splits, new ArrayList<>());
  }

  private static FoldSink verdictsInto(List<Verdict> verdicts) {
    return new Collector(new ArrayList<>(), verdicts);
  }

  private static final class Collector implements FoldSink {
    private final List<Split> splits;
    private final List<Verdict> verdicts;

    Collector(List<Split> splits, List<Verdict> verdicts) {
      this.splits = splits;
      this.verdicts = verdicts;
    }

    @Override
    public void point(TrackPoint point) {}

    @Override
    public void split(Split split) {
      splits.add(split);
    }

    @Override
    public void verdict(Verdict verdict) {
      verdicts.add(verdict);
    }

    @Override
    public void lap(Lap lap) {}
  }
}
