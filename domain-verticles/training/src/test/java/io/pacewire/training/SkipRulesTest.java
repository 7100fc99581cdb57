package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.SeqRanges;
import org.junit.jupiter.api.Test;

class SkipRulesTest {
  private final SeqRanges kept = new SeqRanges();

  private void say(int from, int to) {
    SeqRanges said = new SeqRanges();
    said.add(from, to);
    SkipRules.take(kept, said);
  }

  /** (1..1), (11..11) and so on, as many as there may be. */
  private void fill() {
    for (int i = 0; i < SkipRules.MOST_A_WRITER; i++) {
      say(10 * i + 1, 10 * i + 1);
    }
    assertThat(kept.count()).isEqualTo(SkipRules.MOST_A_WRITER);
  }

  @Test
  void whatFollowsWhatWasDropped_isOneRangeWithIt() {
    for (int seq = 0; seq < 10_000; seq++) {
      say(seq, seq);
    }
    assertThat(kept).hasToString("[0..9999]");
  }

  @Test
  void ofDisjointRanges_soManyAreKept_andNoMore() {
    fill();
    say(10_000, 20_000);
    say(5, 5);
    assertThat(kept.count()).isEqualTo(SkipRules.MOST_A_WRITER);
    assertThat(kept.contains(10_000)).isFalse();
    assertThat(kept.contains(5)).isFalse();
  }

  @Test
  void whereThereAreSoMany_thoseThatAreThereMayGrow() {
    fill();
    say(0, 0);
    say(2, 4);
    say(2_552, 2_600);
    assertThat(kept.count()).isEqualTo(SkipRules.MOST_A_WRITER);
    assertThat(kept.contains(0)).isTrue();
    assertThat(kept.contains(4)).isTrue();
    assertThat(kept.contains(2_600)).isTrue();
    assertThat(kept.contains(5)).isFalse();
  }

  @Test
  void whatJoinsTwo_makesRoomForAnother() {
    fill();
    say(2, 10);
    assertThat(kept.count()).isEqualTo(SkipRules.MOST_A_WRITER - 1);
    say(10_000, 20_000);
    assertThat(kept.contains(20_000)).isTrue();
    say(0, 100_000);
    assertThat(kept).hasToString("[0..100000]");
  }
}
