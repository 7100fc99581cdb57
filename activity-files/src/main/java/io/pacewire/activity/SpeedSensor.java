package io.pacewire.activity;

/** A sensor that measures speed without positions. */
public enum SpeedSensor {
  /** Counts turns of a wheel. Where one is connected, bike computers take speed from nowhere else. */
  WHEEL,

  /**
   * Counts strides. Watches take speed from it always, only where they have no positions, or never, as
   * their owner set it; files do not say which.
   */
  FOOT
}
