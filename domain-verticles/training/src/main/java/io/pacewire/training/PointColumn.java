package io.pacewire.training;

/**
 * What is kept of a point of a finished training, each a whole number in the unit that the name ends
 * with. Columns are stored by their place in this list: new ones are added at its end.
 */
enum PointColumn {
  /** Where the filter puts it. */
  LATITUDE_E7,
  LONGITUDE_E7,
  /** Where the receiver said it was. */
  RAW_LATITUDE_E7,
  RAW_LONGITUDE_E7,
  /** As measured. */
  ALTITUDE_CM,
  /** From the start. */
  DISTANCE_CM,
  /** What the stopwatch showed, in hundredths of a second. */
  TIMER_CS,
  /** Tenths of a second a kilometre, over the last 25 s. */
  PACE_DS_PER_KM,
  /** Instant: over the last five or ten seconds. */
  SPEED_CM_S,
  HEART_RATE_BPM,
  /** Steps or revolutions a minute, as the sensor counts. */
  CADENCE_RPM,
  POWER_W,
  /** As {@link io.pacewire.track.TrackPoint#flags()}: 1 estimated, 2 paused, 4 nothing is drawn from the one before. */
  FLAGS
}
