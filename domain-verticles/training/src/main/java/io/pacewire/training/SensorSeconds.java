package io.pacewire.training;

import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What pedals and feet did at a time: cadence and power, which a fold uses up and does not hand on. */
final class SensorSeconds {
  /** So long a value holds; sensors speak about once a second, some every third. */
  private static final long HOLDS_S = 4;

  /** Four days of seconds. */
  private static final int MOST = 350_000;

  private static final long MS_A_SECOND = 1_000;

  private final NavigableMap<Long, Integer> cadences = new TreeMap<>();
  private final NavigableMap<Long, Integer> powers = new TreeMap<>();

  void hear(SampleBatch batch) {
    hear(cadences, batch.cadences());
    hear(powers, batch.powers());
  }

  /** Takes from another writer what this one did not hear of at all. */
  void orElse(SensorSeconds other) {
    if (cadences.isEmpty()) {
      cadences.putAll(other.cadences);
    }
    if (powers.isEmpty()) {
      powers.putAll(other.powers);
    }
  }

  /** The newest, or NaN where there is none. */
  double cadenceRpm(long atMs) {
    return at(cadences, atMs);
  }

  double powerW(long atMs) {
    return at(powers, atMs);
  }

  private static void hear(NavigableMap<Long, Integer> values, ScalarColumn column) {
    for (int i = 0; i < column.size() && values.size() < MOST; i++) {
      values.put(Math.floorDiv(column.atEpochMs(i), MS_A_SECOND), column.value(i));
    }
  }

  private static double at(NavigableMap<Long, Integer> values, long atMs) {
    long second = Math.floorDiv(atMs, MS_A_SECOND);
    var newest = values.floorEntry(second);
    return newest == null || newest.getKey() < second - HOLDS_S ? Double.NaN : newest.getValue();
  }
}
