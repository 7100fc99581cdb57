package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LookPaceTest {
  private final LookPace pace = new LookPace();

  @Test
  void whileNothingHappens_looksAreRarer_andEndAfterAnHour() {
    assertThat(pace.nextMs(false)).isEqualTo(100);
    long waitedMs = 100;
    while (waitedMs < LookPace.MOST_MS - 1_000) {
      waitedMs += pace.nextMs(false);
    }
    assertThat(pace.isSlow()).isTrue();
    assertThatThrownBy(() -> {
          while (pace.nextMs(false) > 0) {
            // an hour is over
          }
        })
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatHappens_beginsTheHourAnew() {
    for (int i = 0; i < 10_000; i++) {
      long waitMs = pace.nextMs(i % 1_000 == 0);
      assertThat(waitMs).isBetween(50L, 1_000L);
    }
  }
}
