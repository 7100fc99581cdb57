package io.pacewire.track.geo;

import static io.pacewire.track.Geodesy.ECCENTRICITY_SQUARED;
import static io.pacewire.track.Geodesy.SEMI_MAJOR_M;

import java.util.List;

/**
 * A place on the WGS 84 ellipsoid, height 0. Kept in degrees and as metres from the Earth's centre
 * (Torge and Müller, Geodesy, 4.1.3), where neither the antimeridian nor the poles are special.
 * Immutable.
 */
public final class Position {
  private final double latitudeDeg;
  private final double longitudeDeg;
  private final double xM;
  private final double yM;
  private final double zM;

  private Position(double latitudeDeg, double longitudeDeg, double xM, double yM, double zM) {
    this.latitudeDeg = latitudeDeg;
    this.longitudeDeg = longitudeDeg;
    this.xM = xM;
    this.yM = yM;
    this.zM = zM;
  }

  /** Latitude -90 to 90, longitude -180 to 180 degrees; anything else is refused. */
  public static Position of(double latitudeDeg, double longitudeDeg) {
    double latitude = StrictMath.toRadians(Ranges.within("latitudeDeg", latitudeDeg, -90, 90));
    double longitude = StrictMath.toRadians(Ranges.within("longitudeDeg", longitudeDeg, -180, 180));
    double sine = StrictMath.sin(latitude);
    double normal = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
    double fromAxis = normal * StrictMath.cos(latitude);
    return new Position(
        latitudeDeg,
        longitudeDeg,
        fromAxis * StrictMath.cos(longitude),
        fromAxis * StrictMath.sin(longitude),
        normal * (1 - ECCENTRICITY_SQUARED) * sine);
  }

  /** The place above or below a point that is at most some kilometres off the ellipsoid. */
  static Position near(double xM, double yM, double zM) {
    double fromAxis = Math.sqrt(xM * xM + yM * yM);
    return of(
        StrictMath.toDegrees(StrictMath.atan2(zM, (1 - ECCENTRICITY_SQUARED) * fromAxis)),
        StrictMath.toDegrees(StrictMath.atan2(yM, xM)));
  }

  /** The middle of places that are not spread over the whole globe. */
  static Position middle(List<Position> places) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (Position place : places) {
      x += place.xM;
      y += place.yM;
      z += place.zM;
    }
    return near(x, y, z);
  }

  /** On the straight way to another place, share 0 (here) to 1 (there). */
  Position towards(Position there, double share) {
    if (share <= 0 || share >= 1) {
      return share <= 0 ? this : there;
    }
    return near(
        xM + share * (there.xM - xM), yM + share * (there.yM - yM), zM + share * (there.zM - zM));
  }

  /** As far beyond this place as another lies before it. */
  Position awayFrom(Position other) {
    return near(2 * xM - other.xM, 2 * yM - other.yM, 2 * zM - other.zM);
  }

  /**
   * Straight through the Earth, metres: shorter than the way on the ground by 1 mm at 10 km and by
   * 1 m at 100 km.
   */
  double chordM(Position there) {
    double x = there.xM - xM;
    double y = there.yM - yM;
    double z = there.zM - zM;
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** -90 to 90, positive northwards. */
  public double latitudeDeg() {
    return latitudeDeg;
  }

  /** -180 to 180, positive eastwards. */
  public double longitudeDeg() {
    return longitudeDeg;
  }

  double xM() {
    return xM;
  }

  double yM() {
    return yM;
  }

  double zM() {
    return zM;
  }
}
