package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that write down only what they find worth it, and places without a receiver. */
class SparseRecordingTest {
  private final Outputs out = new Outputs();

  @Test
  void heartRatesSecondsApart_holdUntilTheNext() {
    Recording recording = Recording.of("run").heartRate(150);
    for (int i = 0; i < 240; i++) {
      recording.silence(15, 0, 0).heart();
    }
    Figures figures = recording.fold(out).figures();
    double[] zoneS = figures.heartRateZoneS();
    assertThat(zoneS[HeartRateZones.zone(150, 190) - 1]).isEqualTo(239 * 15.0);
    // Banister: minutes, the share of the reserve, and the mean of both sexes' weights.
    double share = (150 - 60) / (190.0 - 60);
    double men = 0.64 * Math.exp(1.92 * share);
    double women = 0.86 * Math.exp(1.67 * share);
    assertThat(figures.effort().trainingImpulse())
        .isCloseTo(239 / 4.0 * share * (men + women) / 2, within(1e-9));
  }

  @Test
  void aHeartThatIsHeardNoMore_holdsForHalfAMinute() {
    Figures figures = Recording.of("run")
        .heartRate(150)
        .blindHeart(2)
        .silence(300, 0, 0)
        .heart()
        .fold(out)
        .figures();
    assertThat(figures.heartRateZoneS()[HeartRateZones.zone(150, 190) - 1]).isEqualTo(31);
  }

  @Test
  void aWheelThatSpeaksEverySixSeconds_goesItsWay() {
    Recording recording = Recording.of("ride");
    SampleBatch batch = new SampleBatch();
    for (int i = 0; i <= 600; i++) {
      batch.speeds().add(recording.atMs() + i * 6_000L, 0, 800);
    }
    FoldState state = recording.live(out);
    TrackFold.step(state, batch, out);
    TrackFold.end(state, out);
    assertThat(state.figures().motion().sensorDistanceM()).isCloseTo(28_800, within(1e-6));
    assertThat(state.figures().distanceM()).isCloseTo(28_800, within(1e-6));
  }

  @Test
  void indoors_everySecondCounts_pausesOrNot() {
    Recording recording = Recording.of("indoor").sensorSpeed(300);
    for (int i = 0; i < 10; i++) {
      recording.blind(25, 3).pause().silence(5, 0, 0).resume();
    }
    Figures figures = recording.fold(out).figures();
    // Of each 25 s the first value only begins.
    assertThat(figures.distanceM()).isCloseTo(10 * 24 * 3, within(1e-6));
    assertThat(figures.timerS()).isEqualTo(250);
    assertThat(figures.movingS()).isGreaterThan(235);
    assertThat(out.points).hasSize(240).noneMatch(TrackPoint::hasPosition);
    assertThat(out.points.get(239).distanceM()).isEqualTo(figures.distanceM());
  }

  @Test
  void aPauseSoonAfterTheReceiverFellSilent_losesNothing() {
    Figures figures = Recording.of("run")
        .accuracyCm(SampleBatch.ABSENT)
        .sensorSpeed(300)
        .north(100, 3)
        .blind(20, 3)
        .pause()
        .silence(60, 0, 0)
        .resume()
        .north(100, 3)
        .fold(out)
        .figures();
    assertThat(figures.distanceM()).isCloseTo(99 * 3 + 20 * 3 + 99 * 3, within(2.0));
    assertThat(figures.estimatedM()).isCloseTo(60, within(1e-6));
  }

  @Test
  void aRunThatEndsInATunnel_hasThatWayInItsPoints() {
    Figures figures =
        Recording.of("run").steps(2.8).north(300, 3).blind(100, 3).fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(1_197, within(30.0));
    TrackPoint last = out.points.get(out.points.size() - 1);
    assertThat(last.distanceM()).isEqualTo(figures.distanceM());
    assertThat(last.hasPosition()).isFalse();
    assertThat(last.flags()).isEqualTo(TrackPoint.ESTIMATED);
  }

