package io.pacewire.training;

import java.util.Arrays;

/**
 * What a sensor said, a value a second. Of a recording that is longer than there is room for, a value every
 * second one, every fourth and so on. Twelve bytes a value; those that come out of order are put in their
 * places many at once, so that who sends them backwards costs no more than a sort.
 */
final class SecondValues {
  /** So long a value holds; sensors speak about once a second, some every third. */
  private static final long HOLDS_S = 4;

  private static final long MS_A_SECOND = 1_000;
  private static final int FIRST_ROOM = 1_024;

  /** Of a number that sorts by step, then by when it came: seconds of a time on the wire need 35. */
  private static final int PLACE_BITS = 24;

  private final int most;
  private final int mostUnordered;
  private long[] steps = new long[0];
  private int[] values = new int[0];
  private int size;
  private boolean ordered = true;
  private long stepS = 1;

  /** @param most 4 to 8,388,608 values; a quarter more until they are in order */
  SecondValues(int most) {
    if (most < 4 || most > 1 << (PLACE_BITS - 1)) {
      throw new IllegalArgumentException("room for " + most + " values");
    }
    this.most = most;
    mostUnordered = most + most / 4;
  }

  void put(long atMs, int value) {
    long step = step(atMs);
    long last = size == 0 ? Long.MIN_VALUE : steps[size - 1];
    if (step == last) {
      values[size - 1] = value;
      return;
    }
    if (size == steps.length) {
      grow();
    }
    ordered &= step > last;
    steps[size] = step;
    values[size++] = value;
    if (size > (ordered ? most : mostUnordered)) {
      settle();
    }
  }

  /** The newest, or NaN where there is none. */
  double at(long atMs) {
    settle();
    long second = Math.floorDiv(atMs, MS_A_SECOND);
    int found = Arrays.binarySearch(steps, 0, size, Math.floorDiv(second, stepS));
    int newest = found >= 0 ? found : -found - 2;
    return newest < 0 || steps[newest] * stepS + stepS - 1 < second - HOLDS_S
        ? Double.NaN
        : values[newest];
  }

  /** How many values memory is held for. */
  int room() {
    return steps.length;
  }

  private long step(long atMs) {
    return Math.floorDiv(Math.floorDiv(atMs, MS_A_SECOND), stepS);
  }

  private void grow() {
    int room = Math.max(FIRST_ROOM, Math.min(2 * steps.length, mostUnordered + 1));
    steps = Arrays.copyOf(steps, room);
    values = Arrays.copyOf(values, room);
  }

  /** In order, a value a step, and no more of them than there is room for. */
  private void settle() {
    if (!ordered) {
      order();
    }
    while (size > most) {
      for (int i = 0; i < size; i++) {
        steps[i] = Math.floorDiv(steps[i], 2);
      }
      stepS *= 2;
      keepTheLastOfAStep();
    }
  }

  private void order() {
    long[] places = new long[size];
    for (int i = 0; i < size; i++) {
      places[i] = (steps[i] << PLACE_BITS) + i;
    }
    Arrays.sort(places);
    int[] said = Arrays.copyOf(values, size);
    for (int i = 0; i < size; i++) {
      steps[i] = places[i] >> PLACE_BITS;
      values[i] = said[(int) (places[i] & ((1 << PLACE_BITS) - 1))];
    }
    keepTheLastOfAStep();
    ordered = true;
  }

  private void keepTheLastOfAStep() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept > 0 && steps[kept - 1] == steps[i]) {
        kept--;
      }
      steps[kept] = steps[i];
      values[kept++] = values[i];
    }
    size = kept;
  }
}
