package io.pacewire.sdk;

/**
 * One reading of the position sensor. Immutable; what is unknown is NaN.
 *
 * <p>A fix carries what the sensor said and does not judge it: sensors do hand out nonsense, and
 * the app must not crash on it. {@link RecordingSession#addFix(Fix)} refuses what is outside the
 * globe and tells the {@link SensorListener}.
 */
public final class Fix {
  private final double latitudeDeg;
  private final double longitudeDeg;
  private final double altitudeM;
  private final double accuracyM;
  private final double verticalAccuracyM;
  private final double speedMps;
  private final double bearingDeg;

  private Fix(
      double latitudeDeg,
      double longitudeDeg,
      double altitudeM,
      double accuracyM,
      double verticalAccuracyM,
      double speedMps,
      double bearingDeg) {
    this.latitudeDeg = latitudeDeg;
    this.longitudeDeg = longitudeDeg;
    this.altitudeM = altitudeM;
    this.accuracyM = accuracyM;
    this.verticalAccuracyM = verticalAccuracyM;
    this.speedMps = speedMps;
    this.bearingDeg = bearingDeg;
  }

  /** A fix of which only the position is known: WGS 84 degrees. */
  public static Fix at(double latitudeDeg, double longitudeDeg) {
    double unknown = Double.NaN;
    return new Fix(latitudeDeg, longitudeDeg, unknown, unknown, unknown, unknown, unknown);
  }

  /** Height above the WGS 84 ellipsoid or mean sea level, as the sensor gives it, in metres. */
  public Fix withAltitudeM(double value) {
    return new Fix(
        latitudeDeg, longitudeDeg, value, accuracyM, verticalAccuracyM, speedMps, bearingDeg);
  }

  /** Horizontal accuracy in metres: the radius that holds 68 % of fixes, as Android states it. */
  public Fix withAccuracyM(double value) {
    return new Fix(
        latitudeDeg, longitudeDeg, altitudeM, value, verticalAccuracyM, speedMps, bearingDeg);
  }

  /** Vertical accuracy, one sigma, in metres. */
  public Fix withVerticalAccuracyM(double value) {
    return new Fix(latitudeDeg, longitudeDeg, altitudeM, accuracyM, value, speedMps, bearingDeg);
  }

  /** Speed over ground as the position sensor measured it (Doppler), metres a second. */
  public Fix withSpeedMps(double value) {
    return new Fix(
        latitudeDeg, longitudeDeg, altitudeM, accuracyM, verticalAccuracyM, value, bearingDeg);
  }

  /** Direction of movement, degrees clockwise from north. */
  public Fix withBearingDeg(double value) {
    return new Fix(
        latitudeDeg, longitudeDeg, altitudeM, accuracyM, verticalAccuracyM, speedMps, value);
  }

  public double latitudeDeg() {
    return latitudeDeg;
  }

  public double longitudeDeg() {
    return longitudeDeg;
  }

  public double altitudeM() {
    return altitudeM;
  }

  public double accuracyM() {
    return accuracyM;
  }

  public double verticalAccuracyM() {
    return verticalAccuracyM;
  }

  public double speedMps() {
    return speedMps;
  }

  public double bearingDeg() {
    return bearingDeg;
  }
}
