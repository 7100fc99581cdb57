package io.pacewire.track.geo;

import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;
import org.locationtech.jts.operation.valid.IsValidOp;

/**
 * An area to be in, or a course to keep to. Edges are straight in a plane that touches the ellipsoid
 * in the fence's middle; no vertex may be more than 200 km from there, where lengths are 0.02 % off.
 * Immutable, safe for use by several threads.
 */
public final class Geofence {
  /** Of all rings together. */
  public static final int MOST_VERTICES = 10_000;

  /** Of one polygon. */
  public static final int MOST_HOLES = 100;
  /** Metres from the middle. */
  public static final double FARTHEST_VERTEX_M = 200_000;
  /** Metres, of a circle. */
  public static final double LONGEST_RADIUS_M = 100_000;
  /** Metres, of a corridor, and of the widest circle within a polygon. */
  public static final double LEAST_WIDTH_M = 1;

  private static final GeometryFactory SHAPES = new GeometryFactory();

  /** The widest place of an area need not be known better. */
  private static final double WIDTH_SHARE = 0.02;

  private final String id;
  private final boolean course;
  private final LocalPlane plane;
  private final Depth depth;
  private final double greatestDepthM;

  private Geofence(
      String id, boolean course, LocalPlane plane, Depth depth, double greatestDepthM) {
    this.id = Ranges.id("id", id);
    this.course = course;
    this.plane = plane;
    this.depth = depth;
    this.greatestDepthM = greatestDepthM;
  }

  /** Radius 1 m to 100 km. */
  public static Geofence circle(String id, Position centre, double radiusM) {
    Ranges.within("radiusM", radiusM, LEAST_WIDTH_M, LONGEST_RADIUS_M);
    Depth depth = at -> radiusM - Math.sqrt(at.x * at.x + at.y * at.y);
    return new Geofence(id, false, LocalPlane.at(centre), depth, radiusM);
  }

  /**
   * Rings of at least three vertices, in either sense, closed or not; they may enclose a pole.
   * A ring must not cross itself or another, holes lie inside.
   */
  public static Geofence polygon(String id, List<Position> ring, List<List<Position>> holes) {
    Ranges.within("holes", holes.size(), 0, MOST_HOLES);
    int vertices = ring.size() + holes.stream().mapToInt(List::size).sum();
    Ranges.within("vertices", vertices, 3, MOST_VERTICES);
    LocalPlane plane = LocalPlane.at(Position.middle(ring));
    Polygon area = SHAPES.createPolygon(
        ring(plane, ring),
        holes.stream().map(hole -> ring(plane, hole)).toArray(LinearRing[]::new));
    IsValidOp validity = new IsValidOp(area);
    if (!validity.isValid()) {
      throw new IllegalArgumentException(
          "polygon " + id + " is not one: " + validity.getValidationError().getMessage());
    }
    IndexedPointInAreaLocator inside = new IndexedPointInAreaLocator(area);
    Depth away = distance(area.getBoundary());
    Depth depth = at -> inside.locate(at) == Location.EXTERIOR ? -away.atM(at) : away.atM(at);
    return new Geofence(id, false, plane, depth, widestM(area));
  }

  /** All within so many metres of a line of 2 to 10,000 vertices; half width 1 m to 10 km. */
  public static Geofence corridor(String id, List<Position> line, double halfWidthM) {
    Ranges.within("vertices", line.size(), 2, MOST_VERTICES);
    Ranges.within("halfWidthM", halfWidthM, LEAST_WIDTH_M, LONGEST_RADIUS_M / 10);
    LocalPlane plane = LocalPlane.at(Position.middle(line));
    LineString course = SHAPES.createLineString(coordinates(plane, line, false));
    Depth away = distance(course);
    return new Geofence(id, true, plane, at -> halfWidthM - away.atM(at), halfWidthM);
  }

  /** As it was made. */
  public String id() {
    return id;
  }

  /** Whether it is a course to keep to. */
  public boolean isCorridor() {
    return course;
  }

  /** Metres from the nearest edge: positive inside, negative outside. */
  public double depthM(Position place) {
    return depthM(plane.coordinate(place));
  }

  double depthM(Coordinate at) {
    return depth.atM(at);
  }

  /** How far inside one can be at most. */
  double greatestDepthM() {
    return greatestDepthM;
  }

  LocalPlane plane() {
    return plane;
  }

  private static Depth distance(Geometry lines) {
    IndexedFacetDistance index = new IndexedFacetDistance(lines);
    return at -> index.distance(SHAPES.createPoint(at));
  }

  private static double widestM(Polygon area) {
    double least = Math.max(LEAST_WIDTH_M / 10, Math.sqrt(area.getArea()) * WIDTH_SHARE);
    double widest = MaximumInscribedCircle.getRadiusLine(area, least).getLength();
    return Ranges.within("inscribed radius", widest, LEAST_WIDTH_M / 2, FARTHEST_VERTEX_M);
  }

  private static LinearRing ring(LocalPlane plane, List<Position> vertices) {
    Ranges.within("vertices of a ring", vertices.size(), 3, MOST_VERTICES);
    return SHAPES.createLinearRing(coordinates(plane, vertices, true));
  }

  private static Coordinate[] coordinates(
      LocalPlane plane, List<Position> vertices, boolean closed) {
    Coordinate[] line =
        vertices.stream().map(vertex -> within(plane, vertex)).toArray(Coordinate[]::new);
    if (!closed || line[0].equals2D(line[line.length - 1])) {
      return line;
    }
    Coordinate[] ring = Arrays.copyOf(line, line.length + 1);
    ring[line.length] = line[0].copy();
    return ring;
  }

  private static Coordinate within(LocalPlane plane, Position vertex) {
    Ranges.within(
        "distance of a vertex from the middle",
        plane.origin().chordM(vertex),
        0,
        FARTHEST_VERTEX_M);
    return plane.coordinate(vertex);
  }

  /** Metres inside the edge, negative outside, at a place in the plane. */
  private interface Depth {
    double atM(Coordinate at);
  }
}
