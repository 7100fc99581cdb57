package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Times of one sensor, in milliseconds: which of them tell how far it has got. */
class ReachedTimeTest {
  private final ReachedTime times = new ReachedTime();

  private void hear(long... epochMs) {
    for (long at : epochMs) {
      times.hear(at);
    }
  }

  @Test
  void aFirstTime_tellsNothing_untilTheSecondConfirmsIt() {
    assertThat(times.reachedMs()).isEqualTo(Lane.BEFORE_ALL);
    hear(5_000);
    assertThat(times.reachedMs()).isEqualTo(Lane.BEFORE_ALL);
    hear(6_000);
    assertThat(times.reachedMs()).isEqualTo(6_000);
    assertThat(times.refuted()).isZero();
  }

  @Test
  void whoSpeaksEachSecond_hasGotAsFarAsHeSays_andNeverBack() {
    times.restart(100_000, Lane.BEFORE_ALL);
    assertThat(times.reachedMs()).isEqualTo(100_000);
    hear(101_000);
    assertThat(times.reachedMs()).isEqualTo(101_000);
    hear(100_500);
    assertThat(times.reachedMs()).isEqualTo(101_000);
  }

  @Test
  void aTimeAhead_thatTheNextFallsBackFrom_isRefuted() {
    times.restart(100_000, Lane.BEFORE_ALL);
    hear(200_000);
    assertThat(times.reachedMs()).isEqualTo(100_000);
    hear(100_500);
    assertThat(times.reachedMs()).isEqualTo(100_500);
    assertThat(times.refuted()).isEqualTo(1);
  }

  /** What comes after it may be as far ahead again: it counts up to two seconds after. */
  @Test
  void aTimeAhead_thatTheNextConfirms_counts() {
    times.restart(100_000, Lane.BEFORE_ALL);
    hear(200_000, 260_000);
    assertThat(times.reachedMs()).isEqualTo(202_000);
    hear(260_900);
    assertThat(times.reachedMs()).isEqualTo(260_900);
    assertThat(times.refuted()).isZero();
  }

  /** One is ahead, the next behind those before: either clock may have been wrong. */
  @Test
  void ofTwoThatExcludeEachOther_theThirdConfirmsTheFirst() {
    times.restart(100_000, Lane.BEFORE_ALL);
    hear(200_000, 90_000);
    assertThat(times.reachedMs()).isEqualTo(100_000);
    assertThat(times.refuted()).isZero();
    hear(205_000);
    assertThat(times.reachedMs()).isEqualTo(202_000);
    hear(205_500);
    assertThat(times.reachedMs()).isEqualTo(205_500);
    assertThat(times.refuted()).isZero();
  }

  @Test
  void ofTwoThatExcludeEachOther_theThirdRefutesTheFirst() {
    times.restart(100_000, Lane.BEFORE_ALL);
    hear(200_000, 90_000, 101_000);
    assertThat(times.reachedMs()).isEqualTo(101_000);
    assertThat(times.refuted()).isEqualTo(1);
  }

  /** A device that learns the time: the second is right, and the third confirms it. */
  @Test
  void whereTheVeryFirstIsRefuted_theSecondIsConfirmedByTheThird() {
    hear(200_000, 90_000);
    assertThat(times.reachedMs()).isEqualTo(Lane.BEFORE_ALL);
    hear(91_000);
    assertThat(times.reachedMs()).isEqualTo(91_000);
    assertThat(times.refuted()).isEqualTo(1);
  }

  @Test
  void aFirstTimeLongBeforeTheStart_isNotConfirmedByWhatFollows() {
    times.restart(Lane.BEFORE_ALL, 1_000_000);
    hear(900_000, 1_000_000);
    assertThat(times.reachedMs()).isEqualTo(Lane.BEFORE_ALL);
    hear(1_001_000);
    assertThat(times.reachedMs()).isEqualTo(1_001_000);
    assertThat(times.refuted()).isZero();
  }

  @Test
  void aFirstTimeSoonBeforeTheStart_counts() {
    times.restart(Lane.BEFORE_ALL, 1_000_000);
    hear(950_000, 1_000_000);
    assertThat(times.reachedMs()).isEqualTo(952_000);
  }

  @Test
  void aRestart_forgetsWhatWaited() {
    times.restart(100_000, Lane.BEFORE_ALL);
    hear(200_000, 90_000, 101_000, 300_000, 90_000);
    times.restart(400_000, Lane.BEFORE_ALL);
    assertThat(times.refuted()).isZero();
    hear(400_500);
    assertThat(times.reachedMs()).isEqualTo(400_500);
    assertThat(times.refuted()).isZero();
  }
}
