package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pacewire.training.SealingPlan.Piece;
import io.pacewire.training.SealingPlan.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingPlanTest {
  private static final int BIG = SealingPlan.TARGET_BYTES * 3 / 4;

  @Test
  void chunksWithoutAHole_areOneStretch_andAHoleEndsIt() {
    assertThat(SealingPlan.of(List.of(raw(0, 10), raw(1, 10), raw(3, 10))))
        .extracting(Stretch::fromSeq, Stretch::toSeq)
        .containsExactly(tuple(0, 1), tuple(3, 3));
  }

  @Test
  void aStretch_growsNoLargerThanPays_butABatchIsNeverCut() {
    assertThat(SealingPlan.of(List.of(raw(0, BIG), raw(1, BIG), raw(2, 9_999_999), raw(3, 5))))
        .extracting(Stretch::fromSeq, Stretch::toSeq)
        .containsExactly(tuple(0, 0), tuple(1, 1), tuple(2, 2), tuple(3, 3));
  }

  @Test
  void tombstones_areSealedApart_eachReasonForItself() {
    assertThat(SealingPlan.of(
            List.of(raw(0, 10), new Piece(1, 1, 10, false, "malformed"), raw(2, 10))))
        .extracting(Stretch::fromSeq, Stretch::reason)
        .containsExactly(tuple(0, null), tuple(1, "malformed"), tuple(2, null));
  }

  @Test
  void whatIsSealed_isLeftAlone_unlessSomethingNewStandsBesideIt() {
    Piece before = new Piece(0, 9, 100, true, null);
    assertThat(SealingPlan.of(List.of(before, new Piece(12, 15, 100, true, null))))
        .isEmpty();
    assertThat(SealingPlan.of(List.of(before, raw(10, 10))))
        .singleElement()
        .satisfies(stretch -> assertThat(stretch.sealedBefore()).containsExactly(0))
        .satisfies(stretch -> assertThat(stretch.toSeq()).isEqualTo(10));
  }

  @Test
  void aChunkThatIsSealedAndStillThere_isNotSealedAgain() {
    assertThat(SealingPlan.of(
            List.of(new Piece(0, 2, 100, true, null), raw(0, 10), raw(1, 10), raw(2, 10))))
        .isEmpty();
  }

  private static Piece raw(int seq, int bytes) {
    return new Piece(seq, seq, bytes, false, null);
  }
}
