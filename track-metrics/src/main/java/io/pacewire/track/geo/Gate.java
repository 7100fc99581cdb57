package io.pacewire.track.geo;

import org.locationtech.jts.geom.Coordinate;

/**
 * A straight line on the ground that is crossed: start, finish, lap. Forward is the way that has the
 * line's first end on the left hand. 1 to 2,000 m wide, straight in the plane that touches the
 * ellipsoid at its middle. Immutable.
 */
public final class Gate {
  /** Metres. */
  public static final double LEAST_WIDTH_M = 1;
  /** Metres. */
  public static final double MOST_WIDTH_M = 2_000;

  private final String id;
  private final LocalPlane plane;
  private final double halfWidthM;
  private final double forwardEast;
  private final double forwardNorth;

  private Gate(
      String id, LocalPlane plane, double halfWidthM, double forwardEast, double forwardNorth) {
    this.id = Ranges.id("id", id);
    this.plane = plane;
    this.halfWidthM = halfWidthM;
    this.forwardEast = forwardEast;
    this.forwardNorth = forwardNorth;
  }

  /** The ends as one who crosses forward sees them; 1 to 2,000 m apart. */
  public static Gate between(String id, Position left, Position right) {
    double widthM = Ranges.within("widthM", left.chordM(right), LEAST_WIDTH_M, MOST_WIDTH_M);
    LocalPlane plane = LocalPlane.at(left.towards(right, 0.5));
    Coordinate end = plane.coordinate(left);
    double length = Math.sqrt(end.x * end.x + end.y * end.y);
    return new Gate(id, plane, widthM / 2, end.y / length, -end.x / length);
  }

  /** Across the way at a place, which leads forward at so many degrees from north, eastwards. */
  public static Gate across(String id, Position centre, double headingDeg, double widthM) {
    Ranges.within("widthM", widthM, LEAST_WIDTH_M, MOST_WIDTH_M);
    double heading = StrictMath.toRadians(Ranges.within("headingDeg", headingDeg, 0, 360));
    return new Gate(
        id, LocalPlane.at(centre), widthM / 2, StrictMath.sin(heading), StrictMath.cos(heading));
  }

  /** As it was given; for results to name it. */
  public String id() {
    return id;
  }

  LocalPlane plane() {
    return plane;
  }

  /** Metres past the line, negative before it. */
  double pastM(Coordinate at) {
    return at.x * forwardEast + at.y * forwardNorth;
  }

  /** Whether a place on the endless line is between its ends. */
  boolean spans(Coordinate at) {
    return Math.abs(at.x * forwardNorth - at.y * forwardEast) <= halfWidthM;
  }
}
