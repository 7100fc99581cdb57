package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aSecondIsWhatWasSaidOfItLast_inWhateverOrderSecondsCome() {
    int[] seconds = {5, 3, 4, 3, 9, 1, 5, 4};
    for (int i = 0; i < seconds.length; i++) {
      values.put(seconds[i] * 1_000L, i);
    }
    assertThat(values.at(0)).isNaN();
    assertThat(values.at(1_000)).isEqualTo(5);
    assertThat(values.at(3_000)).isEqualTo(3);
    assertThat(values.at(4_000)).isEqualTo(7);
    assertThat(values.at(5_000)).isEqualTo(6);
    values.put(4_000, 11);
    assertThat(values.at(4_000)).isEqualTo(11);
    assertThat(values.at(9_000)).isEqualTo(4);
  }

  /** As a map has it that is widened where it grows too large. */
  @Property(tries = 200)
  void whatComesInAnyOrder_isWhatAMapWouldHold(@ForAll long seed) {
    Random random = new Random(seed);
    int spanS = 1 + random.nextInt(90);
    long fromMs = random.nextLong() % 1_000_000_000_000L;
    SecondValues kept = new SecondValues(100);
    TreeMap<Long, Integer> map = new TreeMap<>();
    for (int i = random.nextInt(1_000); i > 0; i--) {
      long atMs = fromMs + random.nextInt(spanS * 1_000);
      kept.put(atMs, i);
      map.put(Math.floorDiv(atMs, 1_000L), i);
      if (random.nextInt(50) == 0) {
        assertThat(kept.at(atMs)).isEqualTo(i);
      }
    }
    for (long s = -6; s < spanS + 6; s++) {
      long second = Math.floorDiv(fromMs, 1_000L) + s;
      var newest = map.floorEntry(second);
      boolean held = newest != null && newest.getKey() >= second - 4;
      Double expected = held ? (double) newest.getValue() : Double.NaN;
      assertThat(kept.at(second * 1_000)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1, 17})
  void howeverManySecondsThereAre_thereIsRoomForSoManyAndAQuarter(long apartS) {
    for (int i = 0; i < 10_000; i++) {
      values.put(i * apartS * 1_000L, i);
      values.put((i - 3) * apartS * 1_000L, i);
    }
    assertThat(values.room()).isLessThanOrEqualTo(1_024);
    SecondValues many = new SecondValues(10_000);
    for (int i = 0; i < 100_000; i++) {
      many.put(i * apartS * 1_000L, i);
    }
    assertThat(many.room()).isBetween(10_000, 12_501);
    assertThat(many.at(99_999L * apartS * 1_000)).isBetween(99_980.0, 99_999.0);
  }
}
