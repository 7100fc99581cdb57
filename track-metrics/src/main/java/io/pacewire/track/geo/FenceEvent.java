package io.pacewire.track.geo;

/** That an athlete crossed the edge of a fence. Immutable. */
public final class FenceEvent {
  /** Areas are entered and left; a corridor is a course to keep to. */
  public enum Kind {
    ENTER,
    LEAVE,
    OFF_COURSE,
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

  public String fenceId() {
    return fenceId;
  }

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
