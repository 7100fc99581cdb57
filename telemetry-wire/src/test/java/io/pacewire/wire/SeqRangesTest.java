package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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
}
