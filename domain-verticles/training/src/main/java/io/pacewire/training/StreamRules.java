package io.pacewire.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Thins the points of a training to steps of equal length, counted from its first point. A step that no
 * point is in has no row. Pure.
 */
final class StreamRules {
  private StreamRules() {}

  /**
   * A training's points, step by step.
   *
   * @param atMs of each row
   * @param values of the columns that any point has a value of, row by row
   */
  record Rows(long[] atMs, Map<PointColumn, int[]> values) {
    int size() {
      return atMs.length;
    }

    boolean has(PointColumn column) {
      return values.containsKey(column);
    }

    int value(PointColumn column, int row) {
      int[] held = values.get(column);
      return held == null ? StoredPoints.ABSENT : held[row];
    }
  }

  /** The shortest step, in whole milliseconds, with which there are at most so many rows. */
  static long stepMs(StoredPoints points, int mostRows) {
    if (points.size() <= mostRows) {
      return 1; // as they are
    }
    long spanMs = points.atMs(points.size() - 1) - points.atMs(0) + 1;
    return Math.max(1, (spanMs + mostRows - 1) / mostRows);
  }

  /** How many rows there are with a step of so many milliseconds. */
  static int rows(StoredPoints points, long stepMs) {
    int rows = 0;
    long last = -1;
    for (int i = 0; i < points.size(); i++) {
      long step = step(points, i, stepMs);
      rows += step == last ? 0 : 1;
      last = step;
    }
    return rows;
  }

  static Rows thin(StoredPoints points, long stepMs) {
    int size = rows(points, stepMs);
    long[] atMs = new long[size];
    Map<PointColumn, int[]> values = new EnumMap<>(PointColumn.class);
    for (StreamColumn column : StreamColumn.values()) {
      for (PointColumn source : column.sources()) {
        if (points.has(source)) {
          values.put(source, column(points, source, column.rule(), stepMs, size));
        }
      }
    }
    int row = -1;
    long last = -1;
    for (int i = 0; i < points.size(); i++) {
      long step = step(points, i, stepMs);
      row += step == last ? 0 : 1;
      last = step;
      atMs[row] = points.atMs(i);
    }
    return new Rows(atMs, values);
  }

  private static int[] column(
      StoredPoints points, PointColumn source, StreamColumn.Rule rule, long stepMs, int size) {
    int[] values = new int[size];
    Arrays.fill(values, StoredPoints.ABSENT);
    int from = 0;
    for (int row = 0; row < size; row++) {
      int end = from;
      long step = step(points, from, stepMs);
      while (end < points.size() && step(points, end, stepMs) == step) {
        end++;
      }
      values[row] = value(points, source, rule, from, end);
      from = end;
    }
    return values;
  }

  private static int value(
      StoredPoints points, PointColumn source, StreamColumn.Rule rule, int from, int end) {
    long sum = 0;
    int bits = 0;
    int last = StoredPoints.ABSENT;
    int count = 0;
    for (int i = from; i < end; i++) {
      int value = points.value(source, i);
      if (value != StoredPoints.ABSENT) {
        sum += value;
        bits |= value;
        last = value;
        count++;
      }
    }
    if (count == 0) {
      return StoredPoints.ABSENT;
    }
    return switch (rule) {
      case LAST -> last;
      case MEAN -> (int) Math.round((double) sum / count);
      case ANY -> bits;
    };
  }

  private static long step(StoredPoints points, int index, long stepMs) {
    return (points.atMs(index) - points.atMs(0)) / stepMs;
  }
}
