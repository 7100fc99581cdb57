package io.pacewire.activity;

/**
 * What was measured at one moment. NaN and -1 stand for "not measured".
 *
 * @param latitudeDeg with the longitude or not at all
 * @param accuracyM of the position, where the file states it in metres
 * @param heartRateBpm -1 where there is none (devices write 0 for a lost strap)
 * @param cadencePerMin cycles a minute, as all three formats count them: turns of the crank, or
 *     <em>strides</em> on foot, which are two steps each; halves are steps that are odd in number.
 *     NaN where there is none
 * @param powerW -1 where there is none
 * @param speedMps as the device showed it: of a wheel or foot sensor or of its receiver, which {@link
 *     ActivitySink#speedSensor} helps to tell apart
 * @param pressurePa of the air, as a barometer measured it
 * @param deviceDistanceM the device's own distance so far: for comparison, never an input
 */
public record ActivitySample(
    long atEpochMs,
    double latitudeDeg,
    double longitudeDeg,
    double altitudeM,
    double accuracyM,
    int heartRateBpm,
    double cadencePerMin,
    int powerW,
    double speedMps,
    double temperatureC,
    double pressurePa,
    double deviceDistanceM) {

  public ActivitySample {
    cadencePerMin = cadencePerMin >= 0 ? cadencePerMin : Double.NaN;
    if (Double.isNaN(latitudeDeg) != Double.isNaN(longitudeDeg)) {
      throw new IllegalArgumentException(
          "half a position: latitudeDeg " + latitudeDeg + ", longitudeDeg " + longitudeDeg);
    }
    if (latitudeDeg < -90 || latitudeDeg > 90) {
      throw new IllegalArgumentException("latitudeDeg out of range: " + latitudeDeg);
    }
    if (longitudeDeg < -180 || longitudeDeg > 180) {
      throw new IllegalArgumentException("longitudeDeg out of range: " + longitudeDeg);
    }
  }

  public boolean hasPosition() {
    return !Double.isNaN(latitudeDeg);
  }
}
