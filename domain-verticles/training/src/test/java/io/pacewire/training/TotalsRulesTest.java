package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.TotalsRules.Bucket;
import io.pacewire.training.TotalsRules.SportDay;
import io.pacewire.training.TotalsRules.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsRulesTest {
  private static SportDay day(String date, String sport, double distanceM) {
    return new SportDay(
        LocalDate.parse(date), sport, new DaySums(1, distanceM, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  /** ISO 8601: 2026 begins on a Thursday, so its first week begins in December; 2020 has 53 weeks. */
  @ParameterizedTest
  @CsvSource({
    "2025-12-28, 2025-W52, 2025-12-22, 2025-12-28",
    "2025-12-29, 2026-W01, 2025-12-29, 2026-01-04",
    "2026-01-04, 2026-W01, 2025-12-29, 2026-01-04",
    "2026-01-05, 2026-W02, 2026-01-05, 2026-01-11",
    "2021-01-03, 2020-W53, 2020-12-28, 2021-01-03",
    "2021-01-04, 2021-W01, 2021-01-04, 2021-01-10"
  })
  void weeksAreThoseOfTheStandard(String day, String name, String first, String last) {
    Bucket week = TotalsRules.buckets(List.of(day(day, "run", 1)), Unit.WEEK).get(0);
    assertThat(week.name()).isEqualTo(name);
    assertThat(week.first()).isEqualTo(LocalDate.parse(first));
    assertThat(week.last()).isEqualTo(LocalDate.parse(last));
  }

  @Test
  void aWeekThatSpansTwoYears_isOne_butTwoMonths() {
    List<SportDay> days = List.of(day("2025-12-31", "run", 5), day("2026-01-01", "ride", 7));
    assertThat(TotalsRules.buckets(days, Unit.WEEK)).singleElement().satisfies(week -> {
      assertThat(week.sums().distanceM()).isEqualTo(12);
      assertThat(week.sums().trainings()).isEqualTo(2);
      assertThat(week.sports()).containsOnlyKeys("run", "ride");
    });
    assertThat(TotalsRules.buckets(days, Unit.MONTH))
        .extracting(Bucket::name)
        .containsExactly("2026-01", "2025-12");
    assertThat(TotalsRules.buckets(days, Unit.YEAR))
        .extracting(Bucket::name)
        .containsExactly("2026", "2025");
  }

  @ParameterizedTest
  @CsvSource({"2024-02-10, 2024-02-29", "2026-02-10, 2026-02-28", "2026-12-31, 2026-12-31"})
  void monthsEndWhereTheyEnd(String day, String last) {
    assertThat(
            TotalsRules.buckets(List.of(day(day, "run", 1)), Unit.MONTH).get(0).last())
        .isEqualTo(LocalDate.parse(last));
  }

  /** Clocks in Berlin: forward at 01:00 UTC on 29 March 2026, back at 01:00 UTC on 25 October. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T22:59:59Z, Europe/Berlin, 2026-03-28",
    "2026-03-28T23:00:00Z, Europe/Berlin, 2026-03-29",
    "2026-03-29T21:59:59Z, Europe/Berlin, 2026-03-29",
    "2026-03-29T22:00:00Z, Europe/Berlin, 2026-03-30",
    "2026-10-24T21:59:59Z, Europe/Berlin, 2026-10-24",
    "2026-10-24T22:00:00Z, Europe/Berlin, 2026-10-25",
    "2026-10-25T22:59:59Z, Europe/Berlin, 2026-10-25",
    "2026-10-25T23:00:00Z, Europe/Berlin, 2026-10-26",
    "2026-05-28T03:30:00Z, America/New_York, 2026-05-27",
    "2026-05-28T03:30:00Z, Pacific/Kiritimati, 2026-05-28",
    "2026-05-28T03:30:00Z, no/zone, 2026-05-28"
  })
  void aDayIsTheDateOnTheWall(String at, String zone, String day) {
    assertThat(TotalsRules.day(Instant.parse(at).toEpochMilli(), zone))
        .isEqualTo(LocalDate.parse(day));
  }
}
