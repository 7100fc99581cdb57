package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadRulesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  /** By hand: 1 - e^(-1/42) = 0.023528, 1 - e^(-1/7) = 0.133122. */
  @Test
  void oneTrainingOfAHundred_fadesOverTheDaysAfterIt() {
    List<LoadRules.Day> days = LoadRules.series(Map.of(DAY, 100.0), DAY, DAY.plusDays(2));
    assertThat(days).hasSize(3);
    assertDay(days.get(0), 100, 2.3528, 13.3122, 0);
    assertDay(days.get(1), 0, 2.2975, 11.5400, 2.3528 - 13.3122);
    assertDay(days.get(2), 0, 2.2434, 10.0038, 2.2975 - 11.5400);
  }

  @Test
  void twoDaysOfTraining_addUp() {
    List<LoadRules.Day> days =
        LoadRules.series(Map.of(DAY, 100.0, DAY.plusDays(1), 50.0), DAY, DAY.plusDays(1));
    // 2.3528 + (50 - 2.3528) 0.023528 and 13.3122 + (50 - 13.3122) 0.133122
    assertDay(days.get(1), 50, 3.4739, 18.1962, -10.9594);
  }

  @Test
  void theSameEveryDay_isWhatBothComeTo() {
    Map<LocalDate, Double> costs = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      costs.put(DAY.plusDays(i), 80.0);
    }
    List<LoadRules.Day> days = LoadRules.series(costs, DAY.plusDays(990), DAY.plusDays(999));
    assertThat(days).hasSize(10).allSatisfy(day -> {
      assertThat(day.chronic()).isCloseTo(80, within(1e-6));
      assertThat(day.acute()).isCloseTo(80, within(1e-9));
      assertThat(day.form()).isCloseTo(0, within(1e-6));
    });
  }

  /** 42 days after a training the chronic load has fallen to 1/e of what it was. */
  @Test
  void aTimeConstantLater_aThirdIsLeft() {
    List<LoadRules.Day> days = LoadRules.series(Map.of(DAY, 100.0), DAY, DAY.plusDays(42));
    assertThat(days.get(42).chronic() / days.get(0).chronic())
        .isCloseTo(Math.exp(-1), within(1e-9));
    assertThat(days.get(7).acute() / days.get(0).acute()).isCloseTo(Math.exp(-1), within(1e-9));
  }

  @Test
  void whatIsAskedFor_doesNotChangeIt() {
    Map<LocalDate, Double> costs = Map.of(DAY, 100.0, DAY.plusDays(9), 60.0);
    List<LoadRules.Day> all = LoadRules.series(costs, DAY, DAY.plusDays(20));
    assertThat(LoadRules.series(costs, DAY.plusDays(12), DAY.plusDays(20)))
        .isEqualTo(all.subList(12, 21));
    assertThat(LoadRules.series(costs, DAY.minusDays(2), DAY.minusDays(1)))
        .extracting(LoadRules.Day::chronic)
        .containsExactly(0.0, 0.0);
    assertThat(LoadRules.series(Map.of(), DAY, DAY)).hasSize(1);
  }

  private static void assertDay(
      LoadRules.Day day, double cost, double chronic, double acute, double form) {
    assertThat(day.cost()).isEqualTo(cost);
    assertThat(day.chronic()).isCloseTo(chronic, within(1e-4));
    assertThat(day.acute()).isCloseTo(acute, within(1e-4));
    assertThat(day.form()).isCloseTo(form, within(1e-4));
  }
}
