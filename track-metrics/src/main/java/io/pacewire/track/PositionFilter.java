package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * A Kalman filter for position and velocity in a local plane (Bar-Shalom, Li and Kirubarajan,
 * Estimation with Applications to Tracking and Navigation, 6.2: white noise acceleration). Both
 * axes share one covariance, since their noise is the same. Metres and seconds.
 */
final class PositionFilter {
  /** White acceleration noise; more of it blew up on some recording, less of it cuts corners. */
  private static final double ACCELERATION_MPS2 = 0.5;

  private static final double INITIAL_SPEED_SIGMA_MPS = 3;
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

  void reset(double latitudeDeg, double longitudeDeg, double sigmaM) {
    origin(latitudeDeg, longitudeDeg);
    east = 0;
    north = 0;
    speedEast = 0;
    speedNorth = 0;
    varPosition = sigmaM * sigmaM;
    covariance = 0;
    varSpeed = INITIAL_SPEED_SIGMA_MPS * INITIAL_SPEED_SIGMA_MPS;
  }

  /** Lets time go by. */
  void predict(double seconds) {
    double q = ACCELERATION_MPS2 * ACCELERATION_MPS2;
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
    double q = ACCELERATION_MPS2 * ACCELERATION_MPS2;
    double squared = seconds * seconds;
    double variance =
        varPosition + 2 * seconds * covariance + squared * varSpeed + q * squared * squared / 4;
    double dx = eastOf(longitudeDeg) - east - speedEast * seconds;
    double dy = northOf(latitudeDeg) - north - speedNorth * seconds;
    return (dx * dx + dy * dy) / (variance + sigmaM * sigmaM);
  }

  void update(double latitudeDeg, double longitudeDeg, double sigmaM) {
    double innovation = varPosition + sigmaM * sigmaM;
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
        .putDouble(metresPerDegreeNorth)
        .putDouble(metresPerDegreeEast)
        .putDouble(east)
        .putDouble(north)
        .putDouble(speedEast)
        .putDouble(speedNorth)
        .putDouble(varPosition)
        .putDouble(covariance)
        .putDouble(varSpeed);
  }

  void read(ByteBuffer in) {
    originLatitudeDeg = in.getDouble();
    originLongitudeDeg = in.getDouble();
    metresPerDegreeNorth = in.getDouble();
    metresPerDegreeEast = in.getDouble();
    east = in.getDouble();
    north = in.getDouble();
    speedEast = in.getDouble();
    speedNorth = in.getDouble();
    varPosition = in.getDouble();
    covariance = in.getDouble();
    varSpeed = in.getDouble();
  }
}
