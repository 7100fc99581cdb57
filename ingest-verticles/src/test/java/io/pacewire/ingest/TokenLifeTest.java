package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.TokenLife.Due;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
  private static final long EXPIRES_MS = 10_000_000;

  private final TokenLife life = new TokenLife();

  @Test
  void aWarningComesAMinuteAhead_andTheEndHalfAMinuteAfter_eachOnce() {
    life.until(EXPIRES_MS);
    assertThat(life.look(EXPIRES_MS - 60_001)).isEqualTo(Due.NOTHING);
    assertThat(life.look(EXPIRES_MS - 60_000)).isEqualTo(Due.WARNING);
    assertThat(life.look(EXPIRES_MS - 59_000)).isEqualTo(Due.NOTHING);
    assertThat(life.look(EXPIRES_MS + 29_999)).isEqualTo(Due.NOTHING);
    assertThat(life.look(EXPIRES_MS + 30_000)).isEqualTo(Due.END);
    assertThat(life.look(EXPIRES_MS + 31_000)).isEqualTo(Due.NOTHING);
  }

  @Test
  void aNewToken_beginsAnew() {
    life.until(EXPIRES_MS);
    assertThat(life.look(EXPIRES_MS)).isEqualTo(Due.WARNING);
    life.until(2 * EXPIRES_MS);
    assertThat(life.look(EXPIRES_MS + 30_000)).isEqualTo(Due.NOTHING);
    assertThat(life.look(2 * EXPIRES_MS)).isEqualTo(Due.WARNING);
    assertThat(life.look(2 * EXPIRES_MS + 30_000)).isEqualTo(Due.END);
  }

  /** As when the event loop was held up, or the machine slept. */
  @Test
  void whoLooksTooLate_endsIt() {
    life.until(EXPIRES_MS);
    assertThat(life.look(EXPIRES_MS + 30_000)).isEqualTo(Due.END);
  }
}
