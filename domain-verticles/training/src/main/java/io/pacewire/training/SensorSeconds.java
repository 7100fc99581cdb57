package io.pacewire.training;

import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;

/** What pedals and feet did at a time: cadence and power, which a fold uses up and does not hand on. */
final class SensorSeconds {
  /** Four days of seconds. */
  private static final int MOST = 350_000;

  private final SecondValues cadences = new SecondValues(MOST);
  private final SecondValues powers = new SecondValues(MOST);

  void hear(SampleBatch batch) {
    hear(cadences, batch.cadences());
    hear(powers, batch.powers());
  }

  /** Takes from another writer what this one did not hear of at all. */
  void orElse(SensorSeconds other) {
    cadences.orElse(other.cadences);
    powers.orElse(other.powers);
  }

  /** The newest, or NaN where there is none. */
  double cadenceRpm(long atMs) {
    return cadences.at(atMs);
  }

  double powerW(long atMs) {
    return powers.at(atMs);
  }

  private static void hear(SecondValues values, ScalarColumn column) {
    for (int i = 0; i < column.size(); i++) {
      values.put(column.atEpochMs(i), column.value(i));
    }
  }
}
