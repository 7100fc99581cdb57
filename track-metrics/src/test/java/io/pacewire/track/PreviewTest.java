package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;

/** What a viewer sees before the fold is sure of the order. */
class PreviewTest {
  private static final long START = Recording.START;

  private final FoldState state = FoldState.start(AthleteParameters.defaults());

  private static SampleBatch fix(int second, double northM) {
    return fixAt(START + second * 1_000L, northM);
  }

  private static SampleBatch fixAt(long at, double northM) {
    SampleBatch batch = new SampleBatch();
    int absent = SampleBatch.ABSENT;
    int north = (int) Math.round(northM / 111_340 * 1e7);
    batch.fixes().add(at, 0, 557_500_000 + north, 376_000_000, 15_000, 400, absent, absent, absent);
    return batch;
  }

  private void run(int seconds) {
    TrackFold.step(
        state, Batches.of(Mark.start(START, 0, "run", "UTC", 0, "d", "1", 1)), FoldSink.NONE);
    for (int second = 1; second <= seconds; second++) {
      TrackFold.step(state, fix(second, 3.0 * second), FoldSink.NONE);
    }
  }

  @Test
  void theNewestFixCounts_andTheFoldGoesOnAsItWould() {
    run(120);
    byte[] before = state.encode();
    Figures shown = TrackFold.preview(state);
    assertThat(shown.elapsedS()).isEqualTo(120);
    assertThat(shown.distanceM()).isCloseTo(3.0 * 119, within(4.0));
    assertThat(state.figures().elapsedS()).isLessThanOrEqualTo(118);
    assertThat(state.encode()).isEqualTo(before);
  }

  @Test
  void aJump_thatTheNextFixMayRefute_isNotShown() {
    run(120);
    double shownM = TrackFold.preview(state).distanceM();
    TrackFold.step(state, fix(121, 3.0 * 121 + 80), FoldSink.NONE);
    assertThat(TrackFold.preview(state).distanceM()).isCloseTo(shownM, within(4.0));
  }

  @Test
  void aReceiverThatIsNeverQuiteInTime_orMissesAFix_isShownAtOnce() {
    run(120);
    TrackFold.step(state, fixAt(START + 121_002, 3.0 * 121), FoldSink.NONE);
    assertThat(TrackFold.preview(state).elapsedS()).isEqualTo(121.002);
    TrackFold.step(state, fixAt(START + 125_000, 3.0 * 125), FoldSink.NONE);
    assertThat(TrackFold.preview(state).elapsedS()).isEqualTo(125);
  }

  @Test
  void aTimeAhead_isNotShown() {
    run(120);
    TrackFold.step(state, fix(120 + 3_600, 3.0 * 121), FoldSink.NONE);
    assertThat(TrackFold.preview(state).elapsedS()).isEqualTo(120);
  }

  @Test
  void whatIsFinished_isShownAsItIs() {
    run(60);
    TrackFold.step(state, Batches.of(Mark.finish(START + 61_000, 0, 1)), FoldSink.NONE);
    assertThat(TrackFold.preview(state).elapsedS()).isEqualTo(state.figures().elapsedS());
  }

  @Test
  void beforeAnything_thereIsNothing() {
    assertThat(TrackFold.preview(state).distanceM()).isZero();
  }
}
