package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;

/** Each figure against a value computed by hand. The first fix is one second after the start. */
class FiguresTest {
  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT);
  }

  @Test
  void aStraightRun_hasItsLengthAndItsTimes() {
    Figures figures = recording("run").north(901, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isCloseTo(2_700, within(0.5));
    assertThat(figures.timerS()).isEqualTo(901);
    assertThat(figures.elapsedS()).isEqualTo(901);
    assertThat(figures.movingS()).isCloseTo(900, within(3.0));
    assertThat(figures.averagePaceSPerKm()).isCloseTo(333.3, within(1.5));
    assertThat(figures.startAtEpochMs()).isEqualTo(Recording.START);
    assertThat(figures.fixCount()).isEqualTo(901);
    assertThat(figures.rejectedFixCount()).isZero();
    assertThat(figures.sport()).isEqualTo("run");
    assertThat(figures.timeZone()).isEqualTo("Europe/Moscow");
    assertThat(figures.utcOffsetS()).isEqualTo(10_800);
  }

  @Test
  void aStatedAccuracy_costsAStraightRunNothing() {
    Figures figures =
        Recording.of("run").accuracyCm(500).north(901, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isCloseTo(2_700, within(1.0));
  }

  @Test
  void aRecordingWithAFixEverySevenSeconds_hasTheSameLength() {
    Figures figures = recording("run").sparse(129, 7, 3).fold(FoldSink.NONE).figures();
    assertThat(figures.distanceM()).isCloseTo(128 * 21, within(1.0));
    assertThat(figures.movingS()).isCloseTo(128 * 7, within(8.0));
    assertThat(figures.estimatedM()).isZero();
  }

  @Test
  void splits_endWhereTheKilometreIsFull_andAddUpToTheDistance() {
    Outputs out = new Outputs();
    // A kilometre at 4 m/s, then at 5 m/s: 250 s, 200 s, and 500 m in 100 s.
    FoldState state = recording("run").north(251, 4).north(300, 5).fold(out);
    assertThat(out.splits).extracting(Split::index).containsExactly(1, 2, 3);
    assertThat(out.splits).extracting(Split::partial).containsExactly(false, false, true);
    assertThat(out.splits.get(0).timerS()).isCloseTo(251, within(1.0));
    assertThat(out.splits.get(1).timerS()).isCloseTo(200, within(1.0));
    assertThat(out.splits.get(1).paceSPerKm()).isCloseTo(200, within(1.0));
    assertThat(out.splits.get(2).distanceM()).isCloseTo(500, within(1.0));
    assertThat(out.splits.get(2).timerS()).isCloseTo(100, within(1.0));
    assertThat(out.splits.stream()
            .mapToLong(split -> Math.round(split.distanceM() * 1e6))
            .sum())
        .isEqualTo(Math.round(state.figures().distanceM() * 1e6));
  }

  @Test
  void aKilometreBetweenTwoFixes_isInterpolated() {
    Outputs out = new Outputs();
    // 30 m every 10 s: the 1,000th metre lies 10 m behind the 33rd step.
    recording("run").sparse(60, 10, 3).fold(out);
    assertThat(out.splits.get(0).timerS()).isCloseTo(10 + 333.3, within(0.5));
    assertThat(out.splits.get(0).endAtEpochMs()).isCloseTo(Recording.START + 343_300, within(500L));
  }

  @Test
  void aPause_isNeitherOnTheTimerNorInTheDistance() {
    Figures figures = recording("run")
        .north(100, 3)
        .pause()
        .north(60, 1)
        .resume()
        .north(100, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.timerS()).isEqualTo(200);
    assertThat(figures.elapsedS()).isEqualTo(260);
    assertThat(figures.distanceM()).isCloseTo(99 * 3 + 99 * 3, within(3.1));
    assertThat(figures.movingS()).isCloseTo(198, within(4.0));
  }

  @Test
  void aPauseThatIsNotEnded_stopsTheTimerForGood() {
    Figures figures =
        recording("run").north(100, 3).pause().north(60, 0).fold(FoldSink.NONE).figures();
    assertThat(figures.timerS()).isEqualTo(100);
    assertThat(figures.elapsedS()).isEqualTo(160);
    assertThat(figures.paceSPerKm()).isNaN();
  }

  @Test
  void standing_isTimeButNoMovingTime() {
    Figures figures = recording("run")
        .north(100, 3)
        .north(60, 0)
        .north(100, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.timerS()).isEqualTo(260);
    assertThat(figures.movingS()).isCloseTo(199, within(4.0));
    assertThat(figures.distanceM()).isCloseTo(597, within(2.0));
  }

  @Test
  void samplesBeforeTheStartMark_areNotOnTheTimer() {
    Recording early = Recording.of("ride").accuracyCm(SampleBatch.ABSENT);
    early.fixAt(Recording.START - 1_900_000, 55.75, 37.6);
    Figures figures = early.north(101, 5).fold(FoldSink.NONE).figures();
    assertThat(figures.timerS()).isEqualTo(101);
    assertThat(figures.startAtEpochMs()).isEqualTo(Recording.START);
    assertThat(figures.distanceM()).isCloseTo(500, within(1.0));
  }

  @Test
  void pace_isThatOfTheLastTwentyFiveSeconds() {
    Figures figures =
        recording("run").north(100, 2.5).north(30, 5).fold(FoldSink.NONE).figures();
    assertThat(figures.paceSPerKm()).isCloseTo(200, within(2.0));
    figures = recording("run").north(100, 2.5).north(12, 5).fold(FoldSink.NONE).figures();
    // 12 s at 5 m/s and 13 s at 2.5 m/s are 92.5 m.
    assertThat(figures.paceSPerKm()).isCloseTo(25 / 92.5 * 1_000, within(8.0));
  }

  @Test
  void paceIsUnknown_whereNobodyMoves_orNoFixComes() {
    assertThat(recording("run").north(90, 3).north(40, 0).fold(FoldSink.NONE).figures())
        .extracting(Figures::paceSPerKm)
        .isEqualTo(Double.NaN);
    Recording inATunnel = recording("run").north(90, 3).silence(60, 3, 0).heart();
    assertThat(inATunnel.fold(FoldSink.NONE).figures().paceSPerKm()).isNaN();
  }

  @Test
  void liveFigures_areTwoSecondsBehind_untilTheEnd() {
    Outputs out = new Outputs();
    FoldState state = recording("run").north(100, 3).live(out);
    assertThat(state.figures().distanceM()).isCloseTo(291, within(0.5));
    assertThat(state.figures().timerS()).isEqualTo(98);
    TrackFold.end(state, out);
    assertThat(state.figures().distanceM()).isCloseTo(297, within(0.5));
    assertThat(state.figures().timerS()).isEqualTo(100);
    assertThat(state.finished()).isTrue();
    assertThat(state.finishBatchCount()).isEqualTo(-1);
    assertThat(out.points).hasSize(100);
    assertThat(out.splits).hasSize(1);
  }

  @Test
  void climb_isCountedFromValleyToPeak() {
    Figures figures = recording("hike")
        .climb(100, 1, 0.5)
        .north(60, 1)
        .climb(40, 1, -0.5)
        .north(60, 1)
        .climb(20, 1, 0.5)
        .north(60, 1)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.ascentM()).isCloseTo(60, within(1.0));
    assertThat(figures.descentM()).isCloseTo(20, within(0.5));
  }

  @Test
  void aBarometerThatTrembles_climbsNothing() {
    Recording flat = recording("walk");
    for (int i = 0; i < 600; i++) {
      flat.altitude(150 + (i % 2 == 0 ? 0.9 : -0.9)).north(1, 1.3);
    }
    Figures figures = flat.fold(FoldSink.NONE).figures();
    assertThat(figures.ascentM()).isZero();
    assertThat(figures.descentM()).isZero();
  }

  @Test
  void aReceiverThatFindsItsHeight_climbsNothing() {
    Figures figures = recording("run")
        .altitude(55)
        .north(3, 3)
        .altitude(142)
        .north(100, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.ascentM()).isZero();
  }

  @Test
  void heartRate_hasItsMeanItsPeakAndItsZones() {
    // With 190 bpm at most the zones begin at 95, 114, 133, 152 and 171 bpm.
    Figures figures = recording("run")
        .heartRate(120)
        .north(60, 3)
        .heartRate(160)
        .north(30, 3)
        .heartRate(180)
        .north(10, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.averageHeartRateBpm())
        .isCloseTo((60 * 120 + 30 * 160 + 9 * 180) / 99.0, within(1e-9));
    assertThat(figures.maxHeartRateBpm()).isEqualTo(180);
    assertThat(figures.heartRateBpm()).isEqualTo(180);
    assertThat(figures.heartRateZone()).isEqualTo(5);
    assertThat(figures.heartRateZoneS()).containsExactly(0, 60, 0, 30, 9);
  }

  @Test
  void heartRateWhilePaused_orWithoutContact_countsForNothing() {
    Figures figures = recording("run")
        .heartRate(120)
        .north(10, 3)
        .pause()
        .heartRate(190)
        .north(20, 0)
        .silence(1, 0, 0)
        .resume()
        .heartRate(0)
        .north(5, 3)
        .fold(FoldSink.NONE)
        .figures();
    assertThat(figures.averageHeartRateBpm()).isEqualTo(120);
    assertThat(figures.maxHeartRateBpm()).isEqualTo(120);
    assertThat(figures.heartRateZoneS()).containsExactly(0, 9, 0, 0, 0);
    assertThat(figures.heartRateBpm()).isZero();
  }

  @Test
  void zones_beginAtTheirShareOfTheMaximum() {
    assertThat(HeartRateZones.zone(99, 200)).isZero();
    assertThat(HeartRateZones.zone(100, 200)).isEqualTo(1);
    assertThat(HeartRateZones.zone(120, 200)).isEqualTo(2);
    assertThat(HeartRateZones.zone(140, 200)).isEqualTo(3);
    assertThat(HeartRateZones.zone(160, 200)).isEqualTo(4);
    assertThat(HeartRateZones.zone(179, 200)).isEqualTo(4);
    assertThat(HeartRateZones.zone(180, 200)).isEqualTo(5);
  }

  @Test
  void laps_areWhatLiesBetweenTwoMarks() {
    Outputs out = new Outputs();
    recording("run").north(101, 4).lap().north(50, 2).lap().north(10, 4).fold(out);
    assertThat(out.laps).extracting(Lap::index).containsExactly(1, 2, 3);
    assertThat(out.laps.get(0).distanceM()).isCloseTo(400, within(0.5));
    assertThat(out.laps.get(0).timerS()).isEqualTo(101);
    assertThat(out.laps.get(1).distanceM()).isCloseTo(100, within(3.0));
    assertThat(out.laps.get(1).timerS()).isEqualTo(50);
  }

  @Test
  void points_haveTheirIndexTheirTimerAndTheFiguresThere() {
    Outputs out = new Outputs();
    recording("run").north(50, 3).fold(out);
    assertThat(out.points).hasSize(50);
    TrackPoint last = out.points.get(49);
    assertThat(last.index()).isEqualTo(49);
    assertThat(last.timerS()).isEqualTo(50);
    assertThat(last.distanceM()).isCloseTo(147, within(0.5));
    assertThat(last.heartRateBpm()).isEqualTo(140);
    assertThat(last.altitudeM()).isEqualTo(150);
    assertThat(out.points.get(0).flags()).isEqualTo(TrackPoint.BREAK);
    assertThat(last.flags()).isZero();
  }

  @Test
  void nothingChanges_afterTheFinish() {
    FoldState state = recording("run").north(50, 3).fold(FoldSink.NONE);
    byte[] finished = state.encode();
    assertThat(state.finished()).isTrue();
    assertThat(state.finishBatchCount()).isEqualTo(Recording.FINISH_BATCH_COUNT);
    Recording.of("ride").north(50, 9).batches(new int[] {200}).forEach(batch -> {
      TrackFold.step(state, batch, FoldSink.NONE);
    });
    assertThat(state.encode()).isEqualTo(finished);
  }

  @Test
  void aNewState_knowsNothing() {
    Figures figures = FoldState.start(AthleteParameters.defaults()).figures();
    assertThat(figures.distanceM()).isZero();
    assertThat(figures.timerS()).isZero();
    assertThat(figures.startAtEpochMs()).isZero();
    assertThat(figures.paceSPerKm()).isNaN();
    assertThat(figures.averagePaceSPerKm()).isNaN();
  }

  @Test
  void aFixEveryTenSeconds_cutsNoCornersOfARing() {
    // 3 m/s round a ring of 60 m: chords of 29.7 m, each of half a radian, are 1 % short.
    Recording run = recording("run");
    double degreesNorth = Math.toDegrees(1 / Geodesy.metresPerRadianNorth(Math.toRadians(55.75)));
    double degreesEast = Math.toDegrees(1 / Geodesy.metresPerRadianEast(Math.toRadians(55.75)));
    for (int i = 0; i <= 200; i++) {
      double angle = i * 0.5;
      run.silence(10, 0, 0)
          .fixAt(
              run.atMs(),
              55.75 + 60 * Math.sin(angle) * degreesNorth,
              37.6 + 60 * Math.cos(angle) * degreesEast);
    }
    assertThat(run.fold(FoldSink.NONE).figures().distanceM()).isCloseTo(6_000, within(15.0));
  }

  @Test
  void aHairpin_isNoArc() {
    Recording run = recording("run").sparse(20, 10, 3);
    run.move(20, 10, -3, 0, 0);
    assertThat(run.fold(FoldSink.NONE).figures().distanceM())
        .isCloseTo(19 * 30 + 20 * 30, within(3.0));
  }

  @Test
  void instantSpeed_isOfTheLastTenSecondsOnFoot_andFiveOnWheels() {
    Outputs run = new Outputs();
    recording("run").north(60, 3).north(5, 5).fold(run);
    assertThat(run.points.get(64).speedMps()).isCloseTo(4, within(0.05));
    assertThat(run.points.get(0).speedMps()).isNaN();
    Outputs ride = new Outputs();
    FoldState state = recording("ride").north(60, 3).north(8, 5).fold(ride);
    assertThat(ride.points.get(67).speedMps()).isCloseTo(5, within(0.05));
    assertThat(state.figures().speedMps()).isEqualTo(ride.points.get(67).speedMps());
    assertThat(state.figures().averageSpeedMps()).isCloseTo((59 * 3 + 8 * 5) / 67.0, within(0.05));
  }

  @Test
  void instantSpeed_isUnknownInAPause() {
    FoldState state = recording("run")
        .north(60, 3)
        .pause()
        .silence(9, 0, 0)
        .heart()
        .later(1_000)
        .heart()
        .live(FoldSink.NONE);
    assertThat(state.figures().speedMps()).isNaN();
  }

  @Test
  void aSplitsHeartRate_isItsOwn() {
    Outputs told = new Outputs();
    Recording recording = Recording.of("run").accuracyCm(SampleBatch.ABSENT).heartRate(140);
    recording
        .north(335, 3)
        .heartRate(160)
        .north(332, 3)
        .heartRate(100)
        .north(100, 3)
        .fold(told);
    assertThat(told.splits).hasSize(3);
    assertThat(told.splits.get(0).averageHeartRateBpm()).isCloseTo(140, within(0.5));
    assertThat(told.splits.get(1).averageHeartRateBpm()).isCloseTo(160, within(0.5));
    assertThat(told.splits.get(2).averageHeartRateBpm()).isCloseTo(100, within(1.5));
  }

  @Test
  void theDevice_isThatOfTheStartMark() {
    assertThat(Recording.of("run").north(5, 3).fold(FoldSink.NONE).figures().deviceName())
        .isEqualTo("Phone");
  }

  @Test
  void lostBatches_areCountedByTheirGaps_untilTheFinish() {
    FoldState state = Recording.of("run").north(5, 3).live(FoldSink.NONE);
    TrackFold.gap(state, 1, 10, FoldSink.NONE);
    TrackFold.gap(state, 12, 12, FoldSink.NONE);
    assertThat(state.gapCount()).isEqualTo(2);
    assertThat(FoldState.decode(state.encode()).gapCount()).isEqualTo(2);
    TrackFold.end(state, FoldSink.NONE);
    TrackFold.gap(state, 14, 14, FoldSink.NONE);
    assertThat(state.gapCount()).isEqualTo(2);
  }
}
