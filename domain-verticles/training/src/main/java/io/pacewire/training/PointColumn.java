package io.pacewire.training;

/**
 * What is kept of a point of a finished training, each a whole number in the unit that the name ends
 * with. A new column takes the next place; none is given out twice.
 */
enum PointColumn {
  /** Where the filter puts it. */
  LATITUDE_E7(0),
  LONGITUDE_E7(1),
  /** Where the receiver said it was. */
  RAW_LATITUDE_E7(2),
  RAW_LONGITUDE_E7(3),
  /** As measured. */
  ALTITUDE_CM(4),
  /** From the start. */
  DISTANCE_CM(5),
  /** What the stopwatch showed, in hundredths of a second. */
  TIMER_CS(6),
  /** Tenths of a second a kilometre, over the last 25 s. */
  PACE_DS_PER_KM(7),
  /** Instant: over the last five or ten seconds. */
  SPEED_CM_S(8),
  HEART_RATE_BPM(9),
  /** Steps or revolutions a minute, as the sensor counts. */
  CADENCE_RPM(10),
  POWER_W(11),
  /** As {@link io.pacewire.track.TrackPoint#flags()}: 1 estimated, 2 paused, 4 nothing is drawn from the one before. */
  FLAGS(12);

  /** Places are given out one after the other. */
  static final int COUNT = 13;

  private final int place;

  PointColumn(int place) {
    this.place = place;
  }

  /** Under which it is stored, for ever. */
  int place() {
    return place;
  }
}
