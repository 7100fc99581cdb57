package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever a device sends, figures are finite, and distance never shrinks. */
class HostileInputTest {
  @Property(tries = 400)
  void anySamples_giveFiniteFigures(@ForAll long seed) {
    Random random = new Random(seed);
    boolean wild = random.nextBoolean();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    Outputs out = new Outputs();
    double before = 0;
    for (int i = 0; i < 12; i++) {
      TrackFold.step(state, batch(random, wild), out);
      Figures figures = state.figures();
      assertThat(figures.distanceM()).isFinite().isGreaterThanOrEqualTo(before);
      before = figures.distanceM();
      assertFinite(figures);
      byte[] bytes = state.encode();
      assertThat(bytes.length).isLessThanOrEqualTo(1_024);
      state = FoldState.decode(bytes);
    }
    double shown = 0;
    for (TrackPoint point : out.points) {
      if (point.hasPosition()) {
        assertThat(point.latitudeDeg()).isFinite();
        assertThat(point.longitudeDeg()).isFinite();
      }
      assertThat(point.distanceM()).isGreaterThanOrEqualTo(shown);
      shown = point.distanceM();
    }
    assertThat(out.verdicts).allSatisfy(verdict -> {
      assertThat(verdict.confidence()).isBetween(0.0, 1.0);
      assertThat(verdict.value()).isFinite();
      assertThat(verdict.limit()).isFinite();
    });
  }

  private static void assertFinite(Figures figures) {
    assertThat(figures.timerS()).isFinite().isNotNegative();
    assertThat(figures.movingS()).isFinite().isBetween(0.0, figures.timerS());
    assertThat(figures.elapsedS()).isFinite().isNotNegative();
    assertThat(figures.ascentM()).isFinite().isNotNegative();
    assertThat(figures.descentM()).isFinite().isNotNegative();
    assertThat(figures.estimatedM()).isBetween(0.0, figures.distanceM());
    assertThat(figures.averageHeartRateBpm()).isBetween(0.0, 250.0);
    for (double seconds : figures.heartRateZoneS()) {
      assertThat(seconds).isFinite().isNotNegative();
    }
    assertThat(figures.paceSPerKm())
        .satisfiesAnyOf(
            pace -> assertThat(pace).isNaN(),
            pace -> assertThat(pace).isFinite().isPositive());
    MotionFigures motion = figures.motion();
    PowerFigures power = figures.power();
    EffortFigures effort = figures.effort();
    for (double figure : new double[] {
      figures.speedMps(),
      figures.averageSpeedMps(),
      figures.averagePaceSPerKm(),
      figures.gradeAdjustedPaceSPerKm(),
      motion.steps(),
      motion.stepCadencePerMin(),
      motion.averageCadencePerMin(),
      motion.strideM(),
      motion.sensorDistanceM(),
      motion.sensorHighestMps(),
      power.averageW(),
      power.normalizedW(),
      power.workKj(),
      power.intensityFactor(),
      power.trainingStressScore(),
      effort.trainingImpulse(),
      effort.energyKcal(),
      effort.gradeAdjustedM()
    }) {
      assertThat(Double.isNaN(figure) || (figure >= 0 && figure < 1e15)).isTrue();
    }
  }

  private static SampleBatch batch(Random random, boolean wild) {
    SampleBatch batch = new SampleBatch();
    for (int i = random.nextInt(20); i > 0; i--) {
      batch
          .fixes()
          .add(
              time(random, wild),
              0,
              place(random, wild),
              place(random, wild),
              any(random),
              any(random),
              any(random),
              any(random),
              any(random));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      batch.heartRates().add(time(random, wild), 0, any(random) >> random.nextInt(32), 0);
    }
    for (int i = random.nextInt(40); i > 0; i--) {
      batch.accels().add(time(random, wild), 0, any(random), any(random), any(random));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      batch.powers().add(time(random, wild), 0, any(random));
      batch.speeds().add(time(random, wild), 0, any(random));
      batch.cadences().add(time(random, wild), 0, any(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      long at = time(random, wild);
      switch (random.nextInt(5)) {
        case 0 -> batch.addMark(Mark.start(at, 0, "х".repeat(99), "Z".repeat(99), -1, "", "", 0));
        case 1 -> batch.addMark(Mark.pause(at, 0));
        case 2 -> batch.addMark(Mark.resume(at, 0));
        case 3 -> batch.addMark(Mark.lap(at, 0));
        default -> batch.addMark(Mark.skip(at, 0, 1, 2));
      }
    }
    if (random.nextInt(40) == 0) {
      batch.addMark(Mark.finish(time(random, wild), 0, any(random) & 0xFFFF));
    }
    return batch;
  }

  private static long time(Random random, boolean wild) {
    return switch (wild ? random.nextInt(6) : 3) {
      case 0 -> random.nextLong();
      case 1 -> Long.MAX_VALUE;
      case 2 -> Long.MIN_VALUE;
      default -> Recording.START + random.nextInt(100_000);
    };
  }

  private static int place(Random random, boolean wild) {
    return wild ? any(random) : 500_000_000 + random.nextInt(20_000);
  }

  private static int any(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.MIN_VALUE;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> 0;
      case 3 -> random.nextInt();
      default -> random.nextInt(2_000);
    };
  }

  @Test
  void bytesThatAreNoState_areRefused() {
    byte[] state = Recording.of("run").north(30, 3).live(FoldSink.NONE).encode();
    refused(new byte[0]);
    refused(new byte[] {9, 9});
    for (int length = 0; length < state.length; length++) {
      refused(Arrays.copyOf(state, length));
    }
    refused(Arrays.copyOf(state, state.length + 1));
  }

  @Property(tries = 500)
  void damagedStates_areAStateOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] state = Recording.of("run").north(30, 3).live(FoldSink.NONE).encode();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      state[random.nextInt(state.length)] = (byte) random.nextInt();
    }
    FoldState read;
    try {
      read = FoldState.decode(state);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
      return;
    }
    TrackFold.step(read, batch(random, false), FoldSink.NONE); // whatever comes of it, it comes
    assertThat(read.encode()).hasSizeLessThanOrEqualTo(FoldState.MAX_BYTES);
  }

  private static void refused(byte[] bytes) {
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> FoldState.decode(bytes));
  }
}
