package io.pacewire.training;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a sensor said, a value a second. Of a recording that is longer than there is room for, a value every
 * second one, every fourth and so on.
 */
final class SecondValues {
  /** So long a value holds; sensors speak about once a second, some every third. */
  private static final long HOLDS_S = 4;

  private static final long MS_A_SECOND = 1_000;

  private final int most;
  private NavigableMap<Long, Integer> values = new TreeMap<>();
  private long stepS = 1;

  SecondValues(int most) {
    this.most = most;
  }

  void put(long atMs, int value) {
    values.put(step(atMs), value);
    while (values.size() > most) {
      widen();
    }
  }

  /** Takes another's where this one heard nothing at all. */
  void orElse(SecondValues other) {
    if (values.isEmpty()) {
      values.putAll(other.values);
      stepS = other.stepS;
    }
  }

  /** The newest, or NaN where there is none. */
  double at(long atMs) {
    long second = Math.floorDiv(atMs, MS_A_SECOND);
    var newest = values.floorEntry(Math.floorDiv(second, stepS));
    return newest == null || newest.getKey() * stepS + stepS - 1 < second - HOLDS_S
        ? Double.NaN
        : newest.getValue();
  }

  private long step(long atMs) {
    return Math.floorDiv(Math.floorDiv(atMs, MS_A_SECOND), stepS);
  }

  private void widen() {
    NavigableMap<Long, Integer> wider = new TreeMap<>();
    values.forEach((step, value) -> wider.put(Math.floorDiv(step, 2), value));
    values = wider;
    stepS *= 2;
  }
}
