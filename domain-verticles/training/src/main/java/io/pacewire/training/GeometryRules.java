package io.pacewire.training;

import io.pacewire.track.TrackPoint;
import io.pacewire.track.geo.PathPoint;
import io.pacewire.track.geo.Position;
import io.pacewire.track.geo.TrackSimplifier;
import java.util.ArrayList;
import java.util.List;

/** The line of a training for a map of some zoom, in stretches of one kind. Pure. */
final class GeometryRules {
  private static final double E7 = 1e7;
  private static final double CM_A_M = 100;

  private GeometryRules() {}

  enum Kind {
    RECORDED,
    /** A straight line across missing fixes. */
    ESTIMATED,
    /** Nothing is known of the way between its two ends. */
    GAP
  }

  /** Neighbours share the point where one ends and the next begins. */
  record Stretch(Kind kind, List<PathPoint> points) {}

  /** No point that is left out lies farther off than half a pixel of that zoom, 0 to 24. */
  static List<Stretch> stretches(StoredPoints points, int zoom) {
    List<PathPoint> path = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    double latitudeDeg = 0;
    for (int i = 0; i < points.size(); i++) {
      int latitude = points.value(PointColumn.LATITUDE_E7, i);
      int longitude = points.value(PointColumn.LONGITUDE_E7, i);
      if (latitude != StoredPoints.ABSENT && longitude != StoredPoints.ABSENT) {
        path.add(point(points, i, latitude / E7, longitude / E7));
        kinds.add(kind(points.value(PointColumn.FLAGS, i)));
        latitudeDeg = Math.max(latitudeDeg, Math.abs(latitude / E7));
      }
    }
    double toleranceM = TrackSimplifier.pixelM(zoom, latitudeDeg) / 2;
    List<Stretch> stretches = new ArrayList<>();
    for (int from = 0, to; from < path.size() - 1; from = to) {
      Kind kind = kinds.get(from + 1);
      to = from + 1;
      while (kind != Kind.GAP && to + 1 < path.size() && kinds.get(to + 1) == kind) {
        to++;
      }
      stretches.add(new Stretch(kind, simplified(path.subList(from, to + 1), toleranceM)));
    }
    if (path.size() == 1) {
      stretches.add(new Stretch(Kind.RECORDED, path));
    }
    return stretches;
  }

  private static List<PathPoint> simplified(List<PathPoint> points, double toleranceM) {
    List<PathPoint> kept = new ArrayList<>();
    for (int index : TrackSimplifier.keep(points, toleranceM)) {
      kept.add(points.get(index));
    }
    return kept;
  }

  /** Of the way to a point. */
  private static Kind kind(int flags) {
    if (flags == StoredPoints.ABSENT) {
      return Kind.RECORDED;
    }
    if ((flags & TrackPoint.BREAK) != 0) {
      return Kind.GAP;
    }
    return (flags & TrackPoint.ESTIMATED) != 0 ? Kind.ESTIMATED : Kind.RECORDED;
  }

  private static PathPoint point(
      StoredPoints points, int index, double latitudeDeg, double longitudeDeg) {
    int distance = points.value(PointColumn.DISTANCE_CM, index);
    return PathPoint.of(
        points.atMs(index),
        Position.of(latitudeDeg, longitudeDeg),
        distance == StoredPoints.ABSENT ? 0 : Math.max(0, distance / CM_A_M),
        false);
  }
}
