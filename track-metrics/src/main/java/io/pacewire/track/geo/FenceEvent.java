package io.pacewire.track.geo;

/** That an athlete crossed the edge of a fence. Immutable. */
public final class FenceEvent {
  /** Areas are entered and left; a corridor is a course to keep to. */
  public enum Kind {
    /** Into an area. */
    ENTER,
    /** Out of an area. */
    LEAVE,
    /** Out of a corridor. */
    OFF_COURSE,
    /** Into a corridor again. */
    BACK_ON_COURSE
  }

  private final String fenceId;
  private final Kind kind;
  private final Crossing crossing;

  FenceEvent(String fenceId, Kind kind, Crossing crossing) {
    this.fenceId = fenceId;
    this.kind = kind;
    this.crossing = crossing;
  }

  /** Of the fence whose edge was crossed. */
  public String fenceId() {
    return fenceId;
  }

  /** Which way, and of what. */
  public Kind kind() {
    return kind;
  }

  /** Interpolated between the fixes before and after. */
  public long atEpochMs() {
    return crossing.atEpochMs();
  }

  /** Standard uncertainty (one sigma) of the time. */
  public double uncertaintyMs() {
    return crossing.uncertaintyMs();
  }

  /** On the edge. */
  public Position position() {
    return crossing.position();
  }
}
