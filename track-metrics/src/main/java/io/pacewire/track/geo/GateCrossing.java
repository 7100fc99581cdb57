package io.pacewire.track.geo;

/** That an athlete crossed a gate. Immutable. */
public final class GateCrossing {
  private final String gateId;
  private final boolean forward;
  private final Crossing crossing;

  GateCrossing(String gateId, boolean forward, Crossing crossing) {
    this.gateId = gateId;
    this.forward = forward;
    this.crossing = crossing;
  }

  /** Of the gate that was crossed. */
  public String gateId() {
    return gateId;
  }

  /** Whether in the gate's own sense. */
  public boolean isForward() {
    return forward;
  }

  /** Interpolated between the fixes before and after. */
  public long atEpochMs() {
    return crossing.atEpochMs();
  }

  /** Standard uncertainty (one sigma) of the time. */
  public double uncertaintyMs() {
    return crossing.uncertaintyMs();
  }

  /** On the line. */
  public Position position() {
    return crossing.position();
  }
}
