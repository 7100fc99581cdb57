package io.pacewire.track;

/**
 * What is possible and what counts as moving, by sport; the one table of limits.
 *
 * <p>Peak speed, which a fix may show for seconds: above the world records (200 m run 10.4 m/s,
 * 50 m swim 2.4 m/s), descents on roads (30 m/s) and trails, classic skiing downhill, a hiker or walker
 * who breaks into a run; with room for a receiver's noise. Sustained speed, which a gap of more than
 * {@link TrackFold#GAP_S} s is believed at: above the records over an hour (run 5.9, race walk 4.2,
 * swim 1.6, ride 15.7 m/s on the flat and more downhill, ski 7.6 m/s), so that a train ride through
 * a gap is not counted as a run. Moving: half of a slow stroll; on wheels the 1 m/s below which
 * nobody balances for long. Instant speed is taken over ten seconds on foot, where a receiver's
 * trembling is a large part of so short a way, and over five on wheels and skis.
 */
enum SportProfile {
  RUN("run", 12, 7, 0.5, 10),
  TRAIL_RUN("trail-run", 12, 7, 0.4, 10),
  WALK("walk", 6, 4.5, 0.3, 10),
  HIKE("hike", 6, 4.5, 0.3, 10),
  RIDE("ride", 33, 22, 1.0, 5),
  MTB("mtb", 28, 16, 0.8, 5),
  INDOOR("indoor", 33, 22, 0.5, 5),
  XC_SKI("xc-ski", 22, 12, 0.5, 5),
  SWIM("swim", 4, 2, 0.2, 10),
  OTHER("other", 45, 33, 0.4, 5);

  private static final SportProfile[] ALL = values();

  private final String wireName;
  private final double peakMps;
  private final double sustainedMps;
  private final double movingMps;
  private final int instantS;

  SportProfile(
      String wireName, double peakMps, double sustainedMps, double movingMps, int instantS) {
    this.wireName = wireName;
    this.peakMps = peakMps;
    this.sustainedMps = sustainedMps;
    this.movingMps = movingMps;
    this.instantS = instantS;
  }

  /** Over so many seconds. */
  double maxSpeedMps(double seconds) {
    return seconds > TrackFold.GAP_S ? sustainedMps : peakMps;
  }

  /** How one goes on foot in this sport; a run where it is not on foot. */
  Gait gait() {
    return this == WALK || this == HIKE ? Gait.WALKING : Gait.RUNNING;
  }

  boolean isOnFoot() {
    return this == RUN || this == TRAIL_RUN || this == WALK || this == HIKE;
  }

  double movingMps() {
    return movingMps;
  }

  /** Over so many seconds speed is called instant. */
  int instantS() {
    return instantS;
  }

  static SportProfile of(String sport) {
    for (SportProfile profile : ALL) {
      if (profile.wireName.equals(sport)) {
        return profile;
      }
    }
    return OTHER;
  }
}
