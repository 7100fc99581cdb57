package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * A Kalman filter for position and velocity in a local plane (Bar-Shalom, Li and Kirubarajan,
 * Estimation with Applications to Tracking and Navigation, 6.2: white noise acceleration). Both
 * axes share one covariance, since their noise is the same. Acceleration grows with speed: who is
 * faster takes a bend of the same radius harder. Metres and seconds.
 */
final class PositionFilter {
  /** White acceleration noise at rest, and what each m/s adds; less cuts corners, more trembles. */
  private static final double ACCELERATION_MPS2 = 0.1;

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
  private double east;
  private double north;
  private double speedEast;
  private double speedNorth;
  private double varPosition;
  private double covariance;
  private double varSpeed;

  void reset(double latitudeDeg, double longitudeDeg, double sigmaM, SportProfile sport) {
    origin(latitudeDeg, longitudeDeg);
    east = 0;
    north = 0;
    speedEast = 0;
    speedNorth = 0;
    varPosition = sigmaM * sigmaM;
    covariance = 0;
    double sigmaMps = sport.maxSpeedMps(0) / INITIAL_SPEED_SIGMAS;
    varSpeed = sigmaMps * sigmaMps;
  }

  /** Lets time go by. */
  void predict(double seconds) {
    double acceleration = ACCELERATION_MPS2 + ACCELERATION_PER_MPS * speedMps();
    double q = acceleration * acceleration;
    double squared = seconds * seconds;
    east += speedEast * seconds;
    north += speedNorth * seconds;
    varPosition += 2 * seconds * covariance + squared * varSpeed + q * squared * squared / 4;
    covariance += seconds * varSpeed + q * squared * seconds / 2;
    varSpeed += q * squared;
  }

  /**
   * Squared distance of a measurement from where it would be expected after {@code seconds}, in
   * units of its own variance. Changes nothing.
   */
  double surpriseAfter(double seconds, double latitudeDeg, double longitudeDeg, double sigmaM) {
    double speed = speedMps();
    double acceleration =
        Math.max(SUDDEN_ACCELERATION_MPS2, ACCELERATION_MPS2 + ACCELERATION_PER_MPS * speed);
    double sudden = acceleration * seconds * seconds / 2;
    double stray = Math.min(sudden, (STRAY_MPS + STRAY_PER_MPS * speed) * seconds);
    double variance =
        varPosition + 2 * seconds * covariance + seconds * seconds * varSpeed + stray * stray;
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
    east += gainPosition * dx;
    north += gainPosition * dy;
    speedEast += gainSpeed * dx;
    speedNorth += gainSpeed * dy;
    double oldCovariance = covariance;
    varPosition *= 1 - gainPosition;
    covariance *= 1 - gainPosition;
    varSpeed -= gainSpeed * oldCovariance;
    if (east * east + north * north > PLANE_RADIUS_M * PLANE_RADIUS_M) {
      origin(latitudeDeg(), longitudeDeg());
      east = 0;
      north = 0;
    }
  }

  double latitudeDeg() {
    return originLatitudeDeg + north / metresPerDegreeNorth;
  }

  double longitudeDeg() {
    return Geodesy.wrapDeg(originLongitudeDeg + east / metresPerDegreeEast);
  }

  /** Of the position, along one axis. */
  double sigmaM() {
    return Math.sqrt(Math.max(0, varPosition));
  }

  /** Slower than this it goes hardly: three sigma below what the filter thinks. */
  double leastSpeedMps() {
    return speedMps() - 3 * Math.sqrt(Math.max(0, varSpeed));
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

  private double eastOf(double longitudeDeg) {
    return Geodesy.wrapDeg(longitudeDeg - originLongitudeDeg) * metresPerDegreeEast;
  }

  private double northOf(double latitudeDeg) {
    return (latitudeDeg - originLatitudeDeg) * metresPerDegreeNorth;
  }

  void write(ByteBuffer out) {
    out.putDouble(originLatitudeDeg)
        .putDouble(originLongitudeDeg)
        .putDouble(east)
        .putDouble(north)
        .putDouble(speedEast)
        .putDouble(speedNorth)
        .putDouble(varPosition)
        .putDouble(covariance)
        .putDouble(varSpeed);
  }

  void read(ByteBuffer in) {
    origin(in.getDouble(), in.getDouble());
    east = in.getDouble();
    north = in.getDouble();
    speedEast = in.getDouble();
    speedNorth = in.getDouble();
    varPosition = in.getDouble();
    covariance = in.getDouble();
    varSpeed = in.getDouble();
  }
}
