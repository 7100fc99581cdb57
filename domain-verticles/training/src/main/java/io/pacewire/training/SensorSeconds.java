package io.pacewire.training;

import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;

/**
 * What pedals and feet did at a time: cadence and power, which a fold uses up and does not hand on. Ten
 * megabytes at the most.
 */
final class SensorSeconds {
  /** Four days of seconds. */
  private static final int MOST = 350_000;

  private final SecondValues cadences = new SecondValues(MOST);
  private final SecondValues powers = new SecondValues(MOST);
  private final boolean deaf;

  SensorSeconds() {
    this(false);
  }

  private SensorSeconds(boolean deaf) {
    this.deaf = deaf;
  }

  /** For who needs none of it: keeps nothing. */
  static SensorSeconds deaf() {
    return new SensorSeconds(true);
  }

  void hear(SampleBatch batch) {
    if (!deaf) {
      hear(cadences, batch.cadences());
      hear(powers, batch.powers());
    }
  }

  /** The newest, or NaN where there is none. */
  double cadenceRpm(long atMs) {
    return cadences.at(atMs);
  }

  double powerW(long atMs) {
    return powers.at(atMs);
  }

  /** How many values memory is held for; each is of twelve bytes. */
  int room() {
    return cadences.room() + powers.room();
  }

  private static void hear(SecondValues values, ScalarColumn column) {
    for (int i = 0; i < column.size(); i++) {
      values.put(column.atEpochMs(i), column.value(i));
    }
  }
}
