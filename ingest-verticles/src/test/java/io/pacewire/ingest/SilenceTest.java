package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final long S = 1_000_000_000L;

  private final ReadGate gate = new ReadGate(() -> {}, () -> {}, null, held -> {});
  private final Silence silence = new Silence(gate);
  private final long began = System.nanoTime();

  @Test
  void silence_isLongAfterItsTime() {
    assertThat(silence.isLongerThan(5 * S, began + 4 * S)).isFalse();
    assertThat(silence.isLongerThan(5 * S, began + 6 * S)).isTrue();
    silence.broken();
    assertThat(silence.isLongerThan(5 * S, System.nanoTime())).isFalse();
  }

  @Test
  void whileNothingIsRead_thereIsNone() {
    gate.close(ReadGate.Reason.BROKER);
    assertThat(silence.isLongerThan(5 * S, began + 100 * S)).isFalse();
    gate.open(ReadGate.Reason.BROKER);
    assertThat(silence.isLongerThan(5 * S, began + 104 * S)).isFalse();
    assertThat(silence.isLongerThan(5 * S, began + 106 * S)).isTrue();
  }
}
