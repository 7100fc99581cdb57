package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.geo.PathPoint;
import io.pacewire.track.geo.Position;
import io.pacewire.training.GeometryRules.Kind;
import io.pacewire.training.GeometryRules.Stretch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryRulesTest {
  /** Due north at 60 N with a swing of 5 m; a gap before point 40, estimated from 60 to 62, no place at 80. */
  private static StoredPoints points(int startLongitudeE7) {
    int size = 100;
    long[] atMs = new long[size];
    int[][] columns = new int[PointColumn.COUNT][];
    int[] latitude = new int[size];
    columns[PointColumn.LATITUDE_E7.place()] = latitude;
    int[] longitude = new int[size];
    columns[PointColumn.LONGITUDE_E7.place()] = longitude;
    int[] distance = new int[size];
    columns[PointColumn.DISTANCE_CM.place()] = distance;
    int[] flags = new int[size];
    columns[PointColumn.FLAGS.place()] = flags;
    for (int i = 0; i < size; i++) {
      atMs[i] = 1_780_000_000_000L + i * 1_000L;
      latitude[i] = i == 80 ? StoredPoints.ABSENT : 600_000_000 + i * 270;
      longitude[i] = i == 80 ? StoredPoints.ABSENT : startLongitudeE7 + (i % 2) * 900;
      distance[i] = i * 300;
      flags[i] = i == 40 ? 4 : i == 61 || i == 62 ? 1 : 0;
    }
    return new StoredPoints(atMs, columns);
  }

  @Test
  void stretchesShareTheirEnds_andSayWhatTheyAre() {
    List<Stretch> stretches = GeometryRules.stretches(points(0), 20);
    assertThat(stretches)
        .extracting(Stretch::kind)
        .containsExactly(Kind.RECORDED, Kind.GAP, Kind.RECORDED, Kind.ESTIMATED, Kind.RECORDED);
    for (int i = 1; i < stretches.size(); i++) {
      List<PathPoint> before = stretches.get(i - 1).points();
      assertThat(stretches.get(i).points().get(0).atEpochMs())
          .isEqualTo(before.get(before.size() - 1).atEpochMs());
    }
    assertThat(stretches.get(1).points()).hasSize(2);
    assertThat(stretches.stream().mapToInt(one -> one.points().size()).sum()).isEqualTo(99 + 4);
  }

  /** At 60 N half a pixel is 9.6 m at zoom 12 and 2.4 m at zoom 14; the swing is 5 m. */
  @Test
  void aSwingSmallerThanHalfAPixel_isLeftOut_andALargerOneStays() {
    assertThat(count(12)).isEqualTo(2 * 5);
    assertThat(count(14)).isEqualTo(99 + 4);
  }

  private static int count(int zoom) {
    return GeometryRules.stretches(points(0), zoom).stream()
        .mapToInt(one -> one.points().size())
        .sum();
  }

  @Test
  void noPoint_isNoLine_andOneIsAPoint() {
    StoredPoints all = points(0);
    assertThat(GeometryRules.stretches(all.between(0, 1), 14)).isEmpty();
    List<Stretch> one = GeometryRules.stretches(all.between(all.atMs(3), all.atMs(3)), 14);
    JsonObject geometry = GeometryJson.geoJson(one)
        .getJsonArray("features")
        .getJsonObject(0)
        .getJsonObject("geometry");
    assertThat(geometry.getString("type")).isEqualTo("Point");
  }

  /** A file of nothing but places: no distance, no flags; and half a place is none. */
  @Test
  void whatIsNotKept_isNoReasonToLeaveOutALine() {
    int[][] columns = new int[PointColumn.COUNT][];
    columns[PointColumn.LATITUDE_E7.place()] = new int[] {600_000_000, 600_010_000, 600_020_000};
    columns[PointColumn.LONGITUDE_E7.place()] = new int[] {0, StoredPoints.ABSENT, 900};
    List<Stretch> stretches =
        GeometryRules.stretches(new StoredPoints(new long[] {1_000, 2_000, 3_000}, columns), 20);
    assertThat(stretches).extracting(Stretch::kind).containsExactly(Kind.RECORDED);
    assertThat(stretches.get(0).points())
        .extracting(PathPoint::atEpochMs)
        .containsExactly(1_000L, 3_000L);
    assertThat(stretches.get(0).points().get(1).distanceM()).isZero();
  }

  @Test
  void aLineAcrossTheAntimeridian_isCutThere() {
    JsonObject geometry = GeometryJson.geoJson(List.of(new Stretch(
            Kind.RECORDED, List.of(place(10, 179.9), place(11, -179.9), place(12, 179.9)))))
        .getJsonArray("features")
        .getJsonObject(0)
        .getJsonObject("geometry");
    assertThat(geometry.getString("type")).isEqualTo("MultiLineString");
    JsonArray lines = geometry.getJsonArray("coordinates");
    assertThat(lines).hasSize(3);
    assertThat(lines.getJsonArray(0).getJsonArray(1).getDouble(0)).isEqualTo(180);
    assertThat(lines.getJsonArray(0).getJsonArray(1).getDouble(1)).isCloseTo(10.5, within(1e-6));
    assertThat(lines.getJsonArray(1).getJsonArray(0).getDouble(0)).isEqualTo(-180);
    assertThat(lines.getJsonArray(1).getJsonArray(2).getDouble(0)).isEqualTo(-180);
    assertThat(lines.getJsonArray(2).getJsonArray(0).getDouble(0)).isEqualTo(180);
  }

  /** (38.5, -120.2), (40.7, -120.95), (43.252, -126.453), as those who use six digits write it. */
  @Test
  void polylines_areAsTheAlgorithmHasThem() {
    List<PathPoint> points =
        List.of(place(38.5, -120.2), place(40.7, -120.95), place(43.252, -126.453));
    assertThat(GeometryJson.Polyline.encode(points)).isEqualTo("_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI");
    assertThat(GeometryJson.Polyline.encode(points)).isEqualTo(encoded(points));
  }

  @Test
  void polylinesAcrossTheAntimeridian_goOnBeyondIt_bothWays() {
    assertThat(longitudes(179.9, -179.9, -179.8, 179.95, -170))
        .containsExactly(179.9, 180.1, 180.2, 179.95, 190.0);
    assertThat(longitudes(-179.9, 179.9, 179.8)).containsExactly(-179.9, -180.1, -180.2);
    assertThat(longitudes(-120.2, 30)).containsExactly(-120.2, 30.0);
  }

  /** As whoever draws it decodes a line through these. */
  private static List<Double> longitudes(double... degrees) {
    List<PathPoint> points =
        Arrays.stream(degrees).mapToObj(degree -> place(10, degree)).toList();
    List<Double> decoded = new ArrayList<>();
    String text = GeometryJson.Polyline.encode(points);
    long longitude = 0;
    int at = 0;
    for (int number = 0; at < text.length(); number++) {
      long bits = 0;
      int shift = 0;
      int group;
      do {
        group = text.charAt(at++) - 63;
        bits |= (long) (group & 0x1F) << shift;
        shift += 5;
      } while (group >= 0x20);
      if (number % 2 == 1) {
        longitude += (bits & 1) == 0 ? bits >> 1 : ~(bits >> 1);
        decoded.add(longitude / 1e6);
      }
    }
    return decoded;
  }

  /** By groups of five bits, last first, in another way. */
  private static String encoded(List<PathPoint> points) {
    StringBuilder text = new StringBuilder();
    long[] before = {0, 0};
    for (PathPoint point : points) {
      long[] here = {
        Math.round(point.position().latitudeDeg() * 1e6),
        Math.round(point.position().longitudeDeg() * 1e6)
      };
      for (int i = 0; i < 2; i++) {
        long delta = here[i] - before[i];
        String bits = Long.toBinaryString(delta < 0 ? -2 * delta - 1 : 2 * delta);
        while (bits.length() % 5 != 0) {
          bits = "0" + bits;
        }
        for (int from = bits.length() - 5; from >= 0; from -= 5) {
          int group = Integer.parseInt(bits.substring(from, from + 5), 2);
          text.append((char) (group + (from > 0 ? 32 : 0) + 63));
        }
        before[i] = here[i];
      }
    }
    return text.toString();
  }

  private static PathPoint place(double latitudeDeg, double longitudeDeg) {
    return PathPoint.of(1_780_000_000_000L, Position.of(latitudeDeg, longitudeDeg), 0, false);
  }
}
