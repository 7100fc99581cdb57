package io.pacewire.activity;

/**
 * What was measured at one moment. NaN and -1 stand for "not measured".
 *
 * @param heartRateBpm -1 where there is none, likewise {@code cadencePerMin} and {@code powerW}
 * @param cadencePerMin revolutions, or steps of both feet, a minute
 * @param speedMps of a wheel or foot sensor, or of the device
 * @param deviceDistanceM the device's own distance: for comparison, never an input
 */
public record ActivitySample(
    long atEpochMs,
    double latitudeDeg,
    double longitudeDeg,
    double altitudeM,
    double accuracyM,
    int heartRateBpm,
    int cadencePerMin,
    int powerW,
    double speedMps,
    double temperatureC,
    double deviceDistanceM) {

  public boolean hasPosition() {
    return !Double.isNaN(latitudeDeg) && !Double.isNaN(longitudeDeg);
  }
}
