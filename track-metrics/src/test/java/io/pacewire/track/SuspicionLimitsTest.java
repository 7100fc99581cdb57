package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit is the record it is said to come from, with its margin, and never above the gate. */
class SuspicionLimitsTest {
  private static final double LONG = 1.03;
  private static final double UNDER_WATER = 1.4;

  @Test
  void limitsOfSpeed_areRecordsRoundedUp() {
    assertRow("run", LONG * 2_000 / 283.13, LONG * between(), LONG * 21_097.5 / 3_450);
    assertRow("trail-run", LONG * 2_000 / 283.13, LONG * between(), LONG * 21_097.5 / 3_450);
    assertRow("walk", LONG * 1_609.344 / 331.08, LONG * 5_000 / 1_085.49, LONG * 20_000 / 4_570);
    assertRow("hike", LONG * 1_609.344 / 331.08, LONG * 5_000 / 1_085.49, LONG * 20_000 / 4_570);
    assertRow("ride", rolls(0.1, 0.25, 0.004), rolls(0.063, 0.25, 0.004), rolls(0.05, 0.25, 0.004));
    assertRow("mtb", rolls(0.1, 0.45, 0.01), rolls(0.08, 0.45, 0.01), rolls(0.065, 0.45, 0.01));
    assertRow("swim", UNDER_WATER * 400 / 219.96, UNDER_WATER * 1_500 / 870.67, UNDER_WATER * 1.65);
    double hour = LONG * 42_000 / 4_560;
    assertRow("xc-ski", 12, 12 - (12 - hour) * Math.log(4) / Math.log(12), hour);
    assertThat(List.of(0, 1, 2))
        .extracting(SuspicionLimits::windowS)
        .containsExactly(300, 1_200, 3_600);
    assertThat(SuspicionLimits.windows()).isEqualTo(3);
  }

  /** Of the records over 5,000 m and 10,000 m, by the logarithm of time. */
  private static double between() {
    double share = Math.log(1_200 / 755.36) / Math.log(1_571 / 755.36);
    return 5_000 / 755.36 + share * (10_000 / 1_571.0 - 5_000 / 755.36);
  }

  /** What drives is what brakes: the slope's part of the weight, rolling and air. */
  private static double rolls(double grade, double dragM2, double rolling) {
    double slope = Math.atan(grade);
    double newton = 90 * 9.81 * (Math.sin(slope) - rolling * Math.cos(slope));
    return Math.sqrt(newton / (0.5 * 1.1 * dragM2));
  }

  private static void assertRow(String sport, double five, double twenty, double hour) {
    SuspicionLimits limits = SuspicionLimits.of(sport);
    assertUp(limits.fastestMps(0), five);
    assertUp(limits.fastestMps(1), twenty);
    assertUp(limits.fastestMps(2), hour);
    assertThat(limits.fastestMps(0)).isLessThan(SportProfile.of(sport).maxSpeedMps(1));
    assertThat(limits.isOnTheSpot()).isFalse();
  }

  private static void assertUp(double limit, double derived) {
    assertThat(limit).isEqualTo(Math.ceil(derived * 10) / 10, within(1e-9));
  }

  @Test
  void aStep_isNoLongerThanTheFastestRunnersAndWalkers() {
    assertThat(1_500 / 206.0 / 3.3).isBetween(2.2, 2.25);
    assertThat(SuspicionLimits.of("run").longestStepM()).isEqualTo(2.25);
    assertThat(SuspicionLimits.of("trail-run").longestStepM()).isEqualTo(2.25);
    assertThat(20_000 / 4_570.0 / 3.4).isBetween(1.28, 1.3);
    assertThat(SuspicionLimits.of("walk").longestStepM()).isEqualTo(1.3);
    assertThat(SuspicionLimits.of("hike").longestStepM()).isEqualTo(1.3);
    assertThat(SuspicionLimits.of("ride").longestStepM()).isInfinite();
  }

  @Test
  void whereAnythingGoes_thereIsNoLimit() {
    for (String sport : new String[] {"indoor", "other", "curling"}) {
      SuspicionLimits limits = SuspicionLimits.of(sport);
      for (int window = 0; window < SuspicionLimits.windows(); window++) {
        assertThat(limits.fastestMps(window)).isInfinite();
      }
      assertThat(limits.longestStepM()).isInfinite();
      assertThat(limits.isOnTheSpot()).isTrue();
    }
  }
}
