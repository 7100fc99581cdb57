package io.pacewire.track.geo;

/**
 * That an athlete rode, ran or walked a segment, or a stated share of it: epoch milliseconds and
 * metres. Immutable.
 */
public final class SegmentEffort {
  private final String segmentId;
  private final PathPoint start;
  private final PathPoint end;
  private final double share;
  private final boolean estimated;

  SegmentEffort(String segmentId, PathPoint start, PathPoint end, double share, boolean estimated) {
    this.segmentId = segmentId;
    this.start = start;
    this.end = end;
    this.share = share;
    this.estimated = estimated;
  }

  /** The segment's own. */
  public String segmentId() {
    return segmentId;
  }

  /** Interpolated between points. */
  public long startAtEpochMs() {
    return start.atEpochMs();
  }

  /** Interpolated between points; of a part, when the athlete was last on the segment. */
  public long endAtEpochMs() {
    return end.atEpochMs();
  }

  /** With all pauses. */
  public long elapsedMs() {
    return end.atEpochMs() - start.atEpochMs();
  }

  /** By the athlete's own track. */
  public double distanceM() {
    return end.distanceM() - start.distanceM();
  }

  /** Of the segment's length, 0 to 1. */
  public double share() {
    return share;
  }

  /** Whether some of its way was bridged, not seen: no record should stand on it. */
  public boolean isEstimated() {
    return estimated;
  }

  /** Whether all of it, from the first vertex to the last. */
  public boolean isComplete() {
    return share == 1;
  }
}
