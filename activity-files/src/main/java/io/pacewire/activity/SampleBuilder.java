package io.pacewire.activity;

/** Gathers the parts of a sample as a file brings them. */
final class SampleBuilder {
  long atEpochMs = Long.MIN_VALUE;
  double latitudeDeg = Double.NaN;
  double longitudeDeg = Double.NaN;
  double altitudeM = Double.NaN;
  double accuracyM = Double.NaN;
  int heartRateBpm = -1;
  int cadencePerMin = -1;
  int powerW = -1;
  double speedMps = Double.NaN;
  double temperatureC = Double.NaN;
  double deviceDistanceM = Double.NaN;

  boolean hasTime() {
    return atEpochMs != Long.MIN_VALUE;
  }

  ActivitySample build() {
    boolean onTheGlobe = Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
    return new ActivitySample(
        atEpochMs,
        onTheGlobe ? latitudeDeg : Double.NaN,
        onTheGlobe ? longitudeDeg : Double.NaN,
        altitudeM,
        accuracyM,
        heartRateBpm,
        cadencePerMin,
        powerW,
        speedMps,
        temperatureC,
        deviceDistanceM);
  }
}
