package io.pacewire.gamification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XpRulesTest {
  @ParameterizedTest
  @CsvSource({
    "14160.5, 4766, 141",
    "999.9, 300, 9",
    "99.9, 30, 0",
    "0, 300, 0",
    "1000, 0, 0",
    "NaN, 300, 0",
    "1000, NaN, 0"
  })
  void tenPointsAKilometre_andNoneForStanding(double distanceM, double movingS, int xp) {
    assertThat(XpRules.award(distanceM, movingS)).isEqualTo(xp);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "99, 1", "100, 2", "299, 2", "300, 3", "4500, 10", "4499, 9", "-5, 1"})
  void eachLevelTakesAHundredMoreThanTheOneBefore(long totalXp, int level) {
    assertThat(XpRules.level(totalXp)).isEqualTo(level);
  }

  @Test
  void theWeek_isThatOfThePlaceWhereTheTrainingBegan() {
    long sundayEvening = Instant.parse("2026-11-22T22:30:00Z").toEpochMilli();
    assertThat(XpRules.week(sundayEvening, "UTC")).isEqualTo("2026-W47");
    assertThat(XpRules.week(sundayEvening, "Europe/Moscow")).isEqualTo("2026-W48");
    assertThat(XpRules.week(sundayEvening, "no/where")).isEqualTo("2026-W47");
  }

  @Test
  void theYearOfAWeek_isThatOfItsThursday() {
    assertThat(XpRules.week(Instant.parse("2027-01-01T12:00:00Z").toEpochMilli(), "UTC"))
        .isEqualTo("2026-W53");
  }
}
