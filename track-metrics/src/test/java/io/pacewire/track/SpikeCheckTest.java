package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixes that wait for the next one, and what becomes of them. */
class SpikeCheckTest {
  private final Outputs out = new Outputs();

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
    assertThat(out.points).hasSize(201).allMatch(point -> point.altitudeM() == 150);
    assertThat(state.figures().distanceM()).isCloseTo((99 + silenceS + 100) * 3, within(8.0));
  }

  /** Nothing else will come: a mark and the end take what waits, and so does its bytes' reader. */
  @Test
  void aDoubtfulFixIsTaken_whereNothingFollows() {
    Recording recording = Recording.of("run").north(100, 3).silence(10, 3, 0);
    double offDeg = 50.0 / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    double straight = 297 + Math.hypot(30, 50);
    FoldState ended = FoldState.decode(
        recording.later(4_000).heart().later(1_000).heart().live(out).encode());
    assertThat(ended.figures().distanceM()).isCloseTo(297, within(1.0));
    assertThat(ended.figures().elapsedS()).isEqualTo(110);
    TrackFold.end(ended, out);
    assertThat(ended.figures().distanceM()).isCloseTo(straight, within(12.0));
    FoldState paused =
        recording.pause().later(4_000).heart().later(1_000).heart().live(out);
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

  /** A track that turns at every fix could be taken for one that jumps. */
  @ParameterizedTest
  @ValueSource(ints = {8, 15})
  void whoTurnsAtEveryFix_isNotSaidToJump(int intervalS) {
    Recording recording = Recording.of("run").sparse(10, intervalS, 3);
    int[] north = {3, 0, -3, 0};
    for (int i = 0; i < 30; i++) {
      recording.move(1, intervalS, north[i % 4], i % 2 == 0 ? 0 : 3, 0);
    }
    recording.sparse(10, intervalS, 3).fold(out);
    assertThat(out.verdicts).extracting(Verdict::reason).doesNotContain(Reason.JUMP);
  }

  /** It says of itself that it does not know: it bears no jump out, wherever it is. */
  @Test
  void aFixThatTheReceiverDoubts_decidesNothing() {
    Recording recording = Recording.of("run").north(100, 3).silence(10, 3, 0);
    double offDeg = 50.0 / 111_340 / Math.cos(Math.toRadians(55.75));
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    recording.accuracyCm(9_000).silence(1, 3, 0);
    recording.fixAt(recording.atMs(), recording.latitudeDeg(), 37.6 + offDeg);
    FoldState state = recording.accuracyCm(400).north(100, 3).fold(out);
    assertThat(out.verdicts)
        .extracting(Verdict::reason)
        .containsExactlyInAnyOrder(Reason.INACCURATE, Reason.JUMP);
    assertThat(state.figures().distanceM()).isCloseTo(210 * 3, within(5.0));
  }

  /** The accelerometer feels that he stands: what the receiver said last is judged by then. */
  @Test
  void whoStops_decidesOnTheFixThatWaits() {
    for (boolean stops : new boolean[] {true, false}) {
      Outputs told = new Outputs();
      Recording recording =
          Recording.of("run").steps(2.5).north(100, 3).blind(3, 3).shifted(0, 22);
      recording.blind(1, 3).fix().shifted(0, -22).steps(stops ? 0 : 2.5);
      recording.blind(2, stops ? 0 : 3).steps(2.5).north(60, 3).fold(told);
      assertThat(told.verdicts.stream().map(Verdict::reason).anyMatch(Reason.JUMP::equals))
          .isEqualTo(!stops);
    }
  }
}
