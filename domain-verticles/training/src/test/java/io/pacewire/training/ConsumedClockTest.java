package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumedClockTest {
  private static final TopicPartition LIVE = new TopicPartition("live", 0);
  private static final TopicPartition BACKFILL = new TopicPartition("backfill", 0);

  private final ConsumedClock clock = new ConsumedClock();

  @Test
  void thereIsNoTime_untilEveryPartitionShowedOne() {
    assertThat(clock.now(Set.of(LIVE, BACKFILL))).isEmpty();
    clock.consumed(LIVE, 1_000);
    assertThat(clock.now(Set.of(LIVE, BACKFILL))).isEmpty();
    clock.consumed(BACKFILL, 400);
    assertThat(clock.now(Set.of(LIVE, BACKFILL))).hasValue(400);
  }

  @Test
  void theSlowestPartitionHoldsTheTimeBack() {
    clock.consumed(LIVE, 1_000);
    clock.consumed(BACKFILL, 400);
    clock.consumed(LIVE, 9_000);
    assertThat(clock.now(Set.of(LIVE, BACKFILL))).hasValue(400);
  }

  @Test
  void timeDoesNotGoBack() {
    clock.consumed(LIVE, 1_000);
    clock.consumed(LIVE, 900);
    assertThat(clock.now(Set.of(LIVE))).hasValue(1_000);
  }

  @Test
  void aPartitionThatWentToAnother_isForgotten_andHasNoTimeWhenItComesBack() {
    clock.consumed(LIVE, 1_000);
    clock.consumed(BACKFILL, 400);
    assertThat(clock.now(Set.of(LIVE))).hasValue(1_000);
    assertThat(clock.now(Set.of(LIVE, BACKFILL))).isEmpty();
  }

  @Test
  void withoutAPartition_thereIsNoTime() {
    clock.consumed(LIVE, 1_000);
    assertThat(clock.now(Set.of())).isEmpty();
  }

  @Test
  void timeThatGoesOn_hasGoneSinceItWasFirstHeard() {
    for (long at = 1_000; at <= 601_000; at += ConsumedClock.STILL_AFTER_MS) {
      clock.consumed(LIVE, at);
    }
    assertThat(clock.goingSinceMs()).isEqualTo(1_000);
  }

  @Test
  void timeThatStoodStill_goesSinceItWasHeardAgain_onWhicheverPartition() {
    clock.consumed(LIVE, 1_000);
    clock.consumed(BACKFILL, 1_000);
    clock.consumed(LIVE, 3_601_000);
    clock.consumed(LIVE, 3_602_000);
    clock.consumed(BACKFILL, 3_600_500);
    assertThat(clock.goingSinceMs()).isEqualTo(3_601_000);
  }
}
