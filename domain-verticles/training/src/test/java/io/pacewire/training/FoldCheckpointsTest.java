package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldCheckpointsTest {
  private static final int FEW = SessionSweep.BUSY_RECORDS - 1;
  private static final int FULL = SessionSweep.BUSY_RECORDS;

  @Test
  void aSessionThatIsHeardSeldom_isSavedAfterAMinute() {
    assertThat(FoldCheckpoints.isDue(4, 59_999, false, FEW)).isFalse();
    assertThat(FoldCheckpoints.isDue(4, 60_000, false, FEW)).isTrue();
    assertThat(FoldCheckpoints.isDue(0, 60_000, false, FEW)).as("nothing new").isFalse();
  }

  @Test
  void whileMuchWaits_itIsSavedLater_butBeforeATakeoverReadsItOneByOne() {
    assertThat(FoldCheckpoints.isDue(5, 89_999, false, FULL)).isFalse();
    assertThat(FoldCheckpoints.isDue(5, 90_000, false, FULL)).isTrue();
    assertThat(FoldCheckpoints.isDue(6, 59_999, false, FULL)).isFalse();
    assertThat(FoldCheckpoints.isDue(6, 60_000, false, FULL)).isTrue();
    assertThat(FoldCheckpoints.isDue(60, 1_000, false, FULL)).isTrue();
  }

  @Test
  void whatIsFinished_isSavedAtOnce() {
    assertThat(FoldCheckpoints.isDue(1, 0, true, FULL)).isTrue();
    assertThat(FoldCheckpoints.isDue(0, 0, true, FEW)).isFalse();
  }
}
