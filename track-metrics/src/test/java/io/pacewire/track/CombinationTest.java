package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several devices recorded of the same run. */
class CombinationTest {
  private static Recording run() {
    return run("run");
  }

  private static Recording run(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT).heartRate(0);
  }

  private static void assertSplitsSum(JoinedRun all) {
    assertThat(all.out.splits.stream().mapToDouble(Split::distanceM).sum())
        .isEqualTo(all.distanceM());
  }

  @Test
  void oneWriter_isWhatItsFoldSays_bitForBit() {
    Recording phone = run()
        .heartRate(140)
        .north(100, 3)
        .lap()
        .pause()
        .silence(90, 1, 0)
        .resume()
        .silence(60, 3, 0)
        .north(950, 3);
    Outputs alone = new Outputs();
    FoldState state = phone.fold(alone);
    JoinedRun all = JoinedRun.of(phone);
    assertThat(all.out.firstDifference(alone)).isNull();
    assertThat(all.out.lines).hasSameSizeAs(alone.lines);
    assertThat(all.figuresText()).isEqualTo(JoinedRun.text(state.figures()));
    assertSplitsSum(all);
  }

  /** It counts from its own time on: the sport of the filters, and who looks at a state meanwhile. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void aStartAmongTheSamples_countsFromThereOn_howeverTheyAreCut(int seed) {
    Recording phone = Recording.sensor().accuracyCm(SampleBatch.ABSENT).north(20, 3);
    phone.markAt(Mark.start(phone.atMs() + 500, 0, "ride", "UTC", 0, "Phone", "1", 1));
    phone.north(100, 9);
    Recording hub = Recording.sensor().heartRate(150).silence(130, 0, 0);
    JoinedRun one = JoinedRun.of(phone, hub);
    JoinedRun other = JoinedRun.cut(new Random(seed), phone, hub);
    assertThat(other.out.firstDifference(one.out)).isNull();
    assertThat(other.figuresText()).isEqualTo(one.figuresText());
  }

  /** A receiver that goes on after the finish, unusably, while another's fixes fill a gap before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void refusedFixesAfterTheEnd_holdNothingUp_howeverTheyAreCut(int seed) {
    Recording watch = run().silence(60, 3, 0).move(58, 1, 3, 0, 0);
    Recording phone = Recording.sensor().accuracyCm(SampleBatch.ABSENT).north(60, 3);
    phone.accuracyCm(9_000).silence(70, 3, 0).north(30, 3);
    JoinedRun one = JoinedRun.of(watch, phone);
    JoinedRun other = JoinedRun.cut(new Random(seed), watch, phone);
    assertThat(one.who.fills()).hasSize(1);
    assertThat(other.out.firstDifference(one.out)).isNull();
    assertThat(other.figuresText()).isEqualTo(one.figuresText());
  }

  @Test
  void aWriterThatSaysNothingOfUse_changesNoBit() {
    Recording phone = run().heartRate(140).north(400, 3);
    Recording idle = Recording.sensor().silence(30, 0, 0).heartAt(Recording.START + 30_000, 0);
    JoinedRun all = JoinedRun.of(phone, idle);
    assertThat(all.figuresText()).isEqualTo(JoinedRun.of(phone).figuresText());
  }

  @Test
  void whoHasMostFixes_drawsTheLine_andOthersAreNotAveragedIn() {
    Recording watch = run().north(300, 3);
    Recording phone = run().from(55.7502, 37.6).sparse(30, 10, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.who.stopwatch().writer()).isZero();
    assertThat(all.distanceM()).isCloseTo(299 * 3, within(1.0));
    assertThat(all.out.points).hasSize(300);
  }

  @Test
  void whereOneHasNoFixes_theOtherGoesOn() {
    // The watch sees nothing from second 100 to 300, where the road goes round a corner.
    Recording watch = run().north(100, 3).silence(200, 1.5, 1.5).north(300, 3);
    Recording phone = run().silence(100, 3, 0).move(100, 1, 0, 3, 0).move(99, 1, 3, 0, 0);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.distanceM()).isCloseTo(99 * 3 + 100 * 3 + 99 * 3 + 300 * 3, within(12.0));
    assertThat(all.figures.estimatedM()).isZero();
    assertThat(all.figures.timerS()).isEqualTo(600);
    assertThat(all.out.points).hasSizeGreaterThan(585);
    assertThat(all.out.points).extracting(TrackPoint::atEpochMs).isSorted();
    assertThat(all.out.points).extracting(TrackPoint::distanceM).isSorted();
    assertThat(all.out.points).extracting(TrackPoint::index).doesNotHaveDuplicates();
    assertSplitsSum(all);
  }

  @Test
  void oneCorrectFixWithinAGap_takesNoWay() {
    // 600 s without a fix at 3 m/s; the other one saw the middle.
    Recording phone = run().north(300, 3).silence(600, 3, 0).north(300, 3);
    Recording watch = run().silence(600, 3, 0).fix();
    double alone = JoinedRun.of(phone).distanceM();
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(alone).isCloseTo(1_199 * 3, within(1.0));
    assertThat(all.distanceM()).isCloseTo(alone, within(1.0));
    assertThat(all.figures.estimatedM()).isCloseTo(601 * 3, within(4.0));
    assertThat(all.out.points).hasSize(601);
  }

  @Test
  void oneFixRoundACorner_makesTheWayLonger_estimated() {
    // 300 s east and 300 s north: straight across it is 1,273 m, by the corner 1,800 m.
    Recording phone = run().north(300, 3).silence(300, 0, 3).silence(300, 3, 0).north(300, 3);
    Recording watch = run().silence(300, 3, 0).silence(300, 0, 3).fix();
    assertThat(JoinedRun.of(phone).figures.estimatedM()).isCloseTo(1_273, within(5.0));
    assertThat(JoinedRun.of(phone, watch).figures.estimatedM()).isCloseTo(1_800, within(8.0));
  }

  @Test
  void aFixThatNobodyCouldHaveReached_isLeftOut_andTheBridgeStays() {
    Recording phone = run().north(300, 3).silence(600, 3, 0).north(300, 3);
    Recording stray = run().silence(600, 3, 0).silence(1, 0, 5_000).fix();
    JoinedRun all = JoinedRun.of(phone, stray);
    assertThat(all.figuresText()).isEqualTo(JoinedRun.of(phone).figuresText());
  }

  @Test
  void whatOneLeavesOpen_isOfferedToTheNext() {
    Recording phone = run().north(100, 3).silence(200, 0, 3).silence(200, 3, 0).north(100, 3);
    Recording first = run().silence(100, 3, 0).move(199, 1, 0, 3, 0);
    Recording second = run().silence(100, 3, 0).silence(200, 0, 3).move(201, 1, 3, 0, 0);
    JoinedRun all = JoinedRun.of(phone, first, second);
    assertThat(all.distanceM()).isCloseTo(599 * 3, within(15.0));
    assertThat(all.who.fillers()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void whatStepsSayOfATunnel_givesWayToAnothersFixes() {
    Recording phone = run().steps(2.5).north(300, 3).blind(150, 3).north(100, 3);
    Recording watch = run().silence(300, 3, 0).north(150, 3);
    assertThat(JoinedRun.of(phone).figures.estimatedM()).isGreaterThan(350);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.estimatedM()).isZero();
    assertThat(all.distanceM()).isCloseTo(549 * 3, within(8.0));
  }

  @Test
  void whereThePhoneDied_theWatchFinishes() {
    Recording phone = run().north(400, 3);
    Recording watch = run().silence(300, 3, 0).north(300, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isZero();
    assertThat(all.distanceM()).isCloseTo(599 * 3, within(4.0));
    assertThat(all.figures.timerS()).isEqualTo(600);
    assertThat(all.out.points).hasSize(600);
  }

  @Test
  void aWatchThatStartedBefore_startsTheStopwatch() {
    Recording phone = Recording.late("run", 100).heartRate(0);
    phone.silence(100, 3, 0).north(300, 3);
    Recording watch = run().north(150, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.distanceM()).isCloseTo(399 * 3, within(4.0));
    assertThat(all.figures.timerS()).isEqualTo(400);
    assertThat(all.figures.startAtEpochMs()).isEqualTo(Recording.START);
  }

  /** As many marks as a batch may have before its own start, and the earlier start besides. */
  @Test
  void aBatchFullOfMarks_isJoinedAsAnyOther() {
    SampleBatch full = new SampleBatch();
    full.header(new UUID(0, 1), 0, 0, 0);
    for (int lap = 0; lap < WireLimits.MAX_MARKS; lap++) {
      full.addMark(Mark.lap(Recording.START + 100_000, 0));
    }
    Recording phone = Recording.late("run", 100).heartRate(0).silence(100, 3, 0).north(300, 3);
    List<SampleBatch> line = new ArrayList<>(List.of(full));
    line.addAll(phone.batches(new int[] {1_000_000}));
    JoinedRun all = JoinedRun.of(List.of(line, run().north(150, 3).batches(new int[] {1_000_000})));
    assertThat(all.who.line().writer()).isZero();
    assertThat(all.figures.startAtEpochMs()).isEqualTo(Recording.START);
    assertThat(all.distanceM()).isCloseTo(399 * 3, within(4.0));
  }

  @Test
  void aPauseIsNotFilled() {
    Recording phone = run().north(300, 3).pause().silence(200, 0, 0).resume().north(100, 3);
    Recording watch = run().silence(310, 3, 0).north(150, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.distanceM()).isCloseTo(JoinedRun.of(phone).distanceM(), within(1.0));
    assertThat(all.figures.timerS()).isEqualTo(400);
  }

  @Test
  void pausesAreTheStopwatchs_evenIfAnotherDrawsTheLine() {
    Recording phone = run().sparse(3, 10, 3).pause().silence(200, 3, 0).resume().sparse(27, 10, 3);
    Recording watch = run().north(500, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.figures.timerS()).isEqualTo(300);
    assertThat(all.distanceM()).isCloseTo(300 * 3, within(10.0));
  }

  @Test
  void anothersPause_doesNotStopTheStopwatch() {
    Recording phone = run().north(500, 3);
    Recording watch = run().north(100, 3).pause().silence(300, 3, 0);
    assertThat(JoinedRun.of(phone, watch).figuresText())
        .isEqualTo(JoinedRun.of(phone).figuresText());
  }

  @Test
  void aDetectedPause_isTakenBack_whereAnotherMoved() {
    // No fix for ten minutes and on at the same place: the phone's fold takes it for a pause.
    Recording phone = run().north(400, 3).silence(600, 0, 0).north(400, 3);
    Recording watch = run().silence(400, 3, 0).move(300, 1, 0, 3, 0).move(299, 1, 0, -3, 0);
    assertThat(JoinedRun.of(phone).figures.timerS()).isCloseTo(800, within(2.0));
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.timerS()).isEqualTo(1_400);
    assertThat(all.distanceM()).isCloseTo(1_399 * 3, within(25.0));
    assertThat(all.out.verdicts)
        .extracting(Verdict::reason)
        .doesNotContain(Verdict.Reason.PAUSE_DETECTED);
  }

  /** There and back, of which the other saw the furthest place alone. */
  @Test
  void aDetectedPause_isTakenBack_byOneFixFarAway() {
    Recording phone = run().north(300, 3).silence(200, 0, 0).north(300, 3);
    Recording watch = run().silence(400, 3, 0).fix().silence(100, -3, 0);
    assertThat(JoinedRun.of(phone).out.verdicts)
        .extracting(Verdict::reason)
        .contains(Verdict.Reason.PAUSE_DETECTED);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.out.verdicts)
        .extracting(Verdict::reason)
        .doesNotContain(Verdict.Reason.PAUSE_DETECTED);
    assertThat(all.distanceM()).isCloseTo((299 + 100 + 100 + 300) * 3, within(16.0));
    assertThat(all.figures.timerS()).isEqualTo(800);
  }

  /** What it lies off by is between two receivers. */
  @Test
  void aDetectedPause_stays_whereTheOthersOneFixIsNear() {
    Recording phone = run().north(300, 3).silence(200, 0, 0).north(300, 3);
    Recording watch = run().north(300, 3).silence(100, 0.3, 0).fix().silence(100, -0.3, 0);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.timerS()).isCloseTo(600, within(2.0));
  }

  @Test
  void aDetectedPause_stays_whereAnotherLayAsWell() {
    Recording phone = run().north(400, 3).silence(600, 0, 0).north(400, 3);
    Recording watch = run().silence(400, 3, 0).move(599, 1, 0, 0, 0);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.timerS()).isCloseTo(800, within(2.0));
  }

  @Test
  void eachSensor_isTheWritersThatHeardItMost() {
    Recording phone = run().steps(2.5).north(100, 3);
    Recording strap = Recording.sensor().heartRate(150).blindHeart(100);
    Recording meter = Recording.sensor().power(250).blind(100, 3);
    JoinedRun all = JoinedRun.of(phone, meter, strap);
    assertThat(all.figures.distanceM()).isCloseTo(99 * 3, within(1.0));
    assertThat(all.figures.averageHeartRateBpm()).isEqualTo(150);
    assertThat(all.figures.heartRateZoneS()[2]).isCloseTo(99, within(1.0)); // 150 of 190: zone 3
    assertThat(all.figures.power().averageW()).isEqualTo(250);
    assertThat(all.figures.motion().steps()).isCloseTo(250, within(5.0));
    assertThat(all.out.points.get(50).heartRateBpm()).isEqualTo(150);
    assertThat(all.out.splits.get(0).averageHeartRateBpm()).isEqualTo(150);
  }

  @Test
  void aSensorIsNotHeard_inAPause_norAfterTheFinish() {
    Recording phone = run().north(100, 3).pause().silence(60, 0, 0).resume().north(100, 3);
    Recording strap = Recording.sensor().heartRate(150).blindHeart(1_000);
    JoinedRun all = JoinedRun.of(phone, strap);
    assertThat(all.figures.timerS()).isEqualTo(200);
    assertThat(all.figures.elapsedS()).isEqualTo(260);
    assertThat(all.figures.heartRateZoneS()[2]).isCloseTo(199, within(2.0));
  }

  @Test
  void aVerdict_isOnTheFixOfWhoMeasuredIt() {
    Recording phone =
        run().north(300, 3).stray(400).north(299, 3).silence(600, 3, 0).north(300, 3);
    Recording watch = run().silence(901, 3, 0).fix();
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.verdictsOf(0)).contains(Verdict.Reason.TOO_FAST, Verdict.Reason.GAP_BRIDGED);
    assertThat(all.verdictsOf(1)).containsExactly(Verdict.Reason.GAP_BRIDGED);
  }

  /** One value of one sensor of one writer, a day ahead or twenty minutes, is no reason to doubt. */
  @ParameterizedTest
  @ValueSource(ints = {1_200, 86_400})
  void aWriterWithOneWrongTime_changesNothingMuch(int aheadS) {
    JoinedRun usual = JoinedRun.of(gappy(0, -1), gappy(1, -1));
    assertThat(usual.figures.heartRateCount()).isEqualTo(3_600);
    assertThat(usual.figures.estimatedM()).isZero();
    for (int wrong = 0; wrong <= 1; wrong++) {
      for (int cut = 0; cut < 4; cut++) {
        Recording line = gappy(0, wrong == 0 ? aheadS : -1);
        Recording other = gappy(1, wrong == 1 ? aheadS : -1);
        JoinedRun all = JoinedRun.cut(cut == 0 ? null : new Random(cut), line, other);
        assertThat(all.who.line().writer()).isZero();
        assertThat(all.distanceM()).isCloseTo(usual.distanceM(), within(2.0));
        assertThat(all.figures.elapsedS()).isEqualTo(3_600);
        assertThat(all.figures.timerS()).isEqualTo(3_600);
        assertThat(all.figures.heartRateCount()).isEqualTo(3_600);
        assertThat(all.figures.estimatedM()).as("writer %s, cut %s", wrong, cut).isZero();
      }
    }
  }

  /** Under trees the line's receiver says itself that it does not know; both stamp whole seconds. */
  @Test
  void whereTheLinesFixesAreRefused_anothersOfTheSameSecondsCount() {
    Recording phone = run().north(300, 3).accuracyCm(8_000).north(300, 3);
    phone.accuracyCm(SampleBatch.ABSENT).north(300, 3);
    Recording watch = run().silence(300, 3, 0).move(150, 1, 3, 3, 0).move(150, 1, 3, -3, 0);
    assertThat(JoinedRun.of(phone).figures.estimatedM()).isCloseTo(903, within(5.0));
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.estimatedM()).isZero();
    assertThat(all.distanceM()).isCloseTo(599 * 3 + 300 * 3 * Math.sqrt(2), within(15.0));
    assertThat(all.verdictsOf(1)).isEmpty();
    assertThat(all.verdictsOf(0)).hasSizeBetween(298, 302).containsOnly(Verdict.Reason.DUPLICATE);
  }

  /** A heart rate that is ahead says nothing of how far the fixes got. */
  @ParameterizedTest
  @ValueSource(ints = {300, 1_200, 86_400})
  void theLinesFirstHeartRate_mayHaveAnyTime(int aheadS) {
    Recording phone = run().north(5, 3);
    phone.heartAt(phone.atMs() + aheadS * 1_000L, 150);
    phone.north(595, 3).silence(300, 3, 0).north(2_700, 3);
    Recording watch = gappy(1, -1);
    JoinedRun usual = JoinedRun.of(gappy(0, -1), gappy(1, -1));
    for (int cut = 0; cut < 4; cut++) {
      JoinedRun all = JoinedRun.cut(cut == 0 ? null : new Random(cut), phone, watch);
      assertThat(all.distanceM()).isCloseTo(usual.distanceM(), within(2.0));
      assertThat(all.figures.estimatedM()).isZero();
      assertThat(all.figures.timerS()).isEqualTo(3_600);
    }
  }

  /** Whoever starts later has the lower number, and so says what it is. */
  @Test
  void theSportHoldsFromTheBeginning_whoeverSaysIt() {
    Recording phone = Recording.late("walk", 300).heartRate(0);
    phone.silence(300, 1, 0).sparse(30, 10, 1);
    Recording watch = run("walk").north(100, 1).move(140, 1, 30, 0, 0).north(360, 1);
    assertThat(JoinedRun.of(watch).distanceM()).isCloseTo(460, within(20.0));
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.who.stopwatch().writer()).isZero();
    assertThat(all.distanceM()).isCloseTo(460, within(20.0));
    assertThat(all.figures.timerS()).isEqualTo(600);
  }

  @Test
  void aStopwatchThatStartedTomorrow_stillPauses() {
    Recording phone = Recording.late("run", 86_400).heartRate(0);
    phone.sparse(30, 10, 3).pause().silence(100, 0, 0).resume().sparse(20, 10, 3);
    Recording watch = run().north(600, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.figures.timerS()).isEqualTo(500);
    assertThat(all.figures.startAtEpochMs()).isBetween(Recording.START, Recording.START + 10_000);
  }

  @Test
  void ifWhoHasMostDoesNotFit_theNextIsAsked() {
    Recording phone = run().north(300, 3).silence(300, 0, 3).silence(300, 3, 0).north(300, 3);
    Recording stray = run().silence(600, 3, 0).silence(1, 0, 90_000).north(5, 3);
    Recording right = run().silence(300, 3, 0).silence(300, 0, 3).fix();
    JoinedRun all = JoinedRun.of(phone, stray, right);
    assertThat(all.who.fillers()).containsExactly(2);
    assertThat(all.figures.estimatedM()).isCloseTo(1_800, within(8.0));
  }

  /** Whoever lends a heart rate changes nothing of what the line's own sensors say. */
  @Test
  void theLinesOwnSensors_countBesideWhatIsLent() {
    Recording phone = run().sensorSpeed(300).cadence(84).power(210);
    for (int second = 0; second < 400; second++) {
      phone.pressure(99_000 - 3 * second / 2).north(1, 3);
    }
    Recording strap = Recording.sensor().heartRate(150).blindHeart(400);
    Figures alone = JoinedRun.of(phone).figures;
    Figures all = JoinedRun.of(phone, strap).figures;
    assertThat(alone.ascentM()).isBetween(45.0, 55.0);
    assertThat(all.ascentM()).isEqualTo(alone.ascentM());
    assertThat(all.motion().sensorDistanceM()).isEqualTo(alone.motion().sensorDistanceM());
    assertThat(all.motion().averageCadencePerMin()).isEqualTo(84);
    assertThat(all.power().workKj()).isEqualTo(alone.power().workKj());
    assertThat(all.averageHeartRateBpm()).isEqualTo(150);
    assertThat(all.heartRateCount()).isEqualTo(400);
  }

  /** Where another hears them, too, and longer, the line's own are not heard. */
  @Test
  void whoIsHeardLonger_isHeardAlone() {
    Recording phone = run().sensorSpeed(300).cadence(84).power(210).north(100, 3);
    phone.sensorSpeed(-1).cadence(-1).power(-1).north(300, 3);
    Recording hub = Recording.sensor().sensorSpeed(310).cadence(90).power(250).blind(400, 3);
    Figures all = JoinedRun.of(phone, hub).figures;
    assertThat(all.motion().averageCadencePerMin()).isEqualTo(90);
    assertThat(all.power().averageW()).isEqualTo(250);
    assertThat(all.motion().sensorDistanceM()).isCloseTo(399 * 3.1, within(5.0));
  }

  /** The line goes on after the stopwatch, and the other way round. */
  @Test
  void aTraining_endsWithTheLastOfThoseThatWereStarted() {
    Recording phone = run().sparse(20, 10, 3);
    Recording watch = run().north(300, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.line().writer()).isEqualTo(1);
    assertThat(all.figures.elapsedS()).isEqualTo(300);
    JoinedRun other = JoinedRun.of(run().north(200, 3), run().sparse(30, 10, 3));
    assertThat(other.who.line().writer()).isZero();
    assertThat(other.figures.elapsedS()).isEqualTo(300);
    assertThat(other.distanceM()).isCloseTo(299 * 3, within(5.0));
  }

  @Test
  void cadenceIsOfWhoHeardItLongest_notOfTheHighestValue() {
    Recording phone = run().north(300, 3).cadence(180).north(1, 3).cadence(-1).north(99, 3);
    Recording watch = run().cadence(170).blind(400, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.figures.motion().averageCadencePerMin()).isEqualTo(170);
  }

  /** An hour at 3 m/s; the line lacks what the other has, who also hears the heart. */
  private static Recording gappy(int writer, int aheadS) {
    Recording recording = writer == 0 ? run() : Recording.sensor().heartRate(150);
    if (writer == 0) {
      recording.north(600, 3);
      strays(recording, aheadS);
      return recording.silence(300, 3, 0).north(2_700, 3);
    }
    going(recording, 600);
    strays(recording, aheadS);
    recording.north(299, 3);
    going(recording, 2_701);
    return recording;
  }

  private static void going(Recording recording, int seconds) {
    for (int i = 0; i < seconds; i++) {
      recording.silence(1, 3, 0).heart();
    }
  }

  private static void strays(Recording recording, int aheadS) {
    if (aheadS > 0) {
      long at = recording.atMs() + aheadS * 1_000L;
      recording.fixAt(at, recording.latitudeDeg(), 37.6).heartAt(at, 150).markAt(Mark.lap(at, 0));
    }
  }

  @Test
  void nobody_orOneTwice_isRefused() {
    WriterTrack phone = JoinedRun.track(0, run().north(10, 3));
    assertThatThrownBy(() -> Combination.of(List.of())).hasMessageContaining("no writer");
    assertThatThrownBy(() -> Combination.of(List.of(phone, phone))).hasMessageContaining("twice");
    JoinedFold fold = new JoinedFold(Combination.of(List.of(phone)), AthleteParameters.defaults());
    assertThatThrownBy(() -> fold.hear(0, new SampleBatch())).hasMessageContaining("line");
  }

  @Test
  void writersWithoutAFix_haveNoLine() {
    JoinedRun all = JoinedRun.of(Recording.of("indoor").blindHeart(60), run().silence(30, 0, 0));
    assertThat(all.out.points).isEmpty();
    assertThat(all.distanceM()).isZero();
    assertThat(all.figures.timerS()).isEqualTo(60);
  }

  /** The phone was asked for power before anybody pressed start on it; the watch started earlier. */
  @ParameterizedTest
  @ValueSource(ints = {15, 30})
  void whatTheLineSaidBeforeItsOwnStart_countsFromTheWatchs(int cutAtS) {
    SampleBatch watch = Batches.of(Mark.start(Recording.START, 0, "ride", "UTC", 0, "W", "1", 1));
    SampleBatch phone = new SampleBatch();
    List<SampleBatch> cut = new ArrayList<>();
    SampleBatch part = new SampleBatch();
    for (int second = 1; second <= 120; second++) {
      long at = Recording.START + second * 1_000L;
      watch.heartRates().add(at, 0, 140, SampleBatch.ABSENT);
      if (second == cutAtS) {
        cut.add(part);
        part = new SampleBatch();
      }
      for (SampleBatch one : List.of(phone, part)) {
        if (second == 40) {
          one.addMark(Mark.start(at, 0, "ride", "UTC", 0, "P", "1", 1));
        }
        int absent = SampleBatch.ABSENT;
        int north = 270 * Math.max(0, second - 40);
        one.fixes()
            .add(at, 0, 557_500_000 + north, 376_000_000, 15_000, 400, absent, absent, absent);
        one.powers().add(at, 0, 200);
      }
    }
    cut.add(part);
    Figures whole = JoinedRun.of(List.of(List.of(phone), List.of(watch))).figures;
    Figures parts = JoinedRun.of(List.of(cut, List.of(watch))).figures;
    assertThat(whole.power().workKj()).isEqualTo(120 * 0.2, within(0.21));
    assertThat(parts.power().workKj()).isEqualTo(whole.power().workKj());
    assertThat(parts.distanceM()).isEqualTo(whole.distanceM());
    assertThat(parts.timerS()).isEqualTo(whole.timerS());
  }

  @Test
  void writers_areSortedByTheirNumber_howeverTheyAreGiven() {
    WriterTrack phone = JoinedRun.track(0, run().sparse(10, 10, 3));
    WriterTrack watch = JoinedRun.track(1, run().sparse(10, 10, 3));
    WriterTrack hub = JoinedRun.track(2, run().sparse(10, 10, 3));
    Combination who = Combination.of(List.of(hub, watch, phone));
    assertThat(who.writers()).containsExactly(phone, watch, hub);
    assertThat(who.stopwatch()).isSameAs(phone);
    assertThat(who.line()).isSameAs(phone);
    assertThat(who.heartRate()).isSameAs(phone);
  }
}
