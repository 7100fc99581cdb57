package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Climbing by a receiver, by a barometer, and by both. */
class ElevationTest {
  /** Between traffic lights a climb is one climb, by the receiver and by the barometer. */
  @Test
  void shortPauses_takeNothingOffAClimb_andALiftAddsNothing() {
    Recording through = Recording.of("run").accuracyCm(SampleBatch.ABSENT).climb(400, 2.5, 0.125);
    Recording stops = Recording.of("run").accuracyCm(SampleBatch.ABSENT);
    for (int light = 0; light < 10; light++) {
      stops.climb(40, 2.5, 0.125).pause().silence(20, 0, 0).resume();
    }
    double whole = through.fold(FoldSink.NONE).figures().ascentM();
    assertThat(whole).isBetween(47.0, 50.0);
    assertThat(stops.fold(FoldSink.NONE).figures().ascentM()).isCloseTo(whole, within(1.0));

    Recording weighed = Recording.of("run").accuracyCm(SampleBatch.ABSENT);
    for (int light = 0; light < 10; light++) {
      for (int second = 0; second < 40; second++) {
        double metres = 150 + 0.125 * (40 * light + second);
        weighed.pressure((int) Math.round(101_325 * Math.pow(1 - metres / 44_330.77, 5.2559)));
        weighed.north(1, 2.5);
      }
      weighed.pause().silence(90, 0, 0).resume();
    }
    assertThat(weighed.fold(FoldSink.NONE).figures().ascentM()).isCloseTo(whole, within(2.0));

    Recording lift =
        Recording.of("run").accuracyCm(SampleBatch.ABSENT).north(60, 3).pause();
    lift.silence(40, 0, 0).altitude(200).resume().north(60, 3);
    assertThat(lift.fold(FoldSink.NONE).figures().ascentM()).isZero();
  }

