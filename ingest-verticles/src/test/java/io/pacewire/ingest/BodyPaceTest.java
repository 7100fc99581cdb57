package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyPaceTest {
  private final BodyPace pace = new BodyPace(2_000);

  @Test
  void nothing_isWaitedForAsLongAsItsGraceLasts() {
    assertThat(pace.secondPassed(true)).isFalse();
    assertThat(pace.secondPassed(true)).isFalse();
    assertThat(pace.secondPassed(true)).isTrue();
  }

  @Test
  void whatComesFastEnough_mayTakeItsTime_andADripMayNot() {
    for (int i = 0; i < 1_000; i++) {
      pace.came(BodyPace.LEAST_BYTES_PER_S);
      assertThat(pace.secondPassed(true)).isFalse();
    }
    boolean late = false;
    for (int i = 0; i < 4 && !late; i++) {
      pace.came(1);
      late = pace.secondPassed(true);
    }
    assertThat(late).isTrue();
  }

  @Test
  void whatCameFast_buysNoSilence() {
    pace.came(1_048_576);
    assertThat(pace.secondPassed(true)).isFalse();
    assertThat(pace.secondPassed(true)).isFalse();
    assertThat(pace.secondPassed(true)).isTrue();
  }

  @Test
  void whoWasNotRead_isNotLate() {
    for (int i = 0; i < 100; i++) {
      assertThat(pace.secondPassed(false)).isFalse();
    }
  }
}
