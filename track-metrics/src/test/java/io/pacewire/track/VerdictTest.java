package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(state.figures().distanceM()).isCloseTo(120 * 3, within(5.0));
  }

  @Test
  void aTrackThatMovedByWhatOneCanGo_isJoined_andCountsAsFarAsOneGot() {
    FoldState state =
        Recording.of("run").north(60, 3).shifted(0, 45).north(60, 3).fold(out);
    Verdict last = out.verdicts.get(out.verdicts.size() - 1);
    assertThat(last.reason()).isEqualTo(Reason.TRACK_MOVED);
    assertThat(last.value()).isLessThanOrEqualTo(last.limit());
    assertThat(state.figures().estimatedM()).isBetween(14.0, 17.0);
    assertThat(state.figures().distanceM()).isCloseTo(119 * 3, within(5.0));
  }

  /** Between houses a receiver is off for a while, and then back. */
  @ParameterizedTest
  @CsvSource({
    "run, 3, 30",
    "run, 3, 60",
    "run, 3, 120",
    "ride, 7, 30",
    "ride, 7, 120",
    "walk, 1.4, 30"
  })
  void aReceiverThatIsOffForAWhile_takesNoWayAndAddsNone(String sport, double mps, double offM) {
    Recording recording = Recording.of(sport).accuracyCm(0);
    for (int house = 0; house < 10; house++) {
      recording.north(90, mps).shifted(0, offM).north(30, mps).shifted(0, -offM).north(60, mps);
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(1_799 * mps, within(0.015 * 1_799 * mps));
    assertThat(out.verdicts)
        .filteredOn(verdict -> verdict.reason() == Reason.TRACK_MOVED)
        .hasSize(20);
  }

  /** No way leads back in time, whatever was doubted before. */
  @Test
  void aClockThatIsSetBackAfterDoubtedFixes_beginsTheLineAnew() {
    Recording recording = Recording.of("run").north(60, 3);
    for (int stray = 0; stray < 3; stray++) {
      recording.stray(150 + 3 * stray);
    }
    FoldState state = recording.later(-3_600_000).north(120, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).doesNotContain(Reason.TRACK_MOVED);
    assertThat(state.figures().estimatedM()).isZero();
  }

  /** A receiver that says the same place five times says nothing of how fast one goes. */
  @Test
  void aReceiverThatRepeatsItself_isFollowed() {
    Recording recording = Recording.of("ride").accuracyCm(500);
    for (int leap = 0; leap < 120; leap++) {
      recording.move(5, 1, 0, 0, 0).shifted(40, 0);
    }
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(119 * 40, within(50.0));
  }

  @ParameterizedTest
  @CsvSource({"other, 1, 40", "other, 0, 30", "other, 2.5, 60", "ride, 2.5, 30"})
  void whoDrivesOff_isFollowedSoon(String sport, double slowMps, double fastMps) {
    Figures figures =
        Recording.of(sport).north(300, slowMps).north(300, fastMps).fold(out).figures();
    assertThat(figures.distanceM())
        .isCloseTo(299 * slowMps + 300 * fastMps, within(0.01 * 300 * fastMps));
    assertThat(figures.rejectedFixCount()).isLessThan(10);
    assertThat(figures.estimatedM()).isLessThan(10 * fastMps);
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

  @Test
  void verdicts_areNumberedAsTheyCome() {
    Recording recording = Recording.of("run").north(100, 3);
    recording.stray(400).north(100, 3).stray(500).north(100, 3).silence(120, 3, 0);
    recording.north(10, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::index).containsExactly(0, 1, 2);
  }
}
