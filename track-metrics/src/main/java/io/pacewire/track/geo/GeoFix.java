package io.pacewire.track.geo;

/**
 * A fix as fences and gates take it: epoch milliseconds, a place on WGS 84, and how exact it is in
 * metres. Immutable.
 */
public final class GeoFix {
  private static final double WORST_SIGMA_M = 100_000;

  private final long atEpochMs;
  private final Position position;
  private final double sigmaM;

  private GeoFix(long atEpochMs, Position position, double sigmaM) {
    this.atEpochMs = atEpochMs;
    this.position = position;
    this.sigmaM = sigmaM;
  }

  /** The sigma is that of one axis, 0 to 100,000 m; 0 for a position that is taken as exact. */
  public static GeoFix of(long atEpochMs, double latitudeDeg, double longitudeDeg, double sigmaM) {
    return new GeoFix(
        atEpochMs,
        Position.of(latitudeDeg, longitudeDeg),
        Ranges.within("sigmaM", sigmaM, 0, WORST_SIGMA_M));
  }

  /** Milliseconds since 1970. */
  public long atEpochMs() {
    return atEpochMs;
  }

  /** As the receiver or the filter has it. */
  public Position position() {
    return position;
  }

  /** Standard deviation along one axis, 0 to 100,000 m. */
  public double sigmaM() {
    return sigmaM;
  }
}
