package io.pacewire.activity;

/** Gathers the parts of a sample as a file brings them; used again for the next one. */
final class SampleBuilder {
  static final long UNDATED = Long.MIN_VALUE;
  private static final double MAX_COUNT = 65_535;

  long atEpochMs;
  double latitudeDeg;
  double longitudeDeg;
  double altitudeM;
  double accuracyM;
  double heartRateBpm;
  double cadencePerMin;
  double powerW;
  double speedMps;
  double temperatureC;
  double pressurePa;
  double deviceDistanceM;

  SampleBuilder() {
    clear();
  }

  void clear() {
    atEpochMs = UNDATED;
    latitudeDeg = Double.NaN;
    longitudeDeg = Double.NaN;
    altitudeM = Double.NaN;
    accuracyM = Double.NaN;
    heartRateBpm = Double.NaN;
    cadencePerMin = Double.NaN;
    powerW = Double.NaN;
    speedMps = Double.NaN;
    temperatureC = Double.NaN;
    pressurePa = Double.NaN;
    deviceDistanceM = Double.NaN;
  }

  boolean isDated() {
    return atEpochMs != UNDATED;
  }

  /** Half a position, or one that is not on the globe; a position that is not there is neither. */
  boolean isMisplaced() {
    boolean none = Double.isNaN(latitudeDeg) && Double.isNaN(longitudeDeg);
    return !none && !isPlaced();
  }

  private boolean isPlaced() {
    return Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
  }

  ActivitySample build() {
    boolean placed = isPlaced();
    int heartRate = count(heartRateBpm);
    return new ActivitySample(
        atEpochMs,
        placed ? latitudeDeg : Double.NaN,
        placed ? longitudeDeg : Double.NaN,
        altitudeM,
        accuracyM,
        heartRate == 0 ? -1 : heartRate,
        cadencePerMin >= 0 && cadencePerMin <= MAX_COUNT ? cadencePerMin : Double.NaN,
        count(powerW),
        speedMps,
        temperatureC,
        pressurePa,
        deviceDistanceM);
  }

  private static int count(double value) {
    return value >= 0 && value <= MAX_COUNT ? (int) Math.round(value) : -1;
  }
}
