package io.pacewire.track;

/**
 * What a recording came to so far: metres, seconds, beats a minute, times in epoch milliseconds by the
 * recording's own clock. Distances, times and heights are 0 or more and do not shrink while a recording
 * goes on, but for the timer: who turns out to have rested for a while gets that time back. What was
 * counted by the second meanwhile, such as zones, stays. Immutable; a figure that is not known is NaN, a count or a heart rate 0.
 *
 * <p>Distance is summed in whole micrometres along the filtered line, by the radii of curvature of the
 * WGS 84 ellipsoid ({@link Geodesy}).
 */
public final class Figures {
  private final StartNote start;
  private final AthleteParameters athlete;
  private final long startAtEpochMs;
  private final long lastAtEpochMs;
  private final double distanceM;
  private final double estimatedM;
  private final double timerS;
  private final double movingS;
  private final double elapsedS;
  private final double paceSPerKm;
  private final double speedMps;
  private final double ascentM;
  private final double descentM;
  private final int heartRateBpm;
  private final int maxHeartRateBpm;
  private final double averageHeartRateBpm;
  private final long heartRateCount;
  private final double[] heartRateZoneS;
  private final int fixCount;
  private final int rejectedFixCount;
  private final Split currentSplit;
  private final PowerFigures power;
  private final MotionFigures motion;
  private final EffortFigures effort;

  Figures(FoldState state) {
    SessionTimer timer = state.timer();
    long lastAtMs = timer.lastAtMs();
    long timerMs = timer.timerMs(lastAtMs);
    this.start = state.startNote();
    this.athlete = state.athlete();
    this.startAtEpochMs = timer.startAtMs();
    this.lastAtEpochMs = lastAtMs;
    this.distanceM = state.distance().distanceM();
    this.estimatedM = state.distance().estimatedM();
    this.timerS = timerMs / 1e3;
    this.movingS = Math.min(state.movingMs(), timerMs) / 1e3;
    this.elapsedS = timer.elapsedMs() / 1e3;
    this.paceSPerKm = timer.isPaused() ? Double.NaN : pace(state, timerMs);
    this.speedMps = timer.isPaused()
        ? Double.NaN
        : state.pace().speedMps(timerMs, state.sport().instantS());
    this.ascentM = state.elevation().ascentM();
    this.descentM = state.elevation().descentM();
    this.heartRateBpm = state.heartRate().bpmAt(lastAtMs);
    this.maxHeartRateBpm = state.heartRate().maxBpm();
    this.averageHeartRateBpm = state.heartRate().averageBpm();
    this.heartRateCount = state.heartRate().count();
    this.heartRateZoneS = state.heartRate().zoneS();
    this.fixCount = state.fixes.count();
    this.rejectedFixCount = state.fixes.rejected();
    this.currentSplit = state.distance().current(timerMs, lastAtMs, state);
    this.power = new PowerFigures(state.power(), athlete);
    this.motion = new MotionFigures(state);
    this.effort = new EffortFigures(state, timerS, movingS);
  }

  /** Over the last 25 s; NaN while standing. */
  static double pace(FoldState state, long timerMs) {
    double speed = state.pace().speedMps(timerMs);
    return speed >= state.sport().movingMps() ? 1_000 / speed : Double.NaN;
  }

  /** As the start mark says; {@code other} where there was none. */
  public String sport() {
    return start.sport();
  }

  /** IANA name. */
  public String timeZone() {
    return start.timeZone();
  }

  /** Local time less UTC in seconds, as the start mark says; -86,400 to 86,400. */
  public int utcOffsetS() {
    return start.utcOffsetS();
  }

  /** As the start mark says, its first twelve bytes of UTF-8; empty where it says nothing. */
  public String deviceName() {
    return start.deviceName();
  }

  /** By which heart rate, power and energy were reckoned. */
  public AthleteParameters parameters() {
    return athlete;
  }

  /** 0 before the first sample. */
  public long startAtEpochMs() {
    return startAtEpochMs;
  }

  /** Of the newest thing that was folded; 0 before the first. */
  public long lastAtEpochMs() {
    return lastAtEpochMs;
  }

  /** In the plane of the ground, without height. */
  public double distanceM() {
    return distanceM;
  }

  /** The part of the distance that goes across missing fixes: straight, or as other sensors say. */
  public double estimatedM() {
    return estimatedM;
  }

  /** Without what the athlete paused. */
  public double timerS() {
    return timerS;
  }

  /** Without standing still, never more than the timer. */
  public double movingS() {
    return movingS;
  }

  /** From the start to the newest, pauses included. */
  public double elapsedS() {
    return elapsedS;
  }

  /** Over the last 25 s of timer; NaN while standing or without fixes. */
  public double paceSPerKm() {
    return paceSPerKm;
  }

  /** Instant: over the last ten seconds on foot, five otherwise; NaN in a pause or without fixes. */
  public double speedMps() {
    return speedMps;
  }

  /** Over the moving time; NaN before anybody moved. */
  public double averageSpeedMps() {
    return movingS > 0 ? distanceM / movingS : Double.NaN;
  }

  /** Moving time a kilometre; NaN before anything was covered. */
  public double averagePaceSPerKm() {
    return distanceM >= 1 && movingS > 0 ? movingS / distanceM * 1_000 : Double.NaN;
  }

  /** Metres climbed: by the barometer where there is one (ISO 2533's atmosphere), else by the receiver's
   * altitude; smoothed, and counted between turning points that differ by more than both err. */
  public double ascentM() {
    return ascentM;
  }

  /** Metres descended, counted like the ascent; 0 or more. */
  public double descentM() {
    return descentM;
  }

  /** The newest, 0 where it is older than ten seconds. */
  public int heartRateBpm() {
    return heartRateBpm;
  }

  /** 1 to 5; 0 below the first zone or without a heart rate. */
  public int heartRateZone() {
    return heartRateBpm == 0 ? 0 : HeartRateZones.zone(heartRateBpm, athlete.maxHeartRateBpm());
  }

  /** While the stopwatch ran; 0 without a heart rate. */
  public int maxHeartRateBpm() {
    return maxHeartRateBpm;
  }

  /** Over the time that rates were heard while the stopwatch ran, each until the next and for 30 s at
   * most; 0 without a heart rate. */
  public double averageHeartRateBpm() {
    return averageHeartRateBpm;
  }

  /** Rates that were heard while the stopwatch ran. */
  long heartRateCount() {
    return heartRateCount;
  }

  /** Seconds in zone 1 to 5. */
  public double[] heartRateZoneS() {
    return heartRateZoneS.clone();
  }

  /** Fixes that were looked at, those that were set aside included. */
  public int fixCount() {
    return fixCount;
  }

  /** Fixes with a verdict that left them out. */
  public int rejectedFixCount() {
    return rejectedFixCount;
  }

  /** What a power meter says. */
  public PowerFigures power() {
    return power;
  }

  /** Steps, cadence, stride, and the distance of a wheel or foot sensor. */
  public MotionFigures motion() {
    return motion;
  }

  /** Training impulse, energy and grade-adjusted distance. */
  public EffortFigures effort() {
    return effort;
  }

  /** Moving time a grade-adjusted kilometre; NaN off the feet and before anything was covered. */
  public double gradeAdjustedPaceSPerKm() {
    double metres = effort.gradeAdjustedM();
    return metres >= 1 && movingS > 0 ? movingS / metres * 1_000 : Double.NaN;
  }

  /** The begun kilometre. */
  public Split currentSplit() {
    return currentSplit;
  }
}
