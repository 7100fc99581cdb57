package io.pacewire.track;

/**
 * What is possible and what counts as moving, by sport; the one table of limits.
 *
 * <p>Peak speed, which a fix may show for seconds: above the world records (200 m run 10.4 m/s,
 * 50 m swim 2.4 m/s), descents on roads (30 m/s) and trails, classic skiing downhill, a hiker or walker
 * who breaks into a run; with room for a receiver's noise. Sustained speed, which a gap of more than
 * {@link TrackFold#GAP_S} s is believed at: above the records over an hour (run 5.9, race walk 4.2,
 * swim 1.6, ride 15.7 m/s on the flat and more downhill, ski 7.6 m/s), so that a train ride through
 * a gap is not counted as a run. Nobody knows what moves who does another sport, and a train or an
 * aircraft in a jet stream may: 350 m/s. Moving: half of a slow stroll; on wheels the 1 m/s below which
 * nobody balances for long. Instant speed is taken over ten seconds on foot, where a receiver's
 * trembling is a large part of so short a way, and over five on wheels and skis. Surprise: how far a
 * fix may lie off the track, squared, in variances (chi-square, two degrees of freedom): 14 doubts one
 * in about 1,100 honest fixes, 18.4 one in 10,000, where a receiver is under water at every stroke or
 * nobody knows what moves it.
 *
 * <p>Suspicion, means over 5, 20 and 60 minutes: the record of about that duration and 3 % for a
 * receiver that measures long, rounded up. Run: 2,000 m in 4:43.13, between 5,000 m in 12:35.36 and
 * 10,000 m in 26:11.00, half marathon in 57:30. Race walk, which no walker or hiker is faster than:
 * mile in 5:31.08, 5,000 m in 18:05.49, 20 km in 1:16:10. Cross-country ski: as through a gap,
 * a marathon of 42 km in 1:16:00, and between the two by the logarithm of time. Swim: 400 m in 3:39.96, 1,500 m in 14:30.67, some
 * 1.65 m/s; 40 % for a receiver that is under water at every stroke. On a bicycle a descent is faster
 * than any record, so it is what rolls by itself (90 kg, air of 1.1 kg/m3; ride: drag area 0.25 m2,
 * rolling 0.004; mountain bike: 0.45 m2, 0.010): ride on 10 % for 7.5 km, on 6.3 % for 23 km, on 5 %
 * for 60 km; mountain bike on 10 %, 8 %, 6.5 %. Longest step: 1,500 m in 3:26.00 and the walk's record,
 * at 3.3 and 3.4 steps a second.
 */
enum SportProfile {
  RUN("run", 12, 7, 0.5, 10, 14, SuspicionLimits.onFoot(7.3, 6.7, 6.3, 2.25)),
  TRAIL_RUN("trail-run", 12, 7, 0.4, 10, 14, SuspicionLimits.onFoot(7.3, 6.7, 6.3, 2.25)),
  WALK("walk", 6, 4.5, 0.3, 10, 14, SuspicionLimits.onFoot(5.1, 4.8, 4.6, 1.3)),
  HIKE("hike", 6, 4.5, 0.3, 10, 14, SuspicionLimits.onFoot(5.1, 4.8, 4.6, 1.3)),
  RIDE("ride", 33, 22, 1.0, 5, 14, SuspicionLimits.moving(24.8, 19.5, 17.2)),
  MTB("mtb", 28, 16, 0.8, 5, 14, SuspicionLimits.moving(17.9, 15.8, 14)),
  INDOOR("indoor", 33, 22, 0.5, 5, 14, SuspicionLimits.none()),
  XC_SKI("xc-ski", 22, 12, 0.5, 5, 14, SuspicionLimits.moving(12, 10.6, 9.5)),
  SWIM("swim", 4, 2, 0.2, 10, 18.4, SuspicionLimits.moving(2.6, 2.5, 2.4)),
  OTHER("other", 350, 350, 0.4, 5, 18.4, SuspicionLimits.none());

  /** By the number that the state's bytes have for them. */
  private static final SportProfile[] ALL = values();

  private final String wireName;
  private final double peakMps;
  private final double sustainedMps;
  private final double movingMps;
  private final int instantS;
  private final double maxSurprise;
  private final SuspicionLimits suspicion;

  SportProfile(
      String wireName,
      double peakMps,
      double sustainedMps,
      double movingMps,
      int instantS,
      double maxSurprise,
      SuspicionLimits suspicion) {
    this.wireName = wireName;
    this.peakMps = peakMps;
    this.sustainedMps = sustainedMps;
    this.movingMps = movingMps;
    this.instantS = instantS;
    this.maxSurprise = maxSurprise;
    this.suspicion = suspicion;
  }

  String wireName() {
    return wireName;
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

  /** Water is flat; what a watch measures in it is how deep it was dipped. */
  boolean climbs() {
    return this != SWIM;
  }

  double movingMps() {
    return movingMps;
  }

  /** Over so many seconds speed is called instant. */
  int instantS() {
    return instantS;
  }

  SuspicionLimits suspicion() {
    return suspicion;
  }

  /** Squared distance from the track, in variances, up to which a fix is taken. */
  double maxSurprise() {
    return maxSurprise;
  }

  int number() {
    int number = 0;
    while (ALL[number] != this) {
      number++;
    }
    return number;
  }

  /** @throws IllegalArgumentException where there is none of this number */
  static SportProfile of(int number) {
    return ALL[FoldState.count(number, ALL.length - 1, "sport")];
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
