package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Stored points in the columns of {@link LiveJson#points}, digit for digit. */
final class PointsJson {
  private static final double E7 = 1e7;
  private static final double HUNDRED = 100;
  private static final double TEN = 10;

  private PointsJson() {}

  /** @param kept places of the points to show */
  static JsonObject columns(StoredPoints points, int[] kept) {
    JsonArray at = new JsonArray();
    JsonArray altitude = new JsonArray();
    for (int i : kept) {
      at.add(points.atMs(i));
      Double metres = scaled(points.value(PointColumn.ALTITUDE_CM, i), HUNDRED);
      altitude.add(metres == null ? null : LiveJson.round(metres, TEN));
    }
    return new JsonObject()
        .put("atMs", at)
        .put("latitudeDeg", column(points, PointColumn.LATITUDE_E7, kept, E7))
        .put("longitudeDeg", column(points, PointColumn.LONGITUDE_E7, kept, E7))
        .put("distanceM", column(points, PointColumn.DISTANCE_CM, kept, HUNDRED))
        .put("paceSPerKm", column(points, PointColumn.PACE_DS_PER_KM, kept, TEN))
        .put("heartRateBpm", whole(points, PointColumn.HEART_RATE_BPM, kept))
        .put("altitudeM", altitude)
        .put("flags", whole(points, PointColumn.FLAGS, kept));
  }

  static JsonObject rawPlaces(StoredPoints points, int[] kept) {
    return new JsonObject()
        .put("rawLatitudeDeg", column(points, PointColumn.RAW_LATITUDE_E7, kept, E7))
        .put("rawLongitudeDeg", column(points, PointColumn.RAW_LONGITUDE_E7, kept, E7));
  }

  private static JsonArray column(
      StoredPoints points, PointColumn column, int[] kept, double scale) {
    JsonArray values = new JsonArray();
    for (int i : kept) {
      values.add(scaled(points.value(column, i), scale));
    }
    return values;
  }

  private static JsonArray whole(StoredPoints points, PointColumn column, int[] kept) {
    JsonArray values = new JsonArray();
    for (int i : kept) {
      int value = points.value(column, i);
      values.add(value == StoredPoints.ABSENT ? null : value);
    }
    return values;
  }

  private static @Nullable Double scaled(int value, double scale) {
    return value == StoredPoints.ABSENT ? null : value / scale;
  }
}
