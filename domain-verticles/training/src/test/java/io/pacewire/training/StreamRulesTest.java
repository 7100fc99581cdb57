package io.pacewire.training;

import static io.pacewire.training.StoredPoints.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.StreamRules.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamRulesTest {
  private static final long START = 1_780_000_000_000L;

  /** A point at 0, 1, 2, 10, 11 and 35 s. */
  private static final StoredPoints POINTS = points();

  private static StoredPoints points() {
    int[][] columns = new int[PointColumn.COUNT][];
    columns[PointColumn.DISTANCE_CM.place()] = new int[] {0, 300, 600, 3_000, ABSENT, 9_000};
    columns[PointColumn.HEART_RATE_BPM.place()] = new int[] {140, 141, 143, ABSENT, ABSENT, 150};
    columns[PointColumn.POWER_W.place()] = new int[] {0, 200, 220, 300, 100, ABSENT};
    columns[PointColumn.LATITUDE_E7.place()] = new int[] {1, 2, ABSENT, 4, 5, -6};
    columns[PointColumn.LONGITUDE_E7.place()] = new int[] {7, 8, ABSENT, 9, 10, 11};
    columns[PointColumn.FLAGS.place()] = new int[] {4, 0, 1, 0, 2, 4};
    return new StoredPoints(
        new long[] {
          START, START + 1_000, START + 2_000, START + 10_000, START + 11_000, START + 35_000
        },
        columns);
  }

  @Test
  void stepsOfTenSeconds_followTheRuleOfTheirColumn() {
    Rows rows = StreamRules.thin(POINTS, 10_000);
    assertThat(rows.atMs()).containsExactly(START + 2_000, START + 11_000, START + 35_000);
    assertThat(column(rows, PointColumn.DISTANCE_CM)).containsExactly(600, 3_000, 9_000);
    assertThat(column(rows, PointColumn.HEART_RATE_BPM)).containsExactly(141, ABSENT, 150);
    assertThat(column(rows, PointColumn.POWER_W)).containsExactly(140, 200, ABSENT);
    assertThat(column(rows, PointColumn.LATITUDE_E7)).containsExactly(2, 5, -6);
    assertThat(column(rows, PointColumn.FLAGS)).containsExactly(5, 2, 4);
    assertThat(rows.has(PointColumn.CADENCE_RPM)).isFalse();
  }

  @Test
  void aStepThatNobodySees_leavesThePointsAsTheyAre() {
    Rows rows = StreamRules.thin(POINTS, StreamRules.stepMs(POINTS, 6));
    assertThat(rows.size()).isEqualTo(6);
    assertThat(column(rows, PointColumn.POWER_W)).containsExactly(0, 200, 220, 300, 100, ABSENT);
  }

  @Test
  void soManyRowsAtMost_areNeverExceeded() {
    for (int most = 2; most < 6; most++) {
      long stepMs = StreamRules.stepMs(POINTS, most);
      assertThat(StreamRules.rows(POINTS, stepMs)).isBetween(1, most);
    }
    StoredPoints none = new StoredPoints(new long[0], new int[PointColumn.COUNT][]);
    assertThat(StreamRules.thin(none, StreamRules.stepMs(none, 2)).size()).isZero();
  }

  @Test
  void json_hasTheUnitsOfItsNames_andNullWhereNothingIs() {
    JsonObject json =
        StreamFormat.json(StreamRules.thin(POINTS, 10_000), EnumSet.allOf(StreamColumn.class));
    assertThat(json.getJsonArray("distanceM"))
        .isEqualTo(new JsonArray().add(6.0).add(30.0).add(90.0));
    assertThat(json.getJsonArray("heartRateBpm"))
        .isEqualTo(new JsonArray().add(141).addNull().add(150));
    assertThat(json.getJsonArray("longitudeDeg").getDouble(2)).isEqualTo(11e-7);
    assertThat(json.fieldNames()).doesNotContain("cadencePerMin", "altitudeM");
    assertThat(StreamFormat.json(StreamRules.thin(POINTS, 1), Set.of(StreamColumn.TIME))
            .fieldNames())
        .containsExactly("atMs");
  }

  /** Read as the document says, with nothing of ours. */
  @Test
  void bytes_canBeReadAsDocumented() {
    Buffer bytes = StreamFormat.bytes(
        StreamRules.thin(POINTS, 10_000),
        EnumSet.of(StreamColumn.TIME, StreamColumn.HEART_RATE, StreamColumn.LATLNG));
    assertThat(bytes.getString(0, 4)).isEqualTo("PWS1");
    assertThat(bytes.getIntLE(4)).isEqualTo(3);
    assertThat(bytes.getIntLE(8)).isEqualTo(4);
    assertThat(bytes.getIntLE(12)).isZero();
    int at = 16;
    JsonObject read = new JsonObject();
    for (int column = 0; column < 4; column++) {
      int length = bytes.getUnsignedByte(at);
      String name = bytes.getString(at + 1, at + 1 + length);
      int type = bytes.getUnsignedByte(at + 1 + length);
      long scale = bytes.getUnsignedIntLE(at + 2 + length);
      at = (at + 6 + length + 7) / 8 * 8;
      JsonArray values = new JsonArray();
      for (int row = 0; row < 3; row++) {
        values.add(
            type == 2
                ? bytes.getLongLE(at + 8 * row)
                : (double) bytes.getIntLE(at + 4 * row) / scale);
      }
      at = (at + 3 * (type == 2 ? 8 : 4) + 7) / 8 * 8;
      read.put(name, values);
    }
    assertThat(at).isEqualTo(bytes.length());
    assertThat(read.fieldNames())
        .containsExactly("atMs", "latitudeDeg", "longitudeDeg", "heartRateBpm");
    assertThat(read.getJsonArray("atMs").getLong(1)).isEqualTo(START + 11_000);
    assertThat(read.getJsonArray("latitudeDeg").getDouble(2)).isEqualTo(-6e-7);
    assertThat(read.getJsonArray("heartRateBpm").getDouble(1)).isEqualTo(Integer.MIN_VALUE);
  }

  private static int[] column(Rows rows, PointColumn column) {
    int[] values = new int[rows.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = rows.value(column, row);
    }
    return values;
  }
}
