package io.pacewire.track.geo;

import io.pacewire.track.TrackPoint;
import java.util.ArrayList;
import java.util.List;

/** A point of a finished line: where, when, how far along. Immutable. */
public final class PathPoint {
  private static final double FARTHEST_M = 1e8;

  private final long atEpochMs;
  private final Position position;
  private final double distanceM;
  private final boolean afterBreak;
  private final boolean estimated;

  private PathPoint(
      long atEpochMs, Position position, double distanceM, boolean afterBreak, boolean estimated) {
    this.atEpochMs = atEpochMs;
    this.position = position;
    this.distanceM = distanceM;
    this.afterBreak = afterBreak;
    this.estimated = estimated;
  }

  /** Distance from the start, 0 to 100,000 km; nothing is drawn between a break and the point before. */
  public static PathPoint of(
      long atEpochMs, Position position, double distanceM, boolean afterBreak) {
    return new PathPoint(
        atEpochMs,
        position,
        Ranges.within("distanceM", distanceM, 0, FARTHEST_M),
        afterBreak,
        false);
  }

  /** The same, where the way from the point before was bridged and not seen. */
  PathPoint asEstimated() {
    return new PathPoint(atEpochMs, position, distanceM, afterBreak, true);
  }

  /** A point that the fold took. Its place must be known. */
  public static PathPoint of(TrackPoint point) {
    PathPoint seen = of(
        point.atEpochMs(),
        Position.of(point.latitudeDeg(), point.longitudeDeg()),
        point.distanceM(),
        (point.flags() & TrackPoint.BREAK) != 0);
    return (point.flags() & TrackPoint.ESTIMATED) == 0 ? seen : seen.asEstimated();
  }

  /** Those of the points whose place is known. */
  public static List<PathPoint> of(List<TrackPoint> points) {
    List<PathPoint> path = new ArrayList<>(points.size());
    for (TrackPoint point : points) {
      if (point.hasPosition()) {
        path.add(of(point));
      }
    }
    return path;
  }

  /** Straight on the way to the next point, at steady speed; no break of its own. */
  PathPoint towards(PathPoint next, double share) {
    return new PathPoint(
        atEpochMs + Math.round(share * (next.atEpochMs - atEpochMs)),
        position.towards(next.position, share),
        distanceM + share * (next.distanceM - distanceM),
        false,
        next.estimated);
  }

  PathPoint with(double otherDistanceM, boolean otherAfterBreak) {
    return new PathPoint(atEpochMs, position, otherDistanceM, otherAfterBreak, estimated);
  }

  /** Milliseconds since 1970, UTC. */
  public long atEpochMs() {
    return atEpochMs;
  }

  /** Where it is said to be. */
  public Position position() {
    return position;
  }

  /** Whether the way from the point before was bridged, not seen. */
  public boolean isEstimated() {
    return estimated;
  }

  /** From the start of the track. */
  public double distanceM() {
    return distanceM;
  }

  /** Whether nothing is drawn between this point and the one before. */
  public boolean afterBreak() {
    return afterBreak;
  }
}
