package io.pacewire.track;

/** What the check thought of a fix that it doubted: why, how sure, and by which value. Immutable. */
public final class Verdict {
  /** Why a fix is doubted. */
  public enum Reason {
    /** Far ahead of the fix before and of the one after: the clock was wrong for a moment. */
    AHEAD_OF_TIME("s"),
    /** Same time as the one before. */
    DUPLICATE("ms"),
    /** Earlier than the one before. */
    OUT_OF_ORDER("ms"),
    /** No position on the globe, or exactly 0, 0. */
    IMPOSSIBLE_POSITION("deg"),
    /** The receiver itself says that it does not know. */
    INACCURATE("m"),
    /** Indoors, while a foot or wheel sensor tells how fast one goes: that is believed alone. */
    INDOORS("m/s"),
    /** Nobody gets there in that time in this sport. */
    TOO_FAST("m/s"),
    /** Further from the track than the receiver's noise explains. */
    OFF_TRACK("sigma"),
    /** Off the track, and the fix after it is on the track again: a jump of the receiver. */
    JUMP("sigma"),
    /** The accelerometer says that nobody goes: what the receiver strayed since does not count. */
    STANDING_STILL("m/s"),
    /** Nothing was recorded for long, and it goes on at the same place: a pause, off the timer. */
    PAUSE_DETECTED("s"),
    /** No fixes for a while; the straight line across is counted as estimated. */
    GAP_BRIDGED("s"),
    /** No fixes for a while, and too far to have gone straight. */
    GAP_NOT_BRIDGED("m/s"),
    /**
     * Fixes that were doubted agree with each other: the track goes on with them. The line there is
     * counted as estimated, no further than one got meanwhile at the usual speed or that of those fixes.
     */
    TRACK_MOVED("m/s");

    private final String unit;

    Reason(String unit) {
      this.unit = unit;
    }
  }

  private final int index;
  private final long atEpochMs;
  private final Reason reason;
  private final double confidence;
  private final double value;
  private final double limit;
  private final double latitudeDeg;
  private final double longitudeDeg;

  Verdict(
      int index,
      long atEpochMs,
      Reason reason,
      double confidence,
      double value,
      double limit,
      double latitudeDeg,
      double longitudeDeg) {
    this.index = index;
    this.atEpochMs = atEpochMs;
    this.reason = reason;
    this.confidence = confidence;
    this.value = value;
    this.limit = limit;
    this.latitudeDeg = latitudeDeg;
    this.longitudeDeg = longitudeDeg;
  }

  /** 0, 1, 2 … within the session. */
  public int index() {
    return index;
  }

  /** Of the fix that was doubted: milliseconds since 1970, UTC. */
  public long atEpochMs() {
    return atEpochMs;
  }

  /** Which rule doubted. */
  public Reason reason() {
    return reason;
  }

  /** How sure the check is that the doubt is right, 0 to 1. */
  public double confidence() {
    return confidence;
  }

  /** What decided, in {@link #unit}. */
  public double value() {
    return value;
  }

  /** What it was compared with; 0 where nothing was. */
  public double limit() {
    return limit;
  }

  /** Of {@link #value} and {@link #limit}: {@code s}, {@code m/s}, {@code sigma} … */
  public String unit() {
    return reason.unit;
  }

  /** Where the receiver said it was. */
  public double latitudeDeg() {
    return latitudeDeg;
  }

  /** Where the receiver said it was, positive eastwards. */
  public double longitudeDeg() {
    return longitudeDeg;
  }
}
