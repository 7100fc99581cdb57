package io.pacewire.track;

/**
 * Short distances on the WGS 84 ellipsoid. Radii of curvature of the meridian and of the prime
 * vertical (Torge and Müller, Geodesy, 4.1.1) at the middle latitude; within 0.02 ppm of the
 * geodesic at 1 km outside the polar caps. Not for distances of more than some hundred kilometres.
 */
public final class Geodesy {
  /** Of the ellipsoid, metres. */
  public static final double SEMI_MAJOR_M = 6_378_137.0;

  private static final double FLATTENING = 1 / 298.257223563;

  /** The first, of the ellipsoid. */
  public static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

  private Geodesy() {}

  /** Metres between two positions in degrees; the shorter way round the antimeridian. */
  public static double distanceM(
      double latitude1Deg, double longitude1Deg, double latitude2Deg, double longitude2Deg) {
    double middle = StrictMath.toRadians((latitude1Deg + latitude2Deg) / 2);
    double north = metresPerRadianNorth(middle) * StrictMath.toRadians(latitude2Deg - latitude1Deg);
    double east =
        metresPerRadianEast(middle) * StrictMath.toRadians(wrapDeg(longitude2Deg - longitude1Deg));
    return Math.sqrt(north * north + east * east);
  }

  static double metresPerRadianNorth(double latitudeRad) {
    double sine = StrictMath.sin(latitudeRad);
    double w = 1 - ECCENTRICITY_SQUARED * sine * sine;
    return SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / (w * Math.sqrt(w));
  }

  static double metresPerRadianEast(double latitudeRad) {
    double sine = StrictMath.sin(latitudeRad);
    double normal = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
    return normal * StrictMath.cos(latitudeRad);
  }

  /** A difference of longitudes as -180 to 180 degrees. */
  public static double wrapDeg(double degrees) {
    if (degrees > 180) {
      return degrees - 360;
    }
    return degrees < -180 ? degrees + 360 : degrees;
  }
}
