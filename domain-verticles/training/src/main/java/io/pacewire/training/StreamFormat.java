package io.pacewire.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pacewire.training.StreamRules.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Streams as callers get them: JSON, or bytes that a browser reads without parsing.
 *
 * <p>The bytes, little-endian: {@code PWS1}, the number of rows (u32), the number of columns (u32), four
 * zero bytes. Then each column: length of its name (u8), the name (ASCII), its type (u8: 1 = i32, 2 =
 * i64), how many of its whole numbers make one of the unit that the name ends with (u32), zero bytes up
 * to a multiple of 8 from the beginning, the values, zero bytes up to a multiple of 8. An i32 of
 * -2147483648 is no value.
 */
final class StreamFormat {
  private static final byte[] MAGIC = "PWS1".getBytes(US_ASCII);
  private static final int I32 = 1;
  private static final int I64 = 2;
  private static final int ALIGNMENT = 8;

  private StreamFormat() {}

  private record Named(String name, PointColumn column, int scale) {}

  private static final List<Named> NAMED = List.of(
      new Named("distanceM", PointColumn.DISTANCE_CM, 100),
      new Named("latitudeDeg", PointColumn.LATITUDE_E7, 10_000_000),
      new Named("longitudeDeg", PointColumn.LONGITUDE_E7, 10_000_000),
      new Named("altitudeM", PointColumn.ALTITUDE_CM, 100),
      new Named("heartRateBpm", PointColumn.HEART_RATE_BPM, 1),
      new Named("cadencePerMin", PointColumn.CADENCE_RPM, 1),
      new Named("powerW", PointColumn.POWER_W, 1),
      new Named("speedMps", PointColumn.SPEED_CM_S, 100),
      new Named("flags", PointColumn.FLAGS, 1));

  /** A column that no point has a value in is left out. */
  static JsonObject json(Rows rows, Set<StreamColumn> wanted) {
    JsonObject columns = new JsonObject();
    if (wanted.contains(StreamColumn.TIME)) {
      List<Object> atMs = new ArrayList<>(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        atMs.add(rows.atMs()[row]);
      }
      columns.put("atMs", new JsonArray(atMs));
    }
    for (Named named : named(rows, wanted)) {
      columns.put(named.name(), values(rows, named));
    }
    return columns;
  }

  private static JsonArray values(Rows rows, Named named) {
    List<Object> values = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int value = rows.value(named.column(), row);
      if (value == StoredPoints.ABSENT) {
        values.add(null);
      } else if (named.scale() == 1) {
        values.add(value);
      } else {
        values.add((double) value / named.scale());
      }
    }
    return new JsonArray(values);
  }

  static Buffer bytes(Rows rows, Set<StreamColumn> wanted) {
    List<Named> columns = named(rows, wanted);
    boolean time = wanted.contains(StreamColumn.TIME);
    Buffer bytes = Buffer.buffer(64 + rows.size() * (columns.size() * 4 + ALIGNMENT));
    bytes
        .appendBytes(MAGIC)
        .appendIntLE(rows.size())
        .appendIntLE(columns.size() + (time ? 1 : 0))
        .appendIntLE(0);
    if (time) {
      head(bytes, "atMs", I64, 1);
      for (long atMs : rows.atMs()) {
        bytes.appendLongLE(atMs);
      }
    }
    for (Named named : columns) {
      head(bytes, named.name(), I32, named.scale());
      for (int row = 0; row < rows.size(); row++) {
        int value = rows.value(named.column(), row);
        bytes.appendIntLE(value == StoredPoints.ABSENT ? Integer.MIN_VALUE : value);
      }
      align(bytes);
    }
    return bytes;
  }

  private static void head(Buffer bytes, String name, int type, int scale) {
    bytes
        .appendUnsignedByte((short) name.length())
        .appendString(name)
        .appendUnsignedByte((short) type)
        .appendUnsignedIntLE(scale);
    align(bytes);
  }

  private static void align(Buffer bytes) {
    while (bytes.length() % ALIGNMENT != 0) {
      bytes.appendByte((byte) 0);
    }
  }

  private static List<Named> named(Rows rows, Set<StreamColumn> wanted) {
    return NAMED.stream()
        .filter(named -> rows.has(named.column())
            && wanted.stream().anyMatch(one -> one.sources().contains(named.column())))
        .toList();
  }
}
