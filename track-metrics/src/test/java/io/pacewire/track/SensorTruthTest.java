package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import io.pacewire.wire.SampleBatch;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the accelerometer and a speed sensor know better than the receiver. */
class SensorTruthTest {
  private final Outputs out = new Outputs();

  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT);
  }

  @Property(tries = 100)
  void onATable_driftIsNoWay(@ForAll long seed) {
    Random random = new Random(seed);
    String[] sports = {"run", "walk", "ride", "hike", "other"};
    Recording recording =
        Recording.of(sports[random.nextInt(sports.length)]).accuracyCm(500).steps(0);
    ReceiverNoise noise = new ReceiverNoise(seed);
    for (int second = 0; second < 600; second++) {
      if (noise.next(1)) {
        recording.lying(noise.offNorthM, noise.offEastM);
      }
    }
    Figures figures = recording.fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isZero();
    assertThat(figures.movingS()).isZero();
    assertThat(figures.motion().steps()).isZero();
  }

  /** Of a burst of jumps the last was gone on from, 190 m off, and left at once. */
  @Test
  void onATable_aLeapBackIsNoWay() {
    onATable_driftIsNoWay(-3339923054956012041L);
  }

  @Test
  void whoStandsAndGoesOn_losesNothing() {
    Figures figures = recording("run")
        .steps(2.8)
        .north(100, 3)
        .steps(0)
        .north(60, 0)
        .steps(2.8)
        .north(100, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.distanceM()).isCloseTo(597, within(4.0));
    assertThat(figures.movingS()).isCloseTo(199, within(5.0));
  }

  @Test
  void whoIsCarriedSmoothly_isBelieved() {
    Figures figures =
        recording("ride").steps(0).north(300, 8).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isCloseTo(299 * 8, within(25.0));
  }

  @Test
  void inATunnel_stepsOfTheLearntLengthGoOn() {
    // The tunnel winds: 600 m are gone where the exits are 300 m apart.
    Recording run = recording("run").steps(2.5).north(200, 3);
    for (int i = 0; i < 200; i++) {
      run.blind(1, i % 2 == 0 ? 3 : 0);
    }
    FoldState state = run.north(100, 3).fold(out);
    assertThat(state.figures().estimatedM()).isCloseTo(600, within(20.0));
    assertThat(state.figures().distanceM()).isCloseTo(199 * 3 + 600 + 100 * 3, within(25.0));
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(state.figures().movingS()).isCloseTo(499, within(8.0));
  }

  @Test
  void inATunnel_theWayIsAtLeastTheStraightLine() {
    Recording run = recording("run").steps(2.5).north(200, 3).steps(0.0);
    FoldState state = run.blind(100, 3).steps(2.5).north(100, 3).fold(out);
    assertThat(state.figures().distanceM()).isCloseTo(399 * 3, within(6.0));
  }

  @Test
  void whereTheReceiverNeverComesBack_theWayCountsAllTheSame() {
    Recording run = recording("run").steps(2.5).north(200, 3).blind(100, 3);
    FoldState state = run.fold(out);
    assertThat(state.figures().distanceM()).isCloseTo(299 * 3, within(12.0));
    assertThat(state.figures().estimatedM()).isCloseTo(300, within(12.0));
  }

  @Test
  void aSpeedSensor_isBelievedBeforeSteps() {
    Recording run = recording("run").steps(2.5).sensorSpeed(400).north(200, 3).blind(100, 4);
    assertThat(run.fold(out).figures().estimatedM()).isCloseTo(400, within(8.0));
  }

  @Test
  void indoors_aSpeedSensorMakesTheDistanceAndItsSplits() {
    Figures figures =
        recording("indoor").sensorSpeed(500).blind(601, 0).fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(3_000, within(1e-6));
    assertThat(figures.motion().sensorDistanceM()).isCloseTo(3_000, within(1e-6));
    assertThat(figures.movingS()).isCloseTo(600, within(2.0));
    assertThat(out.splits).hasSizeBetween(3, 4);
    assertThat(out.splits.get(1).timerS()).isCloseTo(200, within(1.0));
  }

  @Test
  void withoutALearntStride_stepsMakeNoWay() {
    Figures figures = recording("walk").steps(2).blind(100, 1).fold(out).figures();
    assertThat(figures.distanceM()).isZero();
    assertThat(figures.motion().steps()).isCloseTo(200, within(5.0));
  }

  @Test
  void whoPauses_goesNowhere() {
    Figures figures = recording("run")
        .steps(2.5)
        .north(200, 3)
        .pause()
        .blind(100, 3)
        .resume()
        .north(100, 3)
        .fold(out)
        .figures();
    // Of the second between resuming and the first fix, what steps tell.
    assertThat(figures.estimatedM()).isBetween(0.0, 3.0);
    assertThat(figures.distanceM()).isCloseTo(298 * 3, within(5.0));
  }

  /** On a treadmill the foot sensor is believed, wherever the receiver strays under the roof. */
  @Test
  void indoors_theSensorOnTheFootIsBelievedAlone() {
    Drift north = new Drift(1, 10, 40);
    Drift east = new Drift(2, 10, 40);
    Recording run = Recording.of("indoor").accuracyCm(2_000).sensorSpeed(300);
    for (int second = 0; second < 1_800; second++) {
      run.lying(north.next(), east.next());
    }
    Figures figures = run.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(1_799 * 3, within(3.0));
    assertThat(figures.distanceM()).isEqualTo(figures.motion().sensorDistanceM());
    assertThat(figures.movingS()).isCloseTo(1_799, within(2.0));
    assertThat(out.verdicts).hasSizeGreaterThan(1_790).allSatisfy(verdict -> {
      assertThat(verdict.reason()).isEqualTo(Reason.INDOORS);
      assertThat(verdict.value()).isEqualTo(3);
      assertThat(verdict.unit()).isEqualTo("m/s");
    });
  }

  @Test
  void indoors_withNothingButAReceiver_itIsBelieved() {
    Figures figures =
        Recording.of("indoor").accuracyCm(300).north(600, 3).fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(599 * 3, within(20.0));
    assertThat(out.verdicts).isEmpty();
  }

  /** Under a roof fixes stray as far as 60 m, with 5 m stated; the phone lies on a table. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void onATable_noStrayingCounts_whateverAccuracyIsStated(long seed) {
    Drift north = new Drift(seed, 20, 120);
    Drift east = new Drift(seed + 100, 20, 120);
    Recording table = recording("walk").accuracyCm(500).steps(0);
    double farthestM = 0;
    for (int second = 0; second < 600; second++) {
      double northM = north.next();
      double eastM = east.next();
      farthestM = Math.max(farthestM, Math.hypot(northM, eastM));
      table.lying(northM, eastM);
    }
    assertThat(farthestM).isGreaterThan(20);
    Figures figures = table.fold(out).figures();
    assertThat(figures.distanceM()).isZero();
    assertThat(figures.movingS()).isZero();
  }

  /** A boat that glides: nothing is felt, and it is not fast; but it gets away from there. */
  @Test
  void whoGlidesAwaySlowly_isBelieved_andFromThenOnAtOnce() {
    Recording boat = recording("other").accuracyCm(300).steps(0).north(300, 1);
    double aftersM = boat.fold(out).figures().distanceM();
    assertThat(aftersM).isBetween(245.0, 300.0);
  }
}
