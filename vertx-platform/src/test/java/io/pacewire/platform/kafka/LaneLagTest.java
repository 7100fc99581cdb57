package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What waits is told by how long it does, not by how many there are. */
class LaneLagTest {
  private static final TopicPartition ONE = new TopicPartition("live", 0);
  private static final TopicPartition OTHER = new TopicPartition("live", 1);

  private final LaneLag lag = new LaneLag(ms(500));
  private boolean was;

  @Test
  void whatCameAMomentAgo_isNoLag_howeverQuietItWas() {
    assertThat(look(0, 100, 100)).isFalse();
    assertThat(look(60_000, 5_000, 100)).isFalse();
    assertThat(look(60_400, 5_000, 100)).isFalse();
    assertThat(look(60_600, 5_000, 5_000)).isFalse();
  }

  @Test
  void whatWaitsLonger_isOne_howeverFewThereAre() {
    assertThat(look(0, 100, 100)).isFalse();
    assertThat(look(200, 101, 100)).isFalse();
    assertThat(look(701, 101, 100)).isTrue();
    assertThat(look(800, 101, 101)).isFalse();
  }

  @Test
  void whoIsBehindButTakesAllInTime_hasNone() {
    for (int at = 0; at <= 10_000; at += 100) {
      assertThat(look(at, at, Math.max(0, at - 400))).isFalse();
    }
  }

  @Test
  void onceBehind_itIsOverAtHalfOfTheBound() {
    for (int at = 0; at <= 2_000; at += 100) {
      look(at, at, Math.max(0, at - 700));
    }
    assertThat(was).isTrue();
    for (int at = 2_100; at <= 4_000; at += 100) {
      assertThat(look(at, at, at - 400)).isTrue();
    }
    assertThat(look(4_100, 4_100, 4_000)).isFalse();
    assertThat(look(4_200, 4_200, 3_850)).isFalse();
  }

  @Test
  void whatIsThereAtTheStart_mayHaveWaitedForEver() {
    assertThat(look(0, 1, 0)).isTrue();
  }

  @Test
  void onePartitionThatWaits_isEnough() {
    lag.isTooLong(Map.of(ONE, 5L, OTHER, 5L), Map.of(ONE, 5L, OTHER, 5L), ms(0), false);
    lag.isTooLong(Map.of(ONE, 9L, OTHER, 9L), Map.of(ONE, 9L, OTHER, 5L), ms(100), false);
    assertThat(
            lag.isTooLong(Map.of(ONE, 50L, OTHER, 9L), Map.of(ONE, 50L, OTHER, 5L), ms(700), false))
        .isTrue();
  }

  @Test
  void aBrokerThatLostRecords_leavesNothingToWaitFor() {
    look(0, 100, 100);
    look(200, 200, 100);
    assertThat(look(400, 100, 100)).isFalse();
    assertThat(look(4_000, 100, 100)).isFalse();
  }

  @Test
  void aConsumerThatStands_staysBehind_untilItHasAllThatWasThere() {
    for (int at = 0; at <= 60_000; at += 50) {
      look(at, at, 0);
    }
    assertThat(was).isTrue();
    assertThat(look(60_100, 60_100, 50_000)).isTrue();
    assertThat(look(60_150, 60_150, 60_100)).isFalse();
  }

  private boolean look(long atMs, long end, long position) {
    was = lag.isTooLong(Map.of(ONE, end), Map.of(ONE, position), ms(atMs), was);
    return was;
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
