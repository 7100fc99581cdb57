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

  /** Any point at all. */
  public static TrackPoint any(
      long atMs,
      double latitudeDeg,
      double longitudeDeg,
      double distanceM,
      double timerS,
      int heartRateBpm,
      double accuracyM,
      int flags) {
    return new TrackPoint(
        0,
        atMs,
        latitudeDeg,
        longitudeDeg,
        latitudeDeg,
        longitudeDeg,
        distanceM,
        timerS,
        Double.NaN,
        Double.NaN,
        heartRateBpm,
        Double.NaN,
        accuracyM,
        flags);
  }

  public static Verdict verdict(
      Verdict.Reason reason, long atMs, double value, double latitudeDeg, double longitudeDeg) {
    return new Verdict(0, atMs, reason, 0.5, value, 1, latitudeDeg, longitudeDeg);
  }
}
