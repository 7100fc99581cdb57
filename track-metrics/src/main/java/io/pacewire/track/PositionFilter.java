package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * A Kalman filter for position and velocity in a local plane (Bar-Shalom, Li and Kirubarajan,
 * Estimation with Applications to Tracking and Navigation, 6.3.2: white noise acceleration). Both
 * axes share one covariance, since their noise is the same. Acceleration grows with speed: who is
 * faster takes a bend of the same radius harder. Metres and seconds.
 */
final class PositionFilter {
  /** White acceleration noise at rest, and what each m/s adds; less cuts corners, more trembles. */
  private static final double ACCELERATION_MPS2 = 0.4;

  private static final double ACCELERATION_PER_MPS = 0.05;

  /** What the gate allows for beyond the filter's own idea: a sudden start, stop or turn. */
  private static final double SUDDEN_ACCELERATION_MPS2 = 1;

  /** But nobody strays faster than by a part of the speed. */
  private static final double STRAY_MPS = 0.5;

  private static final double STRAY_PER_MPS = 0.3;

  /** Beyond three sigma a measurement counts less the further it is off (Huber 1964). */
  private static final double FULL_WEIGHT_SURPRISE = 9;

  /** A line may begin at speed: three of these are the sport's peak. */
  private static final double INITIAL_SPEED_SIGMAS = 3;

  /** The plane is drawn anew before its flatness matters. */
  private static final double PLANE_RADIUS_M = 5_000;

  private double originLatitudeDeg;
  private double originLongitudeDeg;
  private double metresPerDegreeNorth;
  private double metresPerDegreeEast;
  /** Half a millimetre at the plane's edge, which is plenty. */
  private float east;

  private float north;
  private float speedEast;
  private float speedNorth;
  /** Single precision is plenty for what is a guess about errors, and the state has to be small. */
  private float varPosition;

  private float covariance;
  private float varSpeed;

  void reset(double latitudeDeg, double longitudeDeg, double sigmaM, SportProfile sport) {
    origin(latitudeDeg, longitudeDeg);
    east = 0;
    north = 0;
    speedEast = 0;
    speedNorth = 0;
    varPosition = (float) (sigmaM * sigmaM);
    covariance = 0;
    double sigmaMps = sport.maxSpeedMps(0) / INITIAL_SPEED_SIGMAS;
    varSpeed = (float) (sigmaMps * sigmaMps);
  }

  /**
   * Goes on from where it begins at the mean speed since another fix: who was carried too fast is
   * carried further, until a later fix says otherwise.
   */
  void carry(double fromLatitudeDeg, double fromLongitudeDeg, double seconds, double sigmaM) {
    speedEast = (float) ((east - eastOf(fromLongitudeDeg)) / seconds);
    speedNorth = (float) ((north - northOf(fromLatitudeDeg)) / seconds);
    varSpeed = (float) (2 * sigmaM * sigmaM / (seconds * seconds));
  }

  /** Becomes the same as another. */
  void copy(PositionFilter other) {
    originLatitudeDeg = other.originLatitudeDeg;
    originLongitudeDeg = other.originLongitudeDeg;
    metresPerDegreeNorth = other.metresPerDegreeNorth;
    metresPerDegreeEast = other.metresPerDegreeEast;
    east = other.east;
    north = other.north;
    speedEast = other.speedEast;
    speedNorth = other.speedNorth;
    varPosition = other.varPosition;
    covariance = other.covariance;
    varSpeed = other.varSpeed;
  }

  /** Lets time go by. */
  void predict(double seconds) {
    double acceleration = ACCELERATION_MPS2 + ACCELERATION_PER_MPS * speedMps();
    double q = acceleration * acceleration;
    double squared = seconds * seconds;
    east = (float) (east + speedEast * seconds);
    north = (float) (north + speedNorth * seconds);
    varPosition = (float)
        (varPosition + 2 * seconds * covariance + squared * varSpeed + q * squared * squared / 4);
    covariance = (float) (covariance + seconds * varSpeed + q * squared * seconds / 2);
    varSpeed = (float) (varSpeed + q * squared);
  }

  /**
   * Squared distance of a measurement from where it would be expected after {@code seconds}, in
   * units of its own variance. Changes nothing.
   *
   * @param strayM one sigma of how far the athlete may be from there at most
   */
  double surpriseAfter(
      double seconds, double latitudeDeg, double longitudeDeg, double sigmaM, double strayM) {
    double speed = speedMps();
    double acceleration =
        Math.max(SUDDEN_ACCELERATION_MPS2, ACCELERATION_MPS2 + ACCELERATION_PER_MPS * speed);
    double sudden = acceleration * seconds * seconds / 2;
    double stray = Math.min(sudden, (STRAY_MPS + STRAY_PER_MPS * speed) * seconds);
    double motion = 2 * seconds * covariance + seconds * seconds * varSpeed + stray * stray;
    double variance = varPosition + Math.min(motion, strayM * strayM);
    double dx = eastOf(longitudeDeg) - east - speedEast * seconds;
    double dy = northOf(latitudeDeg) - north - speedNorth * seconds;
    return (dx * dx + dy * dy) / (variance + sigmaM * sigmaM);
  }

