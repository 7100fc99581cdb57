package io.pacewire.track;

/** Points as the fold makes them, for tests of what is done with them. */
public final class TrackPoints {
  private TrackPoints() {}

  public static TrackPoint at(
      int index, double latitudeDeg, double longitudeDeg, double distanceM, int flags) {
    return at(index, latitudeDeg, longitudeDeg, distanceM, 0, flags);
  }

  /** @param index the second, too */
  public static TrackPoint at(
      int index,
      double latitudeDeg,
      double longitudeDeg,
      double distanceM,
      int heartRateBpm,
      int flags) {
    return new TrackPoint(
        index,
        1_000L * index,
        latitudeDeg,
        longitudeDeg,
        distanceM,
        index,
        300,
        1_000 / 300.0,
        heartRateBpm,
        Double.NaN,
        Double.NaN,
        flags);
  }
}
