package io.pacewire.sdk.internal;

import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;

/** Sensors that give one number a reading, and the unit the wire wants it in. */
public enum ScalarKind {
  /** 1/1024 s between two heart beats. */
  RR(1, 0, 65_535),
  /** Steps or revolutions a minute. */
  CADENCE(2, 0, 1_000),
  /** Watts. */
  POWER(3, -10_000, 10_000),
  /** Centimetres a second, of a wheel or a foot sensor. */
  SPEED(4, 0, 50_000),
  /** Hundredths of a degree Celsius. */
  TEMPERATURE(5, -27_315, 100_000),
  /** Pascal; no weather and no mountain is beyond. */
  PRESSURE(6, 20_000, 120_000);

  final int code;
  final int min;
  final int max;

  ScalarKind(int code, int min, int max) {
    this.code = code;
    this.min = min;
    this.max = max;
  }

  static ScalarKind of(int code) {
    for (ScalarKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalStateException("unknown sensor in the journal: " + code);
  }

  ScalarColumn columnOf(SampleBatch batch) {
    switch (this) {
      case RR:
        return batch.rrIntervals();
      case CADENCE:
        return batch.cadences();
      case POWER:
        return batch.powers();
      case SPEED:
        return batch.speeds();
      case TEMPERATURE:
        return batch.temperatures();
      default:
        return batch.pressures();
    }
  }
}
