package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.List;

/** Fixes and points laid out in metres about a place, for tests. */
final class Walk {
  static final long START_MS = 1_700_000_000_000L;

  private final LocalPlane plane;
  private final List<GeoFix> fixes = new ArrayList<>();
  private double sigmaM;

  private Walk(LocalPlane plane) {
    this.plane = plane;
  }

  static Walk about(Position origin) {
    return new Walk(LocalPlane.at(origin));
  }

  Walk sigma(double metres) {
    sigmaM = metres;
    return this;
  }

  Walk at(double second, double eastM, double northM) {
    Position place = plane.position(eastM, northM);
    fixes.add(GeoFix.of(
        START_MS + Math.round(second * 1_000), place.latitudeDeg(), place.longitudeDeg(), sigmaM));
    return this;
  }

  List<GeoFix> fixes() {
    return fixes;
  }

  /** The same as points of a line, distances straight between them. */
  List<PathPoint> points() {
    List<PathPoint> points = new ArrayList<>();
    double distanceM = 0;
    for (int i = 0; i < fixes.size(); i++) {
      Position here = fixes.get(i).position();
      distanceM += i == 0 ? 0 : here.chordM(fixes.get(i - 1).position());
      points.add(PathPoint.of(fixes.get(i).atEpochMs(), here, distanceM, false));
    }
    return points;
  }

  List<FenceEvent> through(Geofence fence) {
    List<FenceEvent> events = new ArrayList<>();
    FenceWatch watch = new FenceWatch(fence, events::add);
    fixes.forEach(watch::accept);
    return events;
  }

  List<GateCrossing> through(Gate gate) {
    List<GateCrossing> crossings = new ArrayList<>();
    GateWatch watch = new GateWatch(gate, crossings::add);
    fixes.forEach(watch::accept);
    return crossings;
  }

  /** A polygon or line of metres about a place: east, north, east, north … */
  static List<Position> line(Position origin, double... eastNorthM) {
    LocalPlane plane = LocalPlane.at(origin);
    List<Position> line = new ArrayList<>();
    for (int i = 0; i < eastNorthM.length; i += 2) {
      line.add(plane.position(eastNorthM[i], eastNorthM[i + 1]));
    }
    return line;
  }
}
