package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PointsCodecTest {
  private final Random random = new Random(5);

  @Test
  void whatIsPacked_comesBack_alsoAtTheEndsOfTheRange() {
    StoredPoints points = points(500);
    StoredPoints back = PointsCodec.decode(PointsCodec.encode(points));
    assertThat(back.size()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat(back.atMs(i)).isEqualTo(points.atMs(i));
      for (PointColumn column : PointColumn.values()) {
        assertThat(back.value(column, i)).isEqualTo(points.value(column, i));
      }
    }
    assertThat(back.has(PointColumn.POWER_W)).isFalse();
  }

  @Test
  void noPoints_areNoPoints() {
    assertThat(PointsCodec.decode(PointsCodec.encode(points(0))).size()).isZero();
  }

  @Test
  void aPart_hasBothItsEnds() {
    StoredPoints points = points(100);
    StoredPoints part = points.between(points.atMs(10), points.atMs(19));
    assertThat(part.size()).isEqualTo(10);
    assertThat(part.value(PointColumn.DISTANCE_CM, 0))
        .isEqualTo(points.value(PointColumn.DISTANCE_CM, 10));
    assertThat(points.between(Long.MIN_VALUE, Long.MAX_VALUE).size()).isEqualTo(100);
    assertThat(points.between(points.atMs(19), points.atMs(10)).size()).isZero();
  }

  @Test
  void otherBytes_arePointsOrRefused() {
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) random.nextInt(bytes.length);
      }
      readOrRefused(random.nextInt(4) == 0 ? bytes : Packing.pack(bytes));
    }
  }

  private static void readOrRefused(byte[] packed) {
    try {
      assertThat(PointsCodec.decode(packed).size()).isNotNegative();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private StoredPoints points(int size) {
    long[] at = new long[size];
    int[][] columns = new int[PointColumn.COUNT][];
    for (PointColumn column : PointColumn.values()) {
      if (column != PointColumn.POWER_W) {
        columns[column.place()] = size == 0 ? null : values(size);
      }
    }
    long now = 1_780_000_000_000L;
    for (int i = 0; i < size; i++) {
      now += 900 + random.nextInt(200);
      at[i] = now;
    }
    return new StoredPoints(at, columns);
  }

  private int[] values(int size) {
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = switch (random.nextInt(8)) {
        case 0 -> StoredPoints.ABSENT;
        case 1 -> Integer.MAX_VALUE;
        case 2 -> -Integer.MAX_VALUE;
        default -> random.nextInt(100_000);
      };
    }
    return values;
  }
}
