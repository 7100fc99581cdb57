package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.ServerFrame;
import io.pacewire.wire.WireLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything is told, in as many frames as the wire's bounds make of it. */
class LedgerNewsTest {
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");

  private final LedgerNews news = new LedgerNews();

  @Test
  void whatIsUsual_isOneFrame() {
    news.of(SESSION, 0).acked().add(0, 9);
    news.of(SESSION, 1).refuse(4, "malformed");
    assertThat(news.frames()).hasSize(1);
    assertThat(news.frames().get(0)).hasSize(2);
  }

  @Test
  void moreRangesThanAnEntryNames_areInLaterFrames() {
    for (int i = 0; i < 200; i++) {
      news.of(SESSION, 0).acked().add(2 * i, 2 * i);
    }
    for (int i = 0; i < 70; i++) {
      news.of(SESSION, 0).deferred().add(1_001 + 2 * i, 1_001 + 2 * i);
    }
    news.of(SESSION, 0).refuse(7, "hash-mismatch");
    SeqRanges acked = new SeqRanges();
    SeqRanges deferred = new SeqRanges();
    int refused = 0;
    for (List<LedgerEntry> frame : news.frames()) {
      for (LedgerEntry told :
          ServerFrame.parse(ServerFrame.of(frame, 1).encode()).ledger()) {
        acked.addAll(told.acked());
        deferred.addAll(told.deferred());
        refused += told.refused().size();
      }
    }
    assertThat(acked.size()).isEqualTo(200);
    assertThat(deferred.size()).isEqualTo(70);
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void whatTrainingTells_isOneFrameForAllOfAPoll() {
    for (int i = 0; i < 40; i++) {
      LedgerEntry change = new LedgerEntry(new UUID(1, i % 20), 0);
      change.stored().add(i, i);
      change.refuse(1_000 + i, "conflicting-content");
      news.add(change);
    }
    assertThat(news.frames()).hasSize(1);
    List<LedgerEntry> told =
        ServerFrame.parse(ServerFrame.of(news.frames().get(0), 1).encode()).ledger();
    assertThat(told).hasSize(20).allSatisfy(entry -> {
      assertThat(entry.stored().size()).isEqualTo(2);
      assertThat(entry.refused()).hasSize(2).containsValue("conflicting-content");
    });
  }

  @Test
  void whatIsAckedAndStoredOfAWriter_isInLaterFrames_whereAnEntryHasNoRoom() {
    for (int i = 0; i < 10; i++) {
      LedgerEntry change = new LedgerEntry(SESSION, 0);
      for (int j = 0; j < 10; j++) {
        change.stored().add(2 * (10 * i + j), 2 * (10 * i + j));
        news.of(SESSION, 0).acked().add(2_001 + 4 * (10 * i + j), 2_001 + 4 * (10 * i + j));
      }
      for (int j = 0; j < 40; j++) {
        change.refuse(10_000 + 40 * i + j, "conflicting-content");
      }
      news.add(change);
    }
    SeqRanges stored = new SeqRanges();
    SeqRanges acked = new SeqRanges();
    Set<Integer> refused = new HashSet<>();
    for (List<LedgerEntry> frame : news.frames()) {
      assertThat(frame).hasSize(1);
      for (LedgerEntry told :
          ServerFrame.parse(ServerFrame.of(frame, 1).encode()).ledger()) {
        assertThat(told.stored().count()).isLessThanOrEqualTo(WireLimits.MAX_RANGES);
        assertThat(told.acked().count()).isLessThanOrEqualTo(WireLimits.MAX_RANGES);
        stored.addAll(told.stored());
        acked.addAll(told.acked());
        refused.addAll(told.refused().keySet());
      }
    }
    assertThat(stored.size()).isEqualTo(100);
    assertThat(acked.size()).isEqualTo(100);
    assertThat(refused).hasSize(400);
  }

  /** With a window that is set longer, one turn may refuse as many. */
  @Test
  void moreRefusalsThanAnEntryNames_areInLaterFrames() {
    int refusals = 2 * WireLimits.MAX_REFUSALS + 7;
    for (int seq = 0; seq < refusals; seq++) {
      news.refuse(SESSION, 0, seq, "malformed");
      news.refuse(SESSION, 1, seq % 3, "malformed");
    }
    Set<Integer> told = new HashSet<>();
    List<List<LedgerEntry>> frames = news.frames();
    for (List<LedgerEntry> frame : frames) {
      for (LedgerEntry entry :
          ServerFrame.parse(ServerFrame.of(frame, 1).encode()).ledger()) {
        assertThat(entry.refused().size()).isLessThanOrEqualTo(WireLimits.MAX_REFUSALS);
        if (entry.writer() == 0) {
          told.addAll(entry.refused().keySet());
        }
      }
    }
    assertThat(told).hasSize(refusals);
    assertThat(frames).hasSize(3);
    assertThat(news.entries()).hasSize(4);
    news.clear();
    assertThat(news.frames()).isEmpty();
  }

  @Test
  void moreSessionsThanAFrameHolds_areInLaterFrames() {
    int sessions = 2 * WireLimits.MAX_LEDGER_ENTRIES + 1;
    for (int i = 0; i < sessions; i++) {
      news.of(new UUID(1, i), 0).acked().add(0, 0);
    }
    assertThat(news.frames())
        .hasSize(3)
        .allMatch(frame -> frame.size() <= WireLimits.MAX_LEDGER_ENTRIES);
    assertThat(news.frames().stream().mapToInt(List::size).sum()).isEqualTo(sessions);
  }
}
