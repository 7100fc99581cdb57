package io.pacewire.track.geo;

import static io.pacewire.track.Geodesy.ECCENTRICITY_SQUARED;
import static io.pacewire.track.Geodesy.SEMI_MAJOR_M;

import org.locationtech.jts.geom.Coordinate;

/**
 * Metres east and north in the plane that touches the ellipsoid at an origin: an orthographic
 * projection (Snyder, Map Projections - A Working Manual, USGS 1395, chapter 20, on the ellipsoid).
 * Lengths away from the origin are too short by d²/6R² of themselves: 4 mm at 10 km, 4 m at 100 km.
 * There is no seam: the antimeridian and the poles are projected like any other place. At a pole,
 * north is along the origin's own meridian. Immutable.
 */
public final class LocalPlane {
  /** How far from the origin a point of the plane may be to have a position. */
  public static final double REACH_M = 1_000_000;

  private static final double POLAR_SQUEEZE = 1 - ECCENTRICITY_SQUARED;

  private final Position origin;
  private final double sineLatitude;
  private final double cosineLatitude;
  private final double sineLongitude;
  private final double cosineLongitude;

  private LocalPlane(Position origin) {
    this.origin = origin;
    double latitude = StrictMath.toRadians(origin.latitudeDeg());
    double longitude = StrictMath.toRadians(origin.longitudeDeg());
    sineLatitude = StrictMath.sin(latitude);
    cosineLatitude = StrictMath.cos(latitude);
    sineLongitude = StrictMath.sin(longitude);
    cosineLongitude = StrictMath.cos(longitude);
  }

  /** The plane that touches the ellipsoid there; x leads east, y north, in metres. */
  public static LocalPlane at(Position origin) {
    return new LocalPlane(origin);
  }

  /** Where it touches. */
  public Position origin() {
    return origin;
  }

  /** Metres to the east of the origin. */
  public double eastM(Position place) {
    return coordinate(place).x;
  }

  /** Metres to the north of the origin. */
  public double northM(Position place) {
    return coordinate(place).y;
  }

  /**
   * Both at once. What lies beyond the horizon is put outside the disc of the near half, never back
   * into it, so nothing far away can seem to be close.
   */
  Coordinate coordinate(Position place) {
    double x = place.xM() - origin.xM();
    double y = place.yM() - origin.yM();
    double z = place.zM() - origin.zM();
    double outwards = cosineLongitude * x + sineLongitude * y;
    double east = cosineLongitude * y - sineLongitude * x;
    double north = cosineLatitude * z - sineLatitude * outwards;
    double up = cosineLatitude * outwards + sineLatitude * z;
    if (up > -SEMI_MAJOR_M) {
      return new Coordinate(east, north);
    }
    double near = Math.sqrt(east * east + north * north);
    double far = 2 * SEMI_MAJOR_M - near;
    return near > 0
        ? new Coordinate(east / near * far, north / near * far)
        : new Coordinate(far, 0);
  }

  /** The place on the ellipsoid, for points at most {@link #REACH_M} from the origin. */
  public Position position(double eastM, double northM) {
    Ranges.within("eastM", eastM, -REACH_M, REACH_M);
    Ranges.within("northM", northM, -REACH_M, REACH_M);
    double inwards = -sineLatitude * northM;
    double x = origin.xM() + cosineLongitude * inwards - sineLongitude * eastM;
    double y = origin.yM() + sineLongitude * inwards + cosineLongitude * eastM;
    double z = origin.zM() + cosineLatitude * northM;
    double upX = cosineLatitude * cosineLongitude;
    double upY = cosineLatitude * sineLongitude;
    double down = downM(x, y, z, upX, upY);
    return Position.near(x - down * upX, y - down * upY, z - down * sineLatitude);
  }

  /** From a point of the plane straight down to the ellipsoid: the smaller root of a quadratic. */
  private double downM(double x, double y, double z, double upX, double upY) {
    double a = upX * upX + upY * upY + sineLatitude * sineLatitude / POLAR_SQUEEZE;
    double b = upX * x + upY * y + sineLatitude * z / POLAR_SQUEEZE;
    double c = x * x + y * y + z * z / POLAR_SQUEEZE - SEMI_MAJOR_M * SEMI_MAJOR_M;
    return c / (b + Math.sqrt(b * b - a * c));
  }
}
