package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerBacklogTest {
  private final LedgerBacklog backlog = new LedgerBacklog();

  @Test
  void changesOfARecording_areOneEntry_theOldestFirst() {
    assertThat(backlog.add(stored(1, 0))).isTrue();
    assertThat(backlog.add(refused(2, 4))).isTrue();
    assertThat(backlog.add(stored(1, 1))).isTrue();
    LedgerEntry first = backlog.take();
    assertThat(first.sessionId()).isEqualTo(session(1));
    assertThat(first.stored().firstMissing()).isEqualTo(2);
    assertThat(backlog.take().refused()).containsOnlyKeys(4);
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.take()).isNull();
  }

  @Test
  void moreRefusalsThanAnEntryNames_areInSeveral() {
    int count = 2 * WireLimits.MAX_REFUSALS + 9;
    for (int seq = 0; seq < count; seq++) {
      assertThat(backlog.add(refused(1, seq))).isTrue();
    }
    assertThat(backlog.add(refused(1, count - 1))).as("the same again").isTrue();
    List<Integer> told = new ArrayList<>();
    for (LedgerEntry entry = backlog.take(); entry != null; entry = backlog.take()) {
      assertThat(entry.refused().size()).isLessThanOrEqualTo(WireLimits.MAX_REFUSALS);
      told.addAll(entry.refused().keySet());
    }
    assertThat(told).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void overTheBound_whatIsDurableGoesFirst_andWhoLosesARefusalIsTold() {
    assertThat(backlog.add(refused(1, 0))).isTrue();
    for (int i = 2; i <= 3 * LedgerBacklog.MOST; i++) {
      assertThat(backlog.add(stored(i, 0))).isTrue();
    }
    assertThat(backlog.take().refused()).containsOnlyKeys(0);
    int taken = 1;
    while (backlog.take() != null) {
      taken++;
    }
    assertThat(taken).isEqualTo(LedgerBacklog.MOST);
    for (int i = 0; i < LedgerBacklog.MOST; i++) {
      assertThat(backlog.add(refused(i, 0))).isTrue();
    }
    assertThat(backlog.add(refused(LedgerBacklog.MOST, 0))).isFalse();
  }

  /** Every second number, of a device that acknowledges nothing it is told. */
  @Test
  void rangesOfARecording_areAsManyAsAMessageNames_theNewest() {
    int count = 1_000;
    for (int seq = 0; seq < 2 * count; seq += 2) {
      LedgerEntry one = stored(1, seq);
      one.acked().add(seq, seq);
      assertThat(backlog.add(one)).isTrue();
    }
    LedgerEntry kept = backlog.take();
    for (SeqRanges ranges : List.of(kept.acked(), kept.stored())) {
      assertThat(ranges.count()).isEqualTo(WireLimits.MAX_RANGES);
      assertThat(ranges.contains(2 * count - 2)).isTrue();
      assertThat(ranges.contains(0)).isFalse();
    }
    assertThat(LedgerEntry.parse(kept.encode()).stored().count()).isEqualTo(WireLimits.MAX_RANGES);
  }

  @Test
  void whatIsTooLarge_isHalved_untilItHasOneRefusal() {
    LedgerEntry large = stored(1, 5);
    for (int seq = 0; seq < 100; seq++) {
      large.refuse(seq, "malformed");
    }
    backlog.halve(large);
    Set<Integer> told = new HashSet<>();
    int durable = 0;
    for (LedgerEntry entry = backlog.take(); entry != null; entry = backlog.take()) {
      if (entry.encode().length > 120) {
        backlog.halve(entry);
      } else {
        durable += entry.stored().isEmpty() ? 0 : 1;
        told.addAll(entry.refused().keySet());
      }
    }
    assertThat(told).hasSize(100);
    assertThat(durable).isEqualTo(1);
    backlog.halve(refused(1, 1));
    assertThat(backlog.isEmpty()).isTrue();
  }

  private static UUID session(int number) {
    return new UUID(1, number);
  }

  private static LedgerEntry refused(int session, int seq) {
    LedgerEntry entry = new LedgerEntry(session(session), 0);
    entry.refuse(seq, "malformed");
    return entry;
  }

  private static LedgerEntry stored(int session, int seq) {
    LedgerEntry entry = new LedgerEntry(session(session), 0);
    entry.stored().add(seq, seq);
    return entry;
  }
}
