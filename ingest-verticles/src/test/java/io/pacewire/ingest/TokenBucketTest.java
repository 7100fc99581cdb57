package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ten batches and a thousand bytes a second, two seconds' worth at once, five seconds of debt. */
class TokenBucketTest {
  private static final Limit OWN = Limit.whole("device", 10, 1_000, 2, 5);
  private static final Limit SHARED = Limit.whole("tenant", 10, 0, 2, 5).dividedDownTo(0, 0);
  private final TokenBucket bucket = new TokenBucket(OWN, 1, 0);

  @Test
  void aBurst_passesWithoutWaiting_andWhatComesAfterIt_waitsAsLongAsItWasTooMuch() {
    for (int i = 0; i < 20; i++) {
      assertThat(bucket.take(1, 1, 0)).isZero();
    }
    assertThat(bucket.take(1, 1, 0)).isEqualTo(100);
    assertThat(bucket.take(1, 1, 0)).isEqualTo(200);
    assertThat(bucket.debtMs(1, ms(150))).isEqualTo(50);
    assertThat(bucket.debtMs(1, ms(200))).isZero();
  }

  @Test
  void bytesCountAsBatchesDo_andTheLongerWaitIsTheOne() {
    assertThat(bucket.take(2_000, 1, 0)).isZero();
    assertThat(bucket.take(500, 1, 0)).isEqualTo(500);
  }

  @Test
  void oneBatchLargerThanTheBurst_stillPasses() {
    assertThat(bucket.isExhausted(1, 0)).isFalse();
    assertThat(bucket.take(6_000, 1, 0)).isEqualTo(4_000);
  }

  @Test
  void onlyADebtBeyondTheBound_isTooMuch_andTimePaysIt() {
    assertThat(bucket.take(7_000, 1, 0)).isEqualTo(5_000);
    assertThat(bucket.isExhausted(1, 0)).isFalse();
    assertThat(bucket.take(100, 1, 0)).isEqualTo(5_100);
    assertThat(bucket.isExhausted(1, 0)).isTrue();
    assertThat(bucket.isExhausted(1, ms(100))).isFalse();
    assertThat(bucket.isFull(1, ms(5_100))).isFalse();
    assertThat(bucket.isFull(1, ms(7_101))).isTrue();
  }

  @Test
  void whatIsShared_isDividedAmongNodes_alsoWhenTheirNumberChanges() {
    TokenBucket shared = new TokenBucket(SHARED, 2, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(shared.take(1, 2, 0)).isZero();
    }
    assertThat(shared.take(1_000_000, 2, 0)).as("bytes are not limited").isEqualTo(200);
    assertThat(shared.debtMs(1, 0)).isEqualTo(100);
    assertThat(shared.isFull(1, ms(60_000))).isTrue();
  }

  @Test
  void whatIsShared_isNeverLessThanItsLeast_andNeverMoreThanTheLimit() {
    Limit athlete = Limit.whole("athlete", 100, 2_000, 2, 5).dividedDownTo(70, 3_000);
    assertThat(athlete.batchesPerS(1)).isEqualTo(100);
    assertThat(athlete.batchesPerS(2)).isEqualTo(70);
    assertThat(athlete.batchesPerS(50)).isEqualTo(70);
    assertThat(athlete.bytesPerS(50)).isEqualTo(2_000);
    assertThat(SHARED.batchesPerS(40)).isEqualTo(0.25);
    assertThat(SHARED.bytesPerS(2)).as("none").isZero();
    assertThat(OWN.batchesPerS(50)).isEqualTo(10);
  }

  @Test
  void aClockThatStandsStill_givesNothing() {
    assertThat(bucket.take(2_500, 1, ms(10))).isEqualTo(500);
    assertThat(bucket.debtMs(1, 0)).isEqualTo(500);
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
