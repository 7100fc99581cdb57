package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is doubted, why, and what it costs. */
class VerdictTest {
  private final Outputs out = new Outputs();

  @Test
  void aJump_isSetAsideWithItsReason_andCostsNothing() {
    FoldState state = Recording.of("run").north(100, 3).stray(300).north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.TOO_FAST);
    Verdict verdict = out.verdicts.get(0);
    assertThat(verdict.index()).isZero();
    assertThat(verdict.confidence()).isGreaterThan(0.9);
    assertThat(verdict.value()).isCloseTo(300, within(10.0));
    assertThat(verdict.limit()).isEqualTo(12);
    assertThat(verdict.unit()).isEqualTo("m/s");
    assertThat(verdict.latitudeDeg()).isCloseTo(55.7554, within(1e-3));
    assertThat(state.figures().rejectedFixCount()).isEqualTo(1);
    // The second of the jump was stood still.
    assertThat(state.figures().distanceM()).isCloseTo(597, within(3.0));
  }

  @Test
  void aFixBesideTheTrack_isSetAside() {
    FoldState state = Recording.of("run").north(100, 3).stray(-24).north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.OFF_TRACK);
    assertThat(state.figures().distanceM()).isCloseTo(597, within(3.0));
  }

  @Test
  void aReceiverThatDoesNotKnow_isNotAsked() {
    FoldState state = Recording.of("run")
        .north(50, 3)
        .accuracyCm(20_000)
        .north(5, 3)
        .accuracyCm(400)
        .north(50, 3)
        .fold(out);
    assertThat(out.verdicts).hasSize(5).allMatch(v -> v.reason() == Reason.INACCURATE);
    assertThat(out.verdicts.get(0).value()).isEqualTo(200);
    assertThat(state.figures().distanceM()).isCloseTo(104 * 3, within(2.0));
  }

  @Test
  void impossiblePositions_areSetAside() {
    Recording recording = Recording.of("run").north(20, 3);
    long at = recording.atMs();
    recording
        .rawFix(at + 100, 0, 0, 0, 400)
        .rawFix(at + 200, 910_000_000, 10, 0, 400)
        .rawFix(at + 300, 10, -1_810_000_000, 0, 400)
        .rawFix(at + 400, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 400)
        .north(20, 3)
        .fold(out);
    assertThat(out.verdicts).hasSize(4).allMatch(v -> v.reason() == Reason.IMPOSSIBLE_POSITION);
    assertThat(out.verdicts.get(1).value()).isEqualTo(91);
    assertThat(out.verdicts.get(2).value()).isEqualTo(-181);
  }

  @Test
  void theSameTimeTwice_andAStraggler_areSetAside() {
    FoldState state = Recording.of("run")
        .north(50, 3)
        .fix()
        .fixAt(Recording.START + 10_000, 55.7, 37.6)
        .north(50, 3)
        .fold(out);
    assertThat(out.verdicts)
        .extracting(Verdict::reason)
        .containsExactly(Reason.DUPLICATE, Reason.OUT_OF_ORDER);
    assertThat(out.verdicts.get(1).value()).isEqualTo(40_000);
    assertThat(state.figures().distanceM()).isCloseTo(297, within(1.0));
  }

  @Test
  void oneFixFromTheFuture_doesNotEndTheTrack() {
    Recording recording = Recording.of("run").north(50, 3);
    FoldState state = recording
        .fixAt(recording.atMs() + 86_400_000L, 55.75, 37.6)
        .north(50, 3)
        .fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.AHEAD_OF_TIME);
    assertThat(state.figures().distanceM()).isCloseTo(297, within(1.0));
    assertThat(state.figures().timerS()).isEqualTo(100);
  }

  @Test
  void aClockThatWasSetBack_costsTenFixes() {
    Recording recording = Recording.of("run").north(100, 3);
    long at = recording.atMs();
    double latitude = 55.75 + 300 / 111_340.0;
    for (int i = 1; i <= 100; i++) {
      latitude += 3 / 111_340.0;
      recording.fixAt(at - 3_600_000 + i * 1_000L, latitude, 37.6);
    }
    FoldState state = recording.fold(out);
    assertThat(out.verdicts).hasSize(10).allMatch(v -> v.reason() == Reason.OUT_OF_ORDER);
    assertThat(state.figures().distanceM()).isCloseTo(297 + 89 * 3, within(3.0));
  }

  @Test
  void aSilence_isBridgedStraight_andSaidToBeEstimated() {
    FoldState state =
        Recording.of("run").north(100, 3).silence(120, 3, 0).north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(out.verdicts.get(0).value()).isEqualTo(121);
    assertThat(state.figures().distanceM()).isCloseTo(99 * 3 + 121 * 3 + 99 * 3, within(2.0));
    assertThat(state.figures().estimatedM()).isCloseTo(363, within(2.0));
    assertThat(state.figures().movingS()).isCloseTo(319, within(4.0));
    assertThat(out.points).filteredOn(p -> p.flags() == TrackPoint.ESTIMATED).hasSize(1);
  }

  @Test
  void aLongSilenceAtOnePlace_isAPauseThatNobodyMarked() {
    FoldState state =
        Recording.of("run").north(100, 3).silence(300, 0, 0).north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.PAUSE_DETECTED);
    assertThat(out.verdicts.get(0).value()).isEqualTo(301);
    assertThat(out.verdicts.get(0).unit()).isEqualTo("s");
    assertThat(state.figures().timerS()).isEqualTo(199);
    assertThat(state.figures().elapsedS()).isEqualTo(500);
    assertThat(state.figures().distanceM()).isCloseTo(99 * 3 + 99 * 3, within(2.0));
  }

  @Test
  void whoMarksPauses_marksAllOfThem() {
    FoldState state = Recording.of("run")
        .north(100, 3)
        .pause()
        .silence(60, 0, 0)
        .resume()
        .north(10, 3)
        .silence(300, 0, 0)
        .north(100, 3)
        .fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(state.figures().timerS()).isEqualTo(510);
  }

  @Test
  void whoseHeartIsHeard_isStillRecording() {
    Recording run = Recording.of("run").north(100, 3);
    for (int i = 0; i < 300; i++) {
      run.silence(1, 0, 0).heart();
    }
    FoldState state = run.north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(state.figures().timerS()).isEqualTo(500);
  }

  @Test
  void aReceiverThatLeavesOutDullPlaces_wasNotPaused() {
    FoldState state = Recording.of("walk")
        .sparse(60, 8, 1.2)
        .silence(60, 0, 0)
        .sparse(60, 8, 1.2)
        .fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(state.figures().timerS()).isEqualTo(2 * 480 + 60);
  }

  @Test
  void betweenFixesThatAreFarApart_nobodySuddenlyGoesThreeTimesAsFast() {
    Recording walk = Recording.of("walk").accuracyCm(300).sparse(60, 15, 1.2);
    walk.silence(15, 1.2, 0).fixAt(walk.atMs(), walk.latitudeDeg(), 37.6 + 75 / 62_800.0);
    FoldState state = walk.sparse(60, 15, 1.2).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.OFF_TRACK);
    assertThat(state.figures().distanceM()).isCloseTo(120 * 15 * 1.2, within(5.0));
  }

  @Test
  void aTrainRideThroughASilence_isNotARun() {
    FoldState state =
        Recording.of("run").north(100, 3).silence(600, 30, 0).north(100, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_NOT_BRIDGED);
    assertThat(state.figures().distanceM()).isCloseTo(594, within(2.0));
    assertThat(state.figures().estimatedM()).isZero();
  }

  @Test
  void aLongSilence_isASilence_notTheFuture() {
    FoldState state =
        Recording.of("hike").north(100, 1).silence(3_600, 0.5, 0).north(100, 1).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(state.figures().distanceM()).isCloseTo(99 + 1_801 + 99, within(3.0));
  }

  @Test
  void whoSeesAnotherTrackForLong_isBelieved() {
    FoldState state =
        Recording.of("run").north(60, 3).silence(1, 400, 0).north(60, 3).fold(out);
    assertThat(state.figures().rejectedFixCount()).isEqualTo(4);
    assertThat(out.verdicts.get(4).reason()).isEqualTo(Reason.TRACK_MOVED);
    assertThat(out.verdicts.get(4).value()).isGreaterThan(out.verdicts.get(4).limit());
    assertThat(state.figures().distanceM()).isBetween(330.0, 360.0);
  }

  @Test
  void aTrackThatMovedByWhatOneCanGo_isJoinedStraight() {
    FoldState state =
        Recording.of("run").north(60, 3).shifted(0, 45).north(60, 3).fold(out);
    Verdict last = out.verdicts.get(out.verdicts.size() - 1);
    assertThat(last.reason()).isEqualTo(Reason.TRACK_MOVED);
    assertThat(last.value()).isLessThanOrEqualTo(last.limit());
    assertThat(state.figures().estimatedM()).isBetween(40.0, 60.0);
  }

  /** After seconds of silence no gate tells a jump from a bend; the next fix does. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 25})
  void aJumpAfterASilence_isLeftOut_onceTheTrackGoesOn(int silenceS) {
    Recording recording = Recording.of("run").north(100, 3).silence(silenceS, 3, 0);
    double offDeg = 8.0 * Math.min(silenceS, 15) / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    FoldState live = recording.live(out);
    assertThat(live.figures().distanceM()).isBetween(290.0, 298.0);
    assertThat(out.verdicts).isEmpty();
    FoldState state = recording.north(100, 3).fold(out);
    assertThat(out.verdicts.get(0).reason()).isIn(Reason.JUMP, Reason.OFF_TRACK);
    assertThat(state.figures().distanceM()).isCloseTo((99 + silenceS + 100) * 3, within(6.0));
    assertThat(state.figures().rejectedFixCount()).isEqualTo(1);
    assertThat(state.figures().timerS()).isEqualTo(200 + silenceS);
  }

  /** The same after a gap; where fixes are rare, no fix after a gap waits for the next. */
  @ParameterizedTest
  @ValueSource(ints = {1, 14, 16})
  void aJumpAfterAGap_isLeftOut_exceptWhereFixesAreRare(int intervalS) {
    Recording recording = Recording.of("run").sparse(200, intervalS, 3).silence(40, 3, 0);
    double offDeg = 120.0 / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    recording.silence(4, 3, 0).fix().sparse(200, intervalS, 3).fold(out);
    assertThat(out.verdicts.get(0).reason())
        .isEqualTo(intervalS < 15 ? Reason.JUMP : Reason.GAP_BRIDGED);
    if (intervalS < 15) {
      assertThat(out.verdicts).hasSize(2);
      assertThat(out.verdicts.get(0).value()).isPositive();
      assertThat(out.verdicts.get(0).limit()).isCloseTo(Math.sqrt(14), within(1e-9));
      assertThat(out.verdicts.get(0).longitudeDeg()).isCloseTo(37.6 + offDeg, within(1e-6));
      assertThat(out.verdicts.get(1).reason()).isEqualTo(Reason.GAP_BRIDGED);
      assertThat(out.verdicts.get(1).value()).isEqualTo(44);
    }
  }

  /** Ten seconds of another sensor are long enough to wait. */
  @ParameterizedTest
  @ValueSource(ints = {9, 12})
  void aDoubtfulFix_waitsTenSecondsBesideOtherSensors(int seconds) {
    Recording recording = Recording.of("run").north(100, 3).silence(10, 3, 0);
    double offDeg = 50.0 / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    recording.silence(seconds, 3, 0).later(500).heart().later(2_000).heart();
    recording.live(out);
    assertThat(out.points).hasSize(seconds < 10 ? 100 : 101);
  }

  /** A bend after the same silence is one: the next fix goes on from it. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 25})
  void aBendAfterASilence_isABend(int silenceS) {
    Recording recording = Recording.of("run").north(100, 3).silence(silenceS, 0, 3);
    FoldState state = recording.fix().move(100, 1, 0, 3, 0).fold(out);
    assertThat(out.verdicts).isEmpty();
    assertThat(state.figures().distanceM()).isCloseTo((99 + silenceS + 100) * 3, within(8.0));
  }

  /** Nothing else will come: a mark and the end take what waits, and so does its bytes' reader. */
  @Test
  void aDoubtfulFixIsTaken_whereNothingFollows() {
    Recording recording = Recording.of("run").north(100, 3).silence(10, 3, 0);
    double offDeg = 50.0 / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    double straight = 297 + Math.hypot(30, 50);
    FoldState ended = FoldState.decode(recording.later(5_000).heart().live(out).encode());
    assertThat(ended.figures().distanceM()).isCloseTo(297, within(1.0));
    assertThat(ended.figures().elapsedS()).isEqualTo(110);
    TrackFold.end(ended, out);
    assertThat(ended.figures().distanceM()).isCloseTo(straight, within(12.0));
    FoldState paused = recording.pause().later(5_000).heart().live(out);
    assertThat(paused.figures().distanceM()).isEqualTo(ended.figures().distanceM());
  }

  /** A tunnel, a train out of it, and on foot again: each fix is a point or a verdict that refuses it. */
  @ParameterizedTest
  @ValueSource(ints = {10, 25, 60})
  void whateverWaited_isAPointOrRefused_inTheEnd(int silenceS) {
    Recording recording = Recording.of("run").north(300, 3).silence(silenceS, 25, 0);
    Figures live = recording.north(300, 25).live(out).figures();
    assertThat(live.fixCount()).isEqualTo(598);
    assertThat(out.points).hasSize(598 - live.rejectedFixCount());
    assertThat(live.rejectedFixCount()).isPositive();
    Outputs all = new Outputs();
    Figures figures = recording.north(300, 3).fold(all).figures();
    assertThat(all.points).hasSize(900 - figures.rejectedFixCount());
    assertThat(figures.distanceM()).isBetween(1_780.0, 1_830.0);
  }

  /** Two ways that a track which turns at every fix could be taken for one that jumps. */
  @ParameterizedTest
  @ValueSource(ints = {8, 15})
  void whoTurnsAtEveryFix_isNotSaidToJump(int intervalS) {
    Recording recording = Recording.of("run").sparse(10, intervalS, 3);
    for (int i = 0; i < 30; i++) {
      recording.silence(intervalS, 0, i % 4 < 2 ? 3 : 0).silence(0, 0, 0);
      recording.shifted(i % 4 >= 2 ? (i % 2 == 0 ? 3 : -3) * intervalS : 0, 0).fix();
    }
    recording.sparse(10, intervalS, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).doesNotContain(Reason.JUMP);
  }

  /** Less than what makes a training longer, and all the more likely to be taken for a gap. */
  @ParameterizedTest
  @ValueSource(ints = {36, 600, 899})
  void oneFixSomeMinutesAhead_isNoGap(int aheadS) {
    Recording recording = Recording.of("run").north(200, 3);
    recording.fixAt(
        recording.atMs() + aheadS * 1_000L, recording.latitudeDeg(), recording.longitudeDeg());
    Figures figures = recording.north(3_400, 3).fold(out).figures();
    assertThat(out.verdicts).hasSize(1);
    Verdict only = out.verdicts.get(0);
    assertThat(only.reason()).isEqualTo(Reason.AHEAD_OF_TIME);
    assertThat(only.value()).isEqualTo(aheadS);
    assertThat(only.limit()).isEqualTo(30);
    assertThat(figures.timerS()).isEqualTo(3_600);
    assertThat(figures.distanceM()).isCloseTo(3_599 * 3, within(3.0));
  }

  @Test
  void theFixAfterASilenceIsTaken_whenTheRecordingEndsThere() {
    FoldState state = Recording.of("run").north(100, 3).silence(120, 3, 0).fix().live(out);
    assertThat(out.points).hasSize(98); // the newest two seconds wait
    TrackFold.end(state, out);
    assertThat(out.points).hasSize(101);
    assertThat(state.figures().distanceM()).isCloseTo(99 * 3 + 120 * 3, within(2.0));
  }

  @Test
  void nowhere_isNoMatterOfALimit() {
    Recording recording = Recording.of("run").north(5, 3);
    recording.later(1_000).rawFix(recording.atMs(), 0, 0, 0, 500);
    recording.later(1_000).rawFix(recording.atMs(), 950_000_000, 0, 0, 500);
    recording.fold(out);
    assertThat(out.verdicts).extracting(Verdict::value).containsExactly(0.0, 95.0);
    assertThat(out.verdicts).extracting(Verdict::limit).containsExactly(0.0, 90.0);
  }

  @Test
  void aTrainTripInOtherSports_keepsItsWay() {
    FoldState state = Recording.of("other").north(300, 40).fold(out);
    assertThat(out.verdicts).isEmpty();
    assertThat(state.figures().distanceM()).isCloseTo(299 * 40, within(20.0));
  }
}
