package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.TokenLife.Due;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
  private static final long EXPIRES_MS = 10_000_000;

  private final TokenLife life = new TokenLife();

  /** Both clocks go alike. */
  private Due look(long nowMs) {
    return life.look(nowMs, nanos(nowMs));
  }

  private static long nanos(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  @Test
  void aWarningComesAMinuteAhead_andTheEndHalfAMinuteAfter_eachOnce() {
    life.until(EXPIRES_MS, 0, 0);
    assertThat(look(EXPIRES_MS - 60_001)).isEqualTo(Due.NOTHING);
    assertThat(look(EXPIRES_MS - 60_000)).isEqualTo(Due.WARNING);
    assertThat(look(EXPIRES_MS - 59_000)).isEqualTo(Due.NOTHING);
    assertThat(look(EXPIRES_MS + 29_999)).isEqualTo(Due.NOTHING);
    assertThat(look(EXPIRES_MS + 30_000)).isEqualTo(Due.END);
    assertThat(look(EXPIRES_MS + 31_000)).isEqualTo(Due.NOTHING);
  }

  @Test
  void aNewToken_beginsAnew() {
    life.until(EXPIRES_MS, 0, 0);
    assertThat(look(EXPIRES_MS)).isEqualTo(Due.WARNING);
    life.until(2 * EXPIRES_MS, EXPIRES_MS, nanos(EXPIRES_MS));
    assertThat(look(EXPIRES_MS + 30_000)).isEqualTo(Due.NOTHING);
    assertThat(look(2 * EXPIRES_MS)).isEqualTo(Due.WARNING);
    assertThat(look(2 * EXPIRES_MS + 30_000)).isEqualTo(Due.END);
  }

  @Test
  void aWallClockThatIsSetBack_winsNobodyTime() {
    life.until(EXPIRES_MS, 0, 7);
    assertThat(life.look(0, 7 + nanos(EXPIRES_MS - 60_000))).isEqualTo(Due.WARNING);
    assertThat(life.look(-EXPIRES_MS, 7 + nanos(EXPIRES_MS + 29_999))).isEqualTo(Due.NOTHING);
    assertThat(life.look(-EXPIRES_MS, 7 + nanos(EXPIRES_MS + 30_000))).isEqualTo(Due.END);
  }

  /** What the other clock counts nothing of. */
  @Test
  void aMachineThatSlept_endsIt() {
    life.until(EXPIRES_MS, 0, 0);
    assertThat(life.look(EXPIRES_MS + 30_000, 5)).isEqualTo(Due.END);
  }

  /** As when the event loop was held up. */
  @Test
  void whoLooksTooLate_endsIt() {
    life.until(EXPIRES_MS, 0, 0);
    assertThat(look(EXPIRES_MS + 30_000)).isEqualTo(Due.END);
  }
}
