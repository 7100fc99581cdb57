package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeqRangesTest {
  @Property(tries = 500)
  void behavesAsABitSetDoes(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 200) Integer> starts) {
    SeqRanges ranges = new SeqRanges();
    BitSet bits = new BitSet();
    for (int i = 0; i < starts.size(); i++) {
      int from = starts.get(i);
      int to = from + i % 7;
      ranges.add(from, to);
      bits.set(from, to + 1);
    }
    for (int seq = 0; seq < 220; seq++) {
      assertThat(ranges.contains(seq)).isEqualTo(bits.get(seq));
    }
    assertThat(ranges.firstMissing()).isEqualTo(bits.nextClearBit(0));
    assertThat(ranges.size()).isEqualTo(bits.cardinality());
    for (int i = 1; i < ranges.count(); i++) {
      assertThat(ranges.from(i)).isGreaterThan(ranges.to(i - 1) + 1);
    }
  }

  @Property(tries = 200)
  void whatIsSent_isTheLowestRanges(
      @ForAll @Size(max = 150) List<@IntRange(max = WireLimits.MAX_SEQ) Integer> seqs) {
    LedgerEntry entry = new LedgerEntry(Batches.SESSION, 0);
    seqs.forEach(seq -> entry.stored().add(seq, seq));
    SeqRanges got = LedgerEntry.parse(entry.encode()).stored();
    assertThat(got.count()).isEqualTo(Math.min(entry.stored().count(), WireLimits.MAX_RANGES));
    for (int i = 0; i < got.count(); i++) {
      assertThat(got.from(i)).isEqualTo(entry.stored().from(i));
      assertThat(got.to(i)).isEqualTo(entry.stored().to(i));
    }
  }

  @Test
  void whatIsForgotten_isTheLowestRanges() {
    SeqRanges ranges = new SeqRanges();
    for (int seq = 0; seq < 20; seq += 2) {
      ranges.add(seq, seq);
    }
    ranges.keepHighest(10);
    assertThat(ranges.count()).isEqualTo(10);
    ranges.keepHighest(2);
    assertThat(ranges.toString()).isEqualTo("[16..16, 18..18]");
    ranges.add(17, 17);
    ranges.add(3, 5);
    ranges.add(30, 30);
    assertThat(ranges.toString()).isEqualTo("[3..5, 16..18, 30..30]");
    ranges.keepHighest(1);
    ranges.add(40, 41);
    assertThat(ranges.toString()).isEqualTo("[30..30, 40..41]");
    assertThatIllegalArgumentException().isThrownBy(() -> ranges.keepHighest(0));
  }

  @Test
  void rangesThatAreNone_areRefused() {
    SeqRanges ranges = new SeqRanges();
    assertThatIllegalArgumentException().isThrownBy(() -> ranges.add(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ranges.add(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ranges.add(0, WireLimits.MAX_SEQ + 1));
    ranges.add(0, WireLimits.MAX_SEQ);
    assertThat(ranges.firstMissing()).isEqualTo(WireLimits.MAX_SEQ + 1);
    assertThat(ranges.toString()).isEqualTo("[0..1048575]");
  }
}
