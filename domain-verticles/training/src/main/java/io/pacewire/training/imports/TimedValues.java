package io.pacewire.training.imports;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Times, each with a value perhaps, in the order in which they were told. */
final class TimedValues {
  private static final int FIRST_ROOM = 256;

  private final IntColumn values = new IntColumn();
  private long[] atMs = new long[0];
  private int size;
  private boolean ascends = true;

  void add(long at, int value) {
    if (size == atMs.length) {
      atMs = Arrays.copyOf(atMs, Math.max(FIRST_ROOM, size + (size >> 1)));
    }
    ascends &= size == 0 || at >= atMs[size - 1];
    values.set(size, value);
    atMs[size++] = at;
  }

  int size() {
    return size;
  }

  long atMs(int place) {
    return atMs[place];
  }

  int value(int place) {
    return values.get(place);
  }

  /** Places by time, from one time on and before another; equal times keep their order. */
  int[] placesWithin(long fromMs, long beforeMs) {
    IntStream within =
        IntStream.range(0, size).filter(place -> atMs[place] >= fromMs && atMs[place] < beforeMs);
    return ascends
        ? within.toArray()
        : within
            .boxed()
            .sorted((a, b) -> Long.compare(atMs[a], atMs[b])) // stable
            .mapToInt(Integer::intValue)
            .toArray();
  }
}
