package io.pacewire.track;

/**
 * What is possible and what counts as moving, by sport. Highest speeds: above the world records over
 * 200 m (run 10.4 m/s), race walking and hiking downhill, descents in cycling (30 m/s on roads) and
 * classic skiing, with room for a receiver's noise. Moving: half of a slow stroll, for wheels the
 * 1 m/s below which nobody balances.
 */
enum SportProfile {
  RUN("run", 12, 0.5),
  TRAIL_RUN("trail-run", 12, 0.4),
  WALK("walk", 6, 0.3),
  HIKE("hike", 6, 0.3),
  RIDE("ride", 33, 1.0),
  MTB("mtb", 28, 0.8),
  INDOOR("indoor", 33, 0.5),
  XC_SKI("xc-ski", 22, 0.5),
  SWIM("swim", 4, 0.2),
  OTHER("other", 45, 0.4);

  private final String wireName;
  private final double maxSpeedMps;
  private final double movingMps;

  SportProfile(String wireName, double maxSpeedMps, double movingMps) {
    this.wireName = wireName;
    this.maxSpeedMps = maxSpeedMps;
    this.movingMps = movingMps;
  }

  double maxSpeedMps() {
    return maxSpeedMps;
  }

  double movingMps() {
    return movingMps;
  }

  static SportProfile of(String sport) {
    for (SportProfile profile : values()) {
      if (profile.wireName.equals(sport)) {
        return profile;
      }
    }
    return OTHER;
  }
}
