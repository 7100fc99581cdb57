package io.pacewire.track;

/** Points as the fold makes them, for tests of what is done with them. */
public final class TrackPoints {
  private TrackPoints() {}

  public static TrackPoint at(
      int index, double latitudeDeg, double longitudeDeg, double distanceM, int flags) {
    return new TrackPoint(
        index,
        1_000L * index,
        latitudeDeg,
        longitudeDeg,
        distanceM,
        index,
        300,
        1_000 / 300.0,
        0,
        Double.NaN,
        flags);
  }
}
