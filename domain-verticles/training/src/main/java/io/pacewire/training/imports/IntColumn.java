package io.pacewire.training.imports;

import io.pacewire.wire.SampleBatch;
import java.util.Arrays;

/** Whole numbers by place, most of which may be {@link SampleBatch#ABSENT}; takes room once one is not. */
final class IntColumn {
  private static final int FIRST_ROOM = 256;

  private int[] values = new int[0];

  /** @param value that is absent where nothing was measured */
  void set(int place, int value) {
    if (value == SampleBatch.ABSENT) {
      return;
    }
    if (place >= values.length) {
      int had = values.length;
      values = Arrays.copyOf(values, Math.max(place + 1, Math.max(FIRST_ROOM, had + (had >> 1))));
      Arrays.fill(values, had, values.length, SampleBatch.ABSENT);
    }
    values[place] = value;
  }

  int get(int place) {
    return place < values.length ? values[place] : SampleBatch.ABSENT;
  }
}
