package io.pacewire.ingest;

import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;
import java.util.Arrays;

/** A column of a batch in JSON: as on the wire, first numbers and changes, added up. */
final class JsonColumn {
  private static final long DAYS_MS = 366L * 86_400_000L;

  private final int size;
  private final long[] atEpochMs;
  private final long[] monotonicMs;
  private final int[][] series;

  private JsonColumn(int size, long[] atEpochMs, long[] monotonicMs, int[][] series) {
    this.size = size;
    this.atEpochMs = atEpochMs;
    this.monotonicMs = monotonicMs;
    this.series = series;
  }

  /** @param required how many of the series, from the first on, have a value for every sample */
  static JsonColumn read(JsonPart column, long batchFirstMs, int required, String... names) {
    int[][] series = new int[names.length][];
    for (int i = 0; i < names.length; i++) {
      long[] changes = column.numbers(
          names[i], WireLimits.MAX_SAMPLES_PER_COLUMN, Integer.MIN_VALUE, Integer.MAX_VALUE);
      series[i] = sums(changes);
      if (series[i].length == 0 && i >= required) {
        series[i] = absent(series[0].length);
      } else if (series[i].length != series[0].length) {
        throw new MalformedBatchException(column.path(names[i]) + " has " + series[i].length
            + " values for " + series[0].length + " samples");
      }
    }
    int size = series[0].length;
    JsonPart clock = column.part("clock");
    long[] at = new long[size];
    long[] monotonic = new long[size];
    readClock(clock, batchFirstMs, at, monotonic);
    clock.requireAllRead();
    column.requireAllRead();
    return new JsonColumn(size, at, monotonic, series);
  }

  int size() {
    return size;
  }

  long atEpochMs(int index) {
    return atEpochMs[index];
  }

  long monotonicMs(int index) {
    return monotonicMs[index];
  }

  int value(int seriesIndex, int index) {
    return series[seriesIndex][index];
  }

  private static void readClock(JsonPart clock, long batchFirstMs, long[] at, long[] monotonic) {
    long first = batchFirstMs + clock.number("first_wall_offset_ms", 0, -DAYS_MS, DAYS_MS);
    long mono = clock.number("first_monotonic_ms", 0, 0, WireLimits.MAX_EPOCH_MS);
    long[] walls = deltas(clock, "wall_delta_ms", at.length, true);
    long[] skews = deltas(clock, "skew_delta_ms", at.length, false);
    long skew = mono - first;
    long wall = first;
    for (int i = 0; i < at.length; i++) {
      if (i > 0) {
        wall += walls[i - 1];
        skew += skews[i - 1];
      }
      at[i] = wall;
      monotonic[i] = wall + skew;
    }
  }

  private static long[] deltas(JsonPart clock, String name, int samples, boolean required) {
    long[] deltas = clock.numbers(name, WireLimits.MAX_SAMPLES_PER_COLUMN, -DAYS_MS, DAYS_MS);
    int wanted = Math.max(0, samples - 1);
    if (deltas.length == 0 && !required) {
      return new long[wanted];
    }
    if (deltas.length != wanted) {
      throw new MalformedBatchException(clock.path(name) + " has " + deltas.length + " values for "
          + samples + " samples, must be one less");
    }
    return deltas;
  }

  private static int[] absent(int count) {
    int[] none = new int[count];
    Arrays.fill(none, SampleBatch.ABSENT);
    return none;
  }

  /** 32-bit values wrap, as the wire says. */
  private static int[] sums(long[] changes) {
    int[] sums = new int[changes.length];
    int sum = 0;
    for (int i = 0; i < changes.length; i++) {
      sum += (int) changes[i];
      sums[i] = sum;
    }
    return sums;
  }
}
