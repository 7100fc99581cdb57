package io.pacewire.training;

import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line of a training second by second, as columns of whole numbers: what maps, charts and streams
 * are drawn from, so that nobody has to fold the chunks for it. Ordered by time. Immutable.
 */
final class StoredPoints {
  /** Where a point has no such value; no column has it as a value of its own. */
  static final int ABSENT = SampleBatch.ABSENT;

  private final long[] atMs;
  private final int[] @Nullable [] columns;

  /** @param columns by {@link PointColumn#place()}, each as long as {@code atMs}; null where no point has one */
  StoredPoints(long[] atMs, int[] @Nullable [] columns) {
    this.atMs = atMs;
    this.columns = columns;
  }

  int size() {
    return atMs.length;
  }

  /** By the device's clock, as the figures are. */
  long atMs(int index) {
    return atMs[index];
  }

  /** Whether any point has a value in this column. */
  boolean has(PointColumn column) {
    return columns[column.place()] != null;
  }

  /** The value of a point, or {@link #ABSENT}. */
  int value(PointColumn column, int index) {
    int[] values = columns[column.place()];
    return values == null ? ABSENT : values[index];
  }

  /** The points of a part of the session; both ends count. Figures go on as they are: nothing begins at 0 again. */
  StoredPoints between(long fromMs, long toMs) {
    int from = firstAtOrAfter(fromMs);
    int to = Math.max(from, toMs == Long.MAX_VALUE ? atMs.length : firstAtOrAfter(toMs + 1));
    int[][] part = new int[columns.length][];
    for (int i = 0; i < part.length; i++) {
      int[] values = columns[i];
      part[i] = values == null ? null : Arrays.copyOfRange(values, from, to);
    }
    return new StoredPoints(Arrays.copyOfRange(atMs, from, to), part);
  }

  /** Place of the first point at this time or later; {@link #size()} where there is none. */
  int firstAtOrAfter(long ms) {
    int low = 0;
    int high = atMs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (atMs[middle] < ms) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
