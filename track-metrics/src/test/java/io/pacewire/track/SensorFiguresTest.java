package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters.Sex;
import io.pacewire.track.EffortFigures.EnergyFormula;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Figures of sensors that know nothing of places, each against a value computed by hand. */
class SensorFiguresTest {
  private static final AthleteParameters RIDER =
      new AthleteParameters(190, 60, 70, 250, Sex.MALE, 40);

  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT);
  }

  private static Figures fold(Recording recording, AthleteParameters athlete) {
    FoldState state = FoldState.start(athlete);
    List<SampleBatch> batches = recording.batches(new int[] {recording.size()});
    batches.forEach(batch -> TrackFold.step(state, batch, FoldSink.NONE));
    return state.figures();
  }

  private static Figures fold(Recording recording) {
    return fold(recording, AthleteParameters.defaults());
  }

  /** Ten minutes of heart rate before the first fix do not become ten seconds of running. */
  @Test
  void energyByHeartRate_doesNotGiveWayToTheFirstMetres() {
    Recording recording = Recording.of("run").heartRate(150).blindHeart(600);
    double before = recording.live(FoldSink.NONE).figures().effort().energyKcal();
    Figures figures = recording.north(10, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.effort().energyFormula()).isEqualTo(EnergyFormula.HEART_RATE);
    assertThat(figures.effort().energyKcal()).isGreaterThan(before).isGreaterThan(50);
    figures = recording.north(1_000, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.effort().energyFormula()).isEqualTo(EnergyFormula.GRADE);
  }

  @Test
  void anHourAtThresholdPower_is100() {
    PowerFigures power =
        fold(recording("ride").power(250).north(3_601, 8), RIDER).power();
    assertThat(power.averageW()).isEqualTo(250);
    assertThat(power.normalizedW()).isCloseTo(250, within(1e-9));
    assertThat(power.highestW()).isEqualTo(250);
    assertThat(power.workKj()).isCloseTo(900, within(1e-9));
    assertThat(power.intensityFactor()).isCloseTo(1, within(1e-9));
    assertThat(power.trainingStressScore()).isCloseTo(100, within(1e-6));
  }

  @Test
  void normalizedPower_weighsWhatIsHard() {
    // 300 s at 100 W and 300 s at 300 W; the 30 s in which the mean climbs lie between.
    double sum = 0;
    for (int i = 1; i <= 29; i++) {
      sum += Math.pow(100 + 200.0 * i / 30, 4);
    }
    sum += 271 * Math.pow(100, 4) + 271 * Math.pow(300, 4);
    Recording steps = recording("ride").power(100).north(300, 8).power(300).north(301, 8);
    PowerFigures power = fold(steps, RIDER).power();
    assertThat(power.averageW()).isCloseTo(200, within(1e-9));
    assertThat(power.normalizedW()).isCloseTo(Math.pow(sum / 571, 0.25), within(1e-6));
  }

  @Test
  void powerWhilePaused_isNoWork() {
    Recording recording =
        recording("ride").power(200).north(101, 8).pause().north(50, 0).resume().north(101, 8);
    PowerFigures power = fold(recording, RIDER).power();
    assertThat(power.workKj()).isCloseTo(40, within(0.5));
    assertThat(power.averageW()).isEqualTo(200);
  }

  @Test
  void withoutAMeter_orAThreshold_thereIsNoFigure() {
    PowerFigures none = fold(recording("ride").north(100, 8), RIDER).power();
    assertThat(none.isMeasured()).isFalse();
    assertThat(none.averageW()).isNaN();
    assertThat(none.normalizedW()).isNaN();
    PowerFigures short20 =
        fold(recording("ride").power(200).north(20, 8), RIDER).power();
    assertThat(short20.normalizedW()).isNaN();
    PowerFigures unknown = fold(recording("ride").power(200).north(100, 8)).power();
    assertThat(unknown.normalizedW()).isEqualTo(200);
    assertThat(unknown.intensityFactor()).isNaN();
    assertThat(unknown.trainingStressScore()).isNaN();
  }

  @Test
  void cadence_isMeanByTime_withoutCoasting() {
    Recording recording = recording("ride")
        .cadence(90)
        .north(60, 8)
        .cadence(0)
        .north(60, 8)
        .cadence(60)
        .north(31, 8);
    MotionFigures motion = fold(recording).motion();
    assertThat(motion.averageCadencePerMin()).isCloseTo(80, within(0.5));
    assertThat(motion.highestCadencePerMin()).isEqualTo(90);
    assertThat(motion.steps()).isNaN();
    assertThat(fold(recording("ride").north(9, 8)).motion().averageCadencePerMin())
        .isNaN();
  }

  @Test
  void onFoot_aFootSensorCountsSteps_whereNoAccelerometerDoes() {
    MotionFigures motion = fold(recording("run").cadence(180).north(121, 3)).motion();
    assertThat(motion.steps()).isCloseTo(360, within(1e-9));
    assertThat(motion.stepCadencePerMin()).isEqualTo(180);
  }

  @Test
  void aWheelSensorsDistance_standsBesideThePositions() {
    Figures figures = fold(recording("ride").sensorSpeed(810).north(101, 8));
    assertThat(figures.motion().sensorDistanceM()).isCloseTo(810, within(1e-9));
    assertThat(figures.motion().sensorHighestMps()).isEqualTo(8.1);
    assertThat(figures.distanceM()).isCloseTo(800, within(0.5));
    assertThat(fold(recording("ride").north(9, 8)).motion().sensorDistanceM()).isNaN();
  }

  @Test
  void steps_areCountedFromTheAccelerometer() {
    MotionFigures motion = fold(recording("run").steps(2.8).north(300, 3)).motion();
    assertThat(motion.steps()).isCloseTo(840, within(4.0));
    assertThat(motion.stepCadencePerMin()).isCloseTo(168, within(3.0));
    assertThat(motion.strideM()).isCloseTo(3 / 2.8, within(0.03));
  }

  @Test
  void stepsWhilePaused_doNotCount() {
    MotionFigures motion = fold(recording("run")
            .steps(2)
            .north(60, 2)
            .pause()
            .north(60, 1)
            .resume()
            .north(60, 2))
        .motion();
    assertThat(motion.steps()).isCloseTo(240, within(6.0));
  }

  @Test
  void trainingImpulse_isBanisters() {
    // 125 of 60 to 190 bpm is half the reserve, for an hour.
    Recording hour = recording("ride").heartRate(125).north(3_601, 8);
    assertThat(fold(hour, RIDER).effort().trainingImpulse())
        .isCloseTo(60 * 0.5 * 0.64 * Math.exp(0.96), within(1e-6));
    AthleteParameters woman = new AthleteParameters(190, 60, 60, 0, Sex.FEMALE, 30);
    assertThat(fold(hour, woman).effort().trainingImpulse())
        .isCloseTo(60 * 0.5 * 0.86 * Math.exp(0.835), within(1e-6));
    double mean = 60 * 0.25 * (0.64 * Math.exp(0.96) + 0.86 * Math.exp(0.835));
    assertThat(fold(hour).effort().trainingImpulse()).isCloseTo(mean, within(1e-6));
  }

  @Test
  void energy_comesFromPower_elseFromTheWay_elseFromTheHeart() {
    EffortFigures power =
        fold(recording("ride").power(250).north(3_601, 8), RIDER).effort();
    assertThat(power.energyFormula()).isEqualTo(EnergyFormula.POWER);
    assertThat(power.energyKcal()).isCloseTo(900 / 4.184 / 0.24 * 3_601 / 3_600, within(1e-6));

    EffortFigures run = fold(recording("run").north(3_601, 3)).effort();
    assertThat(run.energyFormula()).isEqualTo(EnergyFormula.GRADE);
    assertThat(run.energyKcal()).isCloseTo(70 * (10_800 * 3.6 / 4_184 + 1), within(2.0));

    Recording heart = recording("ride").heartRate(140).north(3_601, 8);
    EffortFigures man = fold(heart, RIDER).effort();
    double kj = -55.0969 + 0.6309 * 140 + 0.1988 * 70 + 0.2017 * 40;
    assertThat(man.energyFormula()).isEqualTo(EnergyFormula.HEART_RATE);
    assertThat(man.energyKcal()).isCloseTo(60 * kj / 4.184, within(1e-6));
    double female = -20.4022 + 0.4472 * 140 - 0.1263 * 70 + 0.074 * 40;
    assertThat(fold(heart).effort().energyKcal())
        .isCloseTo(60 * (kj + female) / 2 / 4.184, within(1e-6));
    AthleteParameters woman = new AthleteParameters(190, 60, 70, 0, Sex.FEMALE, 40);
    assertThat(fold(heart, woman).effort().energyKcal())
        .isCloseTo(60 * female / 4.184, within(1e-6));

    // What is known for a part only is not stretched over the whole, nor taken for it.
    Recording some = recording("ride").power(250).north(600, 8).power(-1).north(3_000, 8);
    assertThat(fold(some, RIDER).effort().energyFormula()).isEqualTo(EnergyFormula.HEART_RATE);
    Recording lost = recording("ride").heartRate(140).north(600, 8).heartRate(0).north(3_000, 8);
    assertThat(fold(lost, RIDER).effort().energyKcal()).isCloseTo(10 * kj / 4.184, within(1e-6));
    EffortFigures measured = fold(recording("run").power(250).north(3_601, 3)).effort();
    assertThat(measured.energyFormula()).isEqualTo(EnergyFormula.GRADE);

    EffortFigures nothing = fold(recording("ride").heartRate(0).north(100, 8)).effort();
    assertThat(nothing.energyFormula()).isEqualTo(EnergyFormula.NONE);
    assertThat(nothing.energyKcal()).isNaN();
    assertThat(nothing.trainingImpulse()).isNaN();
    assertThat(nothing.gradeAdjustedM()).isNaN();
  }

  /** A strap without skin repeats what it felt last. */
  @Test
  void aRateWithoutContact_isNone() {
    SampleBatch batch = new SampleBatch();
    batch.addMark(Mark.start(Recording.START, 0, "run", "UTC", 0, "Phone", "1", 1));
    for (int second = 1; second <= 60; second++) {
      int contact = second <= 20 ? 1 : second <= 40 ? 0 : SampleBatch.ABSENT;
      batch.heartRates().add(Recording.START + second * 1_000L, 0, 150, contact);
    }
    batch.addMark(Mark.finish(Recording.START + 60_000, 0, 1));
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    assertThat(state.figures().heartRateCount()).isEqualTo(40);
    assertThat(state.figures().heartRateZoneS()[2]).isEqualTo(20 + 19);
  }

  /** What was said last holds up to the pause and to the end. */
  @Test
  void lastValuesHold_untilTheStopwatchStops() {
    Recording recording = recording("ride").heartRate(0);
    for (int i = 0; i < 4; i++) {
      recording.heartAt(recording.atMs(), 150).heartRate(150).later(15_000);
    }
    Figures heart = recording.fold(FoldSink.NONE).figures();
    assertThat(heart.heartRateZoneS()[2]).isEqualTo(60); // the last at 45 s, the end at 60 s

    Recording meter = recording("ride").power(200).cadence(90);
    meter
        .silence(5, 8, 0)
        .blind(5, 8)
        .silence(5, 8, 0)
        .pause()
        .silence(60, 0, 0)
        .resume();
    meter.blind(5, 8).silence(5, 8, 0);
    Figures figures = meter.fold(FoldSink.NONE).figures();
    assertThat(figures.power().workKj()).isCloseTo(200 * (4 + 5 + 4 + 5) / 1e3, within(1e-9));
    assertThat(figures.motion().averageCadencePerMin()).isEqualTo(90);
  }

  @Test
  void uphill_isFurtherOnTheFlat() {
    Figures figures = fold(recording("run").climb(1_001, 2.5, 0.25));
    // Grade 0.1 costs 5.971 J/(kg m) instead of 3.6.
    double cost = 155.4e-5 - 30.4e-4 - 43.3e-3 + 0.463 + 1.95 + 3.6;
    assertThat(figures.effort().gradeAdjustedM()).isCloseTo(2_500 * cost / 3.6, within(60.0));
    assertThat(figures.gradeAdjustedPaceSPerKm()).isCloseTo(400 / (cost / 3.6), within(8.0));
    Figures flat = fold(recording("walk").north(1_001, 1.5));
    assertThat(flat.effort().gradeAdjustedM()).isCloseTo(flat.distanceM(), within(1e-6));
    assertThat(fold(recording("run")).gradeAdjustedPaceSPerKm()).isNaN();
  }

  @Test
  void gait_costsWhatMinettiMeasured() {
    // Table values of the paper: 0.45 uphill, level, and the minimum of running near -0.2.
    assertThat(Gait.RUNNING.costJPerKgM(0.45)).isCloseTo(18.93, within(1.5));
    assertThat(Gait.RUNNING.costJPerKgM(-0.2)).isCloseTo(1.73, within(0.4));
    assertThat(Gait.WALKING.costJPerKgM(0.45)).isCloseTo(17.33, within(1.0));
    assertThat(Gait.RUNNING.costJPerKgM(9)).isEqualTo(Gait.RUNNING.costJPerKgM(0.45));
    assertThat(Gait.WALKING.costJPerKgM(-9)).isEqualTo(Gait.WALKING.costJPerKgM(-0.45));
  }

  @Test
  void parametersOutOfRange_areNamed() {
    assertThat(List.<Runnable>of(
            () -> new AthleteParameters(99, 60, 70),
            () -> new AthleteParameters(190, 190, 70),
            () -> new AthleteParameters(190, 60, 19),
            () -> new AthleteParameters(190, 60, 70, 1_001, Sex.MALE, 40),
            () -> new AthleteParameters(190, 60, 70, -1, Sex.MALE, 40),
            () -> new AthleteParameters(190, 60, 70, 200, Sex.MALE, 9)))
        .allSatisfy(make -> org.assertj.core.api.Assertions.assertThatThrownBy(make::run)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("out of range"));
  }

  /** A watch that writes what changes says more of an effort than of a rest. */
  @Test
  void averageHeartRate_isOfTimeAndNotOfValues() {
    Recording recording = Recording.of("run").heartRate(100).blindHeart(60).heartRate(160);
    for (int i = 0; i < 6; i++) {
      recording.heart().silence(10, 0, 0);
    }
    Figures figures = recording.fold(FoldSink.NONE).figures();
    assertThat(figures.averageHeartRateBpm()).isCloseTo(130, within(0.6));
  }

  /** Zones of a heart that is heard for longer than four bytes of milliseconds stop where they are. */
  @Test
  void weeksOfHeartRate_passThroughTheStatesBytes() {
    FoldState live = FoldState.start(AthleteParameters.defaults());
    FoldState saved = FoldState.start(AthleteParameters.defaults());
    for (int batch = 0; batch < 60; batch++) {
      SampleBatch day = new SampleBatch();
      day.header(new UUID(0, 1), 0, 0, batch);
      for (int i = 0; i < 2_980; i++) {
        day.heartRates()
            .add(Recording.START + (batch * 2_980L + i) * 29_000, 0, 140, SampleBatch.ABSENT);
      }
      TrackFold.step(live, day, FoldSink.NONE);
      TrackFold.step(saved, day, FoldSink.NONE);
      saved = FoldState.decode(saved.encode());
    }
    assertThat(saved.encode()).isEqualTo(live.encode());
    for (double seconds : saved.figures().heartRateZoneS()) {
      assertThat(seconds).isNotNegative();
    }
    assertThat(saved.figures().effort().energyKcal())
        .isEqualTo(live.figures().effort().energyKcal())
        .isPositive();
  }

  /** What the power meter did not hear of a ride took energy as well. */
  @Test
  void energyByPower_isOfTheWholeRide() {
    Recording heard = Recording.of("ride").power(200).blind(3_600, 5);
    Recording half = Recording.of("ride").power(200).blind(2_000, 5).power(-1).blindHeart(1_600);
    double whole = heard.fold(FoldSink.NONE).figures().effort().energyKcal();
    assertThat(half.fold(FoldSink.NONE).figures().effort().energyKcal())
        .isCloseTo(whole, within(10.0));
  }
}