  /** @param surprise how far off the measurement was, by {@link #surpriseAfter} */
  void update(double latitudeDeg, double longitudeDeg, double sigmaM, double surprise) {
    double weight = Math.max(1, surprise / FULL_WEIGHT_SURPRISE);
    double innovation = varPosition + sigmaM * sigmaM * weight;
    double gainPosition = varPosition / innovation;
    double gainSpeed = covariance / innovation;
    double dx = eastOf(longitudeDeg) - east;
    double dy = northOf(latitudeDeg) - north;
    east = (float) (east + gainPosition * dx);
    north = (float) (north + gainPosition * dy);
    speedEast = (float) (speedEast + gainSpeed * dx);
    speedNorth = (float) (speedNorth + gainSpeed * dy);
    double oldCovariance = covariance;
    varPosition = (float) (varPosition * (1 - gainPosition));
    covariance = (float) (covariance * (1 - gainPosition));
    varSpeed = (float) Math.max(0, varSpeed - gainSpeed * oldCovariance);
    if ((double) east * east + (double) north * north > PLANE_RADIUS_M * PLANE_RADIUS_M) {
      recentre(latitudeDeg(), longitudeDeg());
    }
  }

  double latitudeDeg() {
    return latitudeDeg(north);
  }

  double longitudeDeg() {
    return longitudeDeg(east);
  }

  /** Of a place in its plane. */
  double latitudeDeg(double northM) {
    double latitude = originLatitudeDeg + northM / metresPerDegreeNorth;
    return Math.max(-90, Math.min(90, latitude)); // a plane goes on beyond the pole
  }

  double longitudeDeg(double eastM) {
    return Geodesy.wrapDeg(originLongitudeDeg + eastM / metresPerDegreeEast);
  }

  double eastM() {
    return east;
  }

  double northM() {
    return north;
  }

  /** Of the position, along one axis. */
  double sigmaM() {
    return Math.sqrt(Math.max(0, varPosition));
  }

  /** Of the speed, along one axis. */
  double sigmaMps() {
    return Math.sqrt(varSpeed);
  }

  /** Slower than this it goes hardly: three sigma below what the filter thinks. */
  double leastSpeedMps() {
    return speedMps() - 3 * sigmaMps();
  }

  double speedMps() {
    return Math.sqrt(speedEast * speedEast + speedNorth * speedNorth);
  }

  private void origin(double latitudeDeg, double longitudeDeg) {
    originLatitudeDeg = latitudeDeg;
    originLongitudeDeg = longitudeDeg;
    double latitude = StrictMath.toRadians(latitudeDeg);
    metresPerDegreeNorth = StrictMath.toRadians(Geodesy.metresPerRadianNorth(latitude));
    // At a pole a degree of longitude has no length; a millimetre keeps figures finite there.
    metresPerDegreeEast =
        Math.max(1e-3, StrictMath.toRadians(Geodesy.metresPerRadianEast(latitude)));
  }

  private void recentre(double latitudeDeg, double longitudeDeg) {
    origin(rounded(latitudeDeg), rounded(longitudeDeg));
    east = (float) eastOf(longitudeDeg);
    north = (float) northOf(latitudeDeg);
  }

  /** To what the state's bytes hold, and fixes are stated in. */
  private static double rounded(double degrees) {
    return Math.round(degrees * Fix.E7) / Fix.E7;
  }

  double eastOf(double longitudeDeg) {
    return Geodesy.wrapDeg(longitudeDeg - originLongitudeDeg) * metresPerDegreeEast;
  }

  double northOf(double latitudeDeg) {
    return (latitudeDeg - originLatitudeDeg) * metresPerDegreeNorth;
  }

  void write(ByteBuffer out) {
    out.putInt((int) Math.round(originLatitudeDeg * Fix.E7)) // see rounded()
        .putInt((int) Math.round(originLongitudeDeg * Fix.E7))
        .putFloat(east)
        .putFloat(north)
        .putFloat(speedEast)
        .putFloat(speedNorth)
        .putFloat(varPosition)
        .putFloat(covariance)
        .putFloat(varSpeed);
  }

  void read(ByteBuffer in) {
    double latitudeDeg = in.getInt() / Fix.E7;
    origin(latitudeDeg, in.getInt() / Fix.E7);
    east = in.getFloat();
    north = in.getFloat();
    speedEast = in.getFloat();
    speedNorth = in.getFloat();
    varPosition = in.getFloat();
    covariance = in.getFloat();
    varSpeed = in.getFloat();
  }
}