  /** What a slow wheel says of the way before the latest fix was counted by that fix. */
  @Test
  void pausesSoonAfterAWheelSpoke_countNothingTwice() {
    Recording recording = Recording.of("ride").accuracyCm(SampleBatch.ABSENT).sensorSpeed(800);
    for (int lap = 0; lap < 20; lap++) {
      recording.sensorSpeed(-1);
      for (int second = 1; second <= 60; second++) {
        recording.north(1, 8);
        if (second % 5 == 0) {
          recording.sensorSpeed(800).speedNow().sensorSpeed(-1);
        }
      }
      recording.pause().silence(10, 0, 0).resume();
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isBetween(20 * 59 * 8 - 20.0, 20 * 60 * 8 + 20.0);
  }

  @Test
  void aLapMarkAmidARest_takesNoTime() {
    Recording recording = Recording.of("hike").accuracyCm(SampleBatch.ABSENT).north(360, 1.2);
    recording.silence(440, 0, 0).lap().silence(460, 0, 0).north(360, 1.2);
    Figures figures = recording.lap().fold(out).figures();
    assertThat(out.laps).hasSize(2).allSatisfy(lap -> assertThat(lap.timerS()).isNotNegative());
    assertThat(out.laps.stream().mapToDouble(Lap::timerS).sum()).isEqualTo(figures.timerS());
  }

  /** The lap ends between two fixes, not at the one before. */
  @ParameterizedTest
  @CsvSource({"1", "5", "8"})
  void lapsAreAsLongAsTheyWere_howeverFarApartFixesAre(int secondsBetween) {
    Recording recording = Recording.of("run").accuracyCm(SampleBatch.ABSENT);
    long start = recording.atMs();
    int lap = 1;
    for (int second = 1; second <= 1_100; second++) {
      recording.silence(1, 3, 0);
      if (second % secondsBetween == 0) {
        recording.fix();
      }
      if (second == 3 + 333 * lap && lap <= 3) {
        recording.lap();
        lap++;
      }
    }
    recording.fold(out);
    assertThat(out.laps).hasSize(4);
    assertThat(out.laps.stream().mapToDouble(Lap::distanceM).sum())
        .isCloseTo(out.points.get(out.points.size() - 1).distanceM(), within(1e-5));
    // The first begins with the first fix.
    assertThat(out.laps.get(0).distanceM()).isCloseTo((336 - secondsBetween) * 3, within(0.05));
    assertThat(out.laps.get(1).distanceM()).isCloseTo(999, within(0.02));
    assertThat(out.laps.get(2).distanceM()).isCloseTo(999, within(0.02));
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(336.0, 333.0, 333.0, 98.0);
    assertThat(out.laps.get(1).endAtEpochMs()).isEqualTo(start + 669_000);
  }

  /** What a wheel measured in a tunnel is not measured again by the first fix after it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void tunnels_areCountedOnce_byAWheelOrByItsFixes(int secondsBetween) {
    Recording recording = Recording.of("ride").accuracyCm(400).sensorSpeed(1_000);
    for (int tunnel = 0; tunnel < 5; tunnel++) {
      open(recording, 80, secondsBetween);
      recording.blind(45, 10);
    }
    open(recording, 80, secondsBetween);
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(10.0 * (6 * 80 + 5 * 45), within(20.0));
    assertThat(figures.timerS()).isEqualTo(6 * 80 + 5 * 45);
  }

  private static void open(Recording recording, int seconds, int secondsBetween) {
    for (int second = 1; second <= seconds; second++) {
      recording.blind(1, 10);
      if (second % secondsBetween == 0) {
        recording.fix();
      }
    }
  }

  /** Sensors that speak again with the first fix were silent with it. */
  @ParameterizedTest
  @ValueSource(ints = {45, 60, 180})
  void lights_areNoRidingTime_besideAllSensors(int standingS) {
    Recording recording = Recording.of("ride").sensorSpeed(800).cadence(85).power(200);
    recording.accuracyCm(400).north(90, 8);
    for (int light = 0; light < 5; light++) {
      recording.silence(standingS, 0, 0).north(90, 8);
    }
    Figures figures = recording.fold(out).figures();
    assertThat(out.verdicts)
        .hasSize(5)
        .allMatch(verdict -> verdict.reason() == Verdict.Reason.PAUSE_DETECTED);
    assertThat(figures.timerS()).isCloseTo(6 * 90, within(6.0));
    assertThat(figures.distanceM()).isCloseTo(6 * 90 * 8, within(60.0));
  }

  /** A fix that waits takes nothing from the sensors that go on. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wayAfterADoubtfulFix_counts_upToThePauseAndTheEnd(boolean paused) {
    Recording recording = Recording.of("run").accuracyCm(400).sensorSpeed(300).north(100, 3);
    recording.blind(3, 3).shifted(0, 22).blind(1, 3).fix().blind(25, 3);
    if (paused) {
      recording.pause().silence(10, 0, 0).resume();
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isBetween(297 + 12 + 70.0, 297 + 26 + 80.0);
  }

  @Test
  void aLapAfterAPause_countsFromTheResume() {
    Recording recording =
        Recording.of("run").north(100, 3).pause().silence(60, 0, 0).resume();
    recording.later(400).lap().later(600).north(50, 3).lap().later(700).fold(out);
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(100.4, 50.6);
  }

  @Test
  void whatSensorsSaidBeforeTheStart_isNoPartOfIt() {
    Recording recording =
        Recording.sensor().power(300).cadence(90).sensorSpeed(0).steps(2.5);
    for (int second = 0; second < 60; second++) {
      recording.blind(1, 0).heart();
    }
    recording.later(500);
    recording.markAt(Mark.start(recording.atMs(), 0, "ride", "UTC", 0, "Phone", "1", 1));
    recording.steps(Double.NaN).power(200).cadence(80).heartRate(120).sensorSpeed(500);
    recording.north(61, 5);
    Figures figures = recording.live(out).figures();
    assertThat(figures.timerS()).isCloseTo(60, within(2.0));
    assertThat(figures.maxHeartRateBpm()).isEqualTo(120);
    assertThat(figures.power().averageW()).isEqualTo(200);
    assertThat(figures.motion().highestCadencePerMin()).isEqualTo(80);
    assertThat(figures.motion().sensorDistanceM()).isCloseTo(300, within(15.0));
    assertThat(figures.motion().steps()).isLessThan(4);
  }

  @Test
  void lapsInAPauseAndAtTheEnd_endWhereTheWayDid() {
    Recording recording = Recording.of("run").accuracyCm(SampleBatch.ABSENT).sparse(20, 5, 3);
    recording.silence(2, 6, 0).lap().silence(1, 3, 0).pause().silence(50, 0, 0).lap();
    recording.silence(10, 0, 0).resume().sparse(20, 5, 3).silence(2, 0, 0).lap();
    Figures figures = recording.fold(out).figures();
    assertThat(out.laps).extracting(Lap::timerS).containsExactly(102.0, 1.0, 102.0);
    assertThat(out.laps.get(0).distanceM()).isCloseTo(19 * 15, within(0.5));
    assertThat(out.laps.get(1).distanceM()).isZero();
    assertThat(out.laps.stream().mapToDouble(Lap::distanceM).sum())
        .isCloseTo(figures.distanceM(), within(1e-6));
  }
}
