package io.pacewire.track.pass;

/** Why a training may not be what it says, how sure that is, and by which value. Immutable. */
public final class Suspicion {
  /** What is odd. */
  public enum Reason {
    /** Faster for 5, 20 or 60 minutes than the world's best; the value is the mean speed. */
    VEHICLE_SPEED("m/s"),
    /** Places that nobody gets to in that time, and that the track stayed at; so many of them. */
    TELEPORT("jumps"),
    /** A receiver that always states the same accuracy and whose line hardly trembles; by how much. */
    CONSTANT_ACCURACY("m"),
    /** Places and times of another training; their share of the one or the other, whichever is more. */
    REPLAYED_TRACK("share"),
    /** A heart that works hard for minutes in one place; the mean rate. */
    HEART_RATE_WITHOUT_MOTION("bpm"),
    /** The track goes on foot, and steps are too few for it; metres a step. */
    MOTION_WITHOUT_STEPS("m/step");

    private final String unit;

    Reason(String unit) {
      this.unit = unit;
    }
  }

  private final Reason reason;
  private final double confidence;
  private final double value;
  private final double limit;
  private final long fromEpochMs;
  private final long toEpochMs;

  Suspicion(
      Reason reason,
      double confidence,
      double value,
      double limit,
      long fromEpochMs,
      long toEpochMs) {
    this.reason = reason;
    this.confidence = confidence;
    this.value = value;
    this.limit = limit;
    this.fromEpochMs = fromEpochMs;
    this.toEpochMs = toEpochMs;
  }

  /** What is odd. */
  public Reason reason() {
    return reason;
  }

  /** How sure it is that something is wrong, 0 to 1. */
  public double confidence() {
    return confidence;
  }

  /** What decided, in {@link #unit}. */
  public double value() {
    return value;
  }

  /** What it was compared with. */
  public double limit() {
    return limit;
  }

  /** Of {@link #value} and {@link #limit}. */
  public String unit() {
    return reason.unit;
  }

  /** Milliseconds since 1970, UTC: where what is odd begins. */
  public long fromEpochMs() {
    return fromEpochMs;
  }

  /** Where it ends; not before it begins. */
  public long toEpochMs() {
    return toEpochMs;
  }
}
