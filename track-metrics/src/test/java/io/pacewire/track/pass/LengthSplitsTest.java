package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Splits of a mile. */
class LengthSplitsTest {
  @Test
  void miles_sumToTheDistance_andEndBetweenFixes() {
    Points points = new Points().bpm(140).go(600, 3).bpm(160).go(600, 4);
    List<Split> splits = of(LengthSplits.MILE_M, points);
    assertThat(splits).hasSize(3);
    assertThat(splits).extracting(Split::partial).containsExactly(false, false, true);
    assertThat(splits.stream()
            .mapToLong(split -> Math.round(split.distanceM() * 1e6))
            .sum())
        .isEqualTo(4_200_000_000L);
    assertThat(splits.get(0).timerS()).isCloseTo(1_609.344 / 3, within(1e-6));
    assertThat(splits.get(1).timerS())
        .isCloseTo((1_800 - 1_609.344) / 3 + (3_218.688 - 1_800) / 4, within(1e-6));
    assertThat(splits.get(0).averageHeartRateBpm()).isCloseTo(140, within(1e-9));
    assertThat(splits.get(2).averageHeartRateBpm()).isCloseTo(160, within(1e-9));
    assertThat(splits.get(2).endAtEpochMs()).isEqualTo(1_200_000);
    assertThat(splits).extracting(Split::index).containsExactly(1, 2, 3);
  }

  @Test
  void aTrainingThatEndsWithAFullOne_hasNoPartialOne() {
    List<Split> splits = of(100, new Points().go(50, 4));
    assertThat(splits).hasSize(2).noneMatch(Split::partial);
    assertThat(splits.get(0).averageHeartRateBpm()).isZero();
  }

  /** A strap that speaks when the rate changes: 20 s of 100 bpm and 80 s of 180, said 8 times. */
  @Test
  void aRate_countsForAsLongAsItHeld() {
    Points points = new Points().bpm(100).go(1, 5).bpm(0).go(19, 5);
    for (int i = 0; i < 8; i++) {
      points.bpm(180).go(1, 5).bpm(0).go(9, 5);
    }
    // Said at the end of its second: 1 s before the first is of none.
    double bpm = (20 * 100 + 79 * 180) / 99.0;
    assertThat(of(500, points).get(0).averageHeartRateBpm()).isCloseTo(bpm, within(1e-9));
    Points once = new Points().bpm(150).go(1, 5).bpm(0).go(20, 5).go(100, 5);
    assertThat(of(200, once)).extracting(Split::averageHeartRateBpm).satisfies(rates -> {
      assertThat(rates.get(0)).isCloseTo(150, within(1e-9));
      assertThat(rates.get(2)).as("thirty seconds later nobody knows").isZero();
    });
  }

  @Test
  void oneLeap_fillsSeveral() {
    List<Split> splits = of(100, new Points().silence(70, 350, 0));
    assertThat(splits).extracting(Split::distanceM).containsExactly(100.0, 100.0, 100.0, 50.0);
    assertThat(splits)
        .allSatisfy(split -> assertThat(split.paceSPerKm()).isCloseTo(200, within(1e-6)));
  }

  @Test
  void whoStandsAtTheEnd_hasThatTimeInTheLast() {
    Points points = new Points().go(50, 5);
    List<Split> splits = LengthSplits.of(200, points.list, 75, 80_000);
    assertThat(splits).extracting(Split::timerS).containsExactly(40.0, 35.0);
    assertThat(splits.get(1).endAtEpochMs()).isEqualTo(80_000);
  }

  private static List<Split> of(double lengthM, Points points) {
    TrackPoint last = points.list.get(points.list.size() - 1);
    return LengthSplits.of(lengthM, points.list, last.timerS(), last.atEpochMs());
  }

  @Test
  void nothing_hasNone_andAWrongLengthIsRefused() {
    assertThat(LengthSplits.of(1_000, List.of(), 0, 0)).isEmpty();
    assertThatThrownBy(() -> LengthSplits.of(Double.NaN, List.of(), 0, 0))
        .hasMessageContaining("lengthM: NaN");
  }
}
