package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final SessionWaits WAITS = new SessionWaits(
      Duration.ofHours(6), Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofHours(1));

  private static Deadlines after(Duration going) {
    return Deadlines.at(NOW_MS, NOW_MS - going.toMillis(), WAITS);
  }

  @Test
  void eachWait_isCountedBackFromWhatWasConsumed() {
    Deadlines deadlines = after(Duration.ofDays(1));
    assertThat(deadlines.silentBeforeMs()).isEqualTo(NOW_MS - 6 * 3_600_000);
    assertThat(deadlines.finishedBeforeMs()).isEqualTo(NOW_MS - 120_000);
    assertThat(deadlines.revisedBeforeMs()).isEqualTo(NOW_MS - 30_000);
    assertThat(deadlines.sealedBeforeMs()).isEqualTo(NOW_MS - 3_600_000);
    assertThat(deadlines.wantedBeforeMs()).isEqualTo(NOW_MS - 300_000);
  }

  @Test
  void aWaitThatIsLongerThanTheTimeHasGone_endsForNobody() {
    Deadlines deadlines = after(Duration.ofMinutes(2));
    assertThat(deadlines.finishedBeforeMs()).isEqualTo(NOW_MS - 120_000);
    assertThat(deadlines.silentBeforeMs()).isZero();
    assertThat(after(Duration.ofMillis(119_999)).finishedBeforeMs()).isZero();
  }
}