  /** Of the standard atmosphere at sea level, a metre weighs about 12 Pa. */
  private static final double PA_A_METRE = 12.01;

  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT);
  }

  /** A barometer under water weighs the water, and a receiver that is splashed errs in height. */
  @Test
  void whoSwims_climbsNothing() {
    for (boolean weighed : new boolean[] {false, true}) {
      Recording swim = recording("swim");
      for (int lap = 0; lap < 10; lap++) {
        for (int second = 0; second < 60; second++) {
          if (weighed) {
            swim.pressure(101_325 + 9_000 * (lap % 2));
          }
          swim.climb(1, 1, lap % 2 == 0 ? 1 : -1);
        }
      }
      Figures figures = swim.fold(FoldSink.NONE).figures();
      assertThat(figures.distanceM()).isGreaterThan(500);
      assertThat(figures.ascentM()).isZero();
      assertThat(figures.descentM()).isZero();
    }
  }

  @Test
  void aSlope_countsFromValleyToPeak_atAnySpeed() {
    for (double speedMps : new double[] {1, 3, 10}) {
      // 600 m up and 600 m down at ten in a hundred.
      int seconds = (int) (600 / speedMps);
      Figures figures = recording("ride")
          .climb(seconds, speedMps, speedMps / 10)
          .climb(seconds, speedMps, -speedMps / 10)
          .fold(FoldSink.NONE)
          .figures();
      assertThat(figures.ascentM()).isCloseTo(60, within(2.5));
      assertThat(figures.descentM()).isCloseTo(60, within(4.5));
    }
  }

  @Test
  void whoStands_climbsNothing_howeverTheAltitudeTrembles() {
    Recording run = recording("run").north(60, 3);
    for (int i = 0; i < 300; i++) {
      run.altitude(150 + (i % 2 == 0 ? 3 : -3)).north(1, 0);
    }
    assertThat(run.fold(FoldSink.NONE).figures().ascentM()).isLessThan(2.5);
  }

  @Test
  void aReceiverThatKnowsItsHeightBadly_climbsOnlyWhatIsMore() {
    Recording sure = recording("run");
    Recording unsure = recording("run").verticalAccuracyCm(800);
    for (Recording run : new Recording[] {sure, unsure}) {
      for (int i = 0; i < 6; i++) { // six rises of five metres in 150 m
        run.climb(50, 3, 0.1).climb(50, 3, -0.1);
      }
    }
    assertThat(sure.fold(FoldSink.NONE).figures().ascentM()).isBetween(20.0, 30.0);
    assertThat(unsure.fold(FoldSink.NONE).figures().ascentM()).isZero();
  }

  @Test
  void aBarometer_isBelievedBeforeTheReceiver() {
    Recording hike = recording("hike").pressure(101_325);
    hike.north(60, 1.2);
    for (int second = 1; second <= 400; second++) { // 40 m up, while the receiver wobbles
      hike.pressure((int) Math.round(101_325 - second * 0.1 * PA_A_METRE))
          .altitude(150 + 15 * Math.sin(second / 20.0))
          .north(1, 1.2);
    }
    Figures figures = hike.fold(FoldSink.NONE).figures();
    assertThat(figures.ascentM()).isCloseTo(40, within(2.5));
    assertThat(figures.descentM()).isZero();
  }

  @Test
  void aBarometerThatBegins_isNoCliff() {
    Recording run =
        recording("run").altitude(700).north(200, 3).pressure(101_325).north(200, 3);
    Figures figures = run.fold(FoldSink.NONE).figures();
    assertThat(figures.ascentM()).isZero();
    assertThat(figures.descentM()).isZero();
    assertThat(figures.effort().gradeAdjustedM()).isCloseTo(figures.distanceM(), within(1.0));
  }

  @Test
  void aBarometerThatFallsSilent_leavesItToTheReceiver() {
    Recording run =
        recording("run").pressure(101_325).north(100, 3).pressure(-1).north(90, 3);
    Figures figures = run.climb(300, 3, 0.1).fold(FoldSink.NONE).figures();
    assertThat(figures.ascentM()).isCloseTo(30, within(2.5));
  }

  @Test
  void whatIsNoPressure_isNotWeighed() {
    Recording run = recording("run").pressure(900).climb(300, 3, 0.1);
    assertThat(run.fold(FoldSink.NONE).figures().ascentM()).isCloseTo(30, within(2.5));
  }

  /** What a receiver's height drifts by is no hill, and no slope that costs anything. */
  @ParameterizedTest
  @CsvSource({"run, 3, 1", "run, 3, 2", "hike, 1.2, 3", "hike, 1.2, 4"})
  void onFlatGround_aReceiverThatStatesItsErrorClimbsLittle(String sport, double mps, long seed) {
    Figures figures = drifting(sport, mps, 0, 0, seed);
    assertThat(figures.ascentM()).isLessThan(40);
    assertThat(figures.effort().gradeAdjustedM() / figures.distanceM()).isBetween(0.99, 1.02);
  }

  /** Three hills of 40 m. */
  @ParameterizedTest
  @CsvSource({"run, 3, 1", "hike, 1.2, 2"})
  void overHills_itClimbsThem(String sport, double mps, long seed) {
    Figures figures = drifting(sport, mps, 40, 3_600 * mps / 3, seed);
    assertThat(figures.ascentM()).isBetween(105.0, 150.0);
  }

  /** Three metres of drift over a minute, five are stated. */
  private static Figures drifting(
      String sport, double mps, double hillM, double hillLengthM, long seed) {
    Drift drift = new Drift(seed, 3, 60);
    Recording recording = Recording.of(sport).accuracyCm(500).verticalAccuracyCm(500);
    for (int second = 0; second < 3_600; second++) {
      double share = hillLengthM == 0 ? 0 : second * mps / hillLengthM;
      double hill = hillM / 2 * (1 - Math.cos(2 * Math.PI * share));
      recording.altitude(150 + hill + drift.next()).north(1, mps);
    }
    return recording.fold(FoldSink.NONE).figures();
  }

  @Test
  void whoStatesAnErrorOfPlaceOnly_knowsHisHeightNoBetter() {
    Recording run = Recording.of("run").accuracyCm(500);
    for (int i = 0; i < 6; i++) { // six rises of five metres
      run.climb(50, 3, 0.1).climb(50, 3, -0.1);
    }
    assertThat(run.fold(FoldSink.NONE).figures().ascentM()).isZero();
  }

  /** To a metre, it climbs what is there. */
  @Test
  void aReceiverThatKnowsItsHeightWell_climbsAllOfIt() {
    Recording run = recording("run").verticalAccuracyCm(100).climb(300, 3, 0.1);
    assertThat(run.fold(FoldSink.NONE).figures().ascentM()).isCloseTo(30, within(5.0));
  }

  @Test
  void aFixWithoutAHeight_hasNone_andClimbsNothing() {
    Outputs out = new Outputs();
    Recording run = recording("run");
    for (int second = 1; second <= 60; second++) {
      run.silence(1, 3, 0);
      int north = (int) Math.round(run.latitudeDeg() * 1e7);
      run.rawFix(run.atMs(), north, 376_000_000, SampleBatch.ABSENT, 400);
    }
    Figures figures = run.fold(out).figures();
    assertThat(out.points).hasSize(60).extracting(TrackPoint::altitudeM).containsOnly(Double.NaN);
    assertThat(figures.ascentM()).isZero();
    assertThat(figures.descentM()).isZero();
  }
}
