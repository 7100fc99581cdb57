package io.pacewire.track;

/**
 * Short distances on the WGS 84 ellipsoid. Radii of curvature of the meridian and of the prime
 * vertical (Torge and Müller, Geodesy, 4.1.1) at the middle latitude, put into the chord of a sphere,
 * which has no trouble at the poles: within 0.1 ppm of the geodesic at 1 km everywhere. Not for
 * distances of more than some hundred kilometres.
 */
public final class Geodesy {
  /** Of the ellipsoid, metres. */
  public static final double SEMI_MAJOR_M = 6_378_137.0;

  private static final double FLATTENING = 1 / 298.257223563;

  /** The first, of the ellipsoid. */
  public static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

  /** Radians. */
  private static final double SMALL_SQUARED = 1e-5;

  private Geodesy() {}

  /** Metres between two positions in degrees; the shorter way round the antimeridian. */
  public static double distanceM(
      double latitude1Deg, double longitude1Deg, double latitude2Deg, double longitude2Deg) {
    double middle = StrictMath.toRadians((latitude1Deg + latitude2Deg) / 2);
    double sine = StrictMath.sin(middle);
    double w = 1 - ECCENTRICITY_SQUARED * sine * sine;
    double normal = SEMI_MAJOR_M / Math.sqrt(w);
    double half = StrictMath.toRadians(wrapDeg(longitude2Deg - longitude1Deg)) / 2;
    double north = normal
        * ((1 - ECCENTRICITY_SQUARED) / w)
        * StrictMath.toRadians(latitude2Deg - latitude1Deg)
        * cosine(half);
    double east = 2 * normal * StrictMath.cos(middle) * sine(half);
    return Math.sqrt(north * north + east * east);
  }

  /** Neighbours are near: what the series leaves out is below the last bit. */
  private static double sine(double radians) {
    double squared = radians * radians;
    return squared < SMALL_SQUARED
        ? radians * (1 - squared / 6 * (1 - squared / 20))
        : StrictMath.sin(radians);
  }

  private static double cosine(double radians) {
    double squared = radians * radians;
    return squared < SMALL_SQUARED ? 1 - squared / 2 * (1 - squared / 12) : StrictMath.cos(radians);
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
