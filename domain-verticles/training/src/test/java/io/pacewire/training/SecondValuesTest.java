package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondValuesTest {
  private final SecondValues values = new SecondValues(100);

  @Test
  void aValueHoldsForFourSeconds() {
    values.put(10_000, 200);
    assertThat(values.at(9_999)).isNaN();
    assertThat(values.at(10_000)).isEqualTo(200);
    assertThat(values.at(14_999)).isEqualTo(200);
    assertThat(values.at(15_000)).isNaN();
  }

  @Test
  void ofMoreThanThereIsRoomFor_everySecondOneIsKept_toTheEnd() {
    for (int second = 0; second < 1_000; second++) {
      values.put(second * 1_000L, second);
    }
    for (int second = 0; second < 1_000; second++) {
      assertThat(values.at(second * 1_000L))
          .as("at %d s", second)
          .isBetween(second - 16.0, second + 16.0);
    }
    assertThat(values.at(-1)).isNaN();
    assertThat(values.at(1_030_000)).isNaN();
  }

  @Test
  void anothersValues_areTakenWhereThereAreNone() {
    SecondValues other = new SecondValues(100);
    for (int second = 0; second < 150; second++) {
      other.put(second * 1_000L, 7);
    }
    values.orElse(other);
    assertThat(values.at(149_000)).isEqualTo(7);
    values.put(0, 8);
    other.put(0, 9);
    values.orElse(other);
    assertThat(values.at(0)).isEqualTo(8);
  }
}
