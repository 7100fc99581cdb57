package io.pacewire.track;

/**
 * A fix that was taken, where the filter puts it, with the figures there; or a place on the way that
 * only other sensors tell of, which has no position. Degrees of WGS 84 (-90 to 90, -180 to 180),
 * metres, seconds, times in epoch milliseconds. Immutable.
 */
public final class TrackPoint {
  /** The way to this point is a straight line across missing fixes. */
  public static final int ESTIMATED = 1;

  /** The athlete had paused the recording. */
  public static final int PAUSED = 2;

  /** A new start of the line: nothing is drawn between this point and the one before. */
  public static final int BREAK = 4;

  private final int index;
  private final long atEpochMs;
  private final double latitudeDeg;
  private final double longitudeDeg;
  private final double rawLatitudeDeg;
  private final double rawLongitudeDeg;
  private final double distanceM;
  private final double timerS;
  private final double paceSPerKm;
  private final double speedMps;
  private final int heartRateBpm;
  private final double altitudeM;
  private final double accuracyM;
  private final int flags;

  TrackPoint(
      int index,
      long atEpochMs,
      double latitudeDeg,
      double longitudeDeg,
      double rawLatitudeDeg,
      double rawLongitudeDeg,
      double distanceM,
      double timerS,
      double paceSPerKm,
      double speedMps,
      int heartRateBpm,
      double altitudeM,
      double accuracyM,
      int flags) {
    this.index = index;
    this.atEpochMs = atEpochMs;
    this.latitudeDeg = latitudeDeg;
    this.longitudeDeg = longitudeDeg;
    this.rawLatitudeDeg = rawLatitudeDeg;
    this.rawLongitudeDeg = rawLongitudeDeg;
    this.distanceM = distanceM;
    this.timerS = timerS;
    this.paceSPerKm = paceSPerKm;
    this.speedMps = speedMps;
    this.heartRateBpm = heartRateBpm;
    this.altitudeM = altitudeM;
    this.accuracyM = accuracyM;
    this.flags = flags;
  }

  /** 0, 1, 2 … within the session. */
  public int index() {
    return index;
  }

  /** By the recording's clock; never before the point before, unless that clock was set back. */
  public long atEpochMs() {
    return atEpochMs;
  }

  /** Whether it is known where this was; indoors and in a tunnel it is not. */
  public boolean hasPosition() {
    return !Double.isNaN(latitudeDeg);
  }

  /** NaN without a position, like the longitude. */
  public double latitudeDeg() {
    return latitudeDeg;
  }

  /** East of Greenwich. */
  public double longitudeDeg() {
    return longitudeDeg;
  }

  /** Where the receiver said it was; NaN without a position, like the longitude. */
  public double rawLatitudeDeg() {
    return rawLatitudeDeg;
  }

  /** East of Greenwich. */
  public double rawLongitudeDeg() {
    return rawLongitudeDeg;
  }

  /** From the start. */
  public double distanceM() {
    return distanceM;
  }

  /** What the stopwatch showed. */
  public double timerS() {
    return timerS;
  }

  /** Over the last 25 s; NaN while standing. */
  public double paceSPerKm() {
    return paceSPerKm;
  }

  /** Instant: over the last ten seconds on foot, five otherwise; NaN in a pause and at a beginning. */
  public double speedMps() {
    return speedMps;
  }

  /** The newest at this time, 0 where there is none. */
  public int heartRateBpm() {
    return heartRateBpm;
  }

  /** As measured; NaN where the receiver gave none. */
  public double altitudeM() {
    return altitudeM;
  }

  /** Radius that holds 68 of 100 fixes, as the receiver states it; NaN where it states none. */
  public double accuracyM() {
    return accuracyM;
  }

  /** {@link #ESTIMATED}, {@link #PAUSED}, {@link #BREAK}, added up. */
  public int flags() {
    return flags;
  }
}
