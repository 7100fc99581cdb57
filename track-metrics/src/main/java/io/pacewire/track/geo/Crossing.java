package io.pacewire.track.geo;

/**
 * When and where the straight way between two fixes met an edge, and how sure that is. The standard
 * uncertainty is made of two parts: the fixes' sigma over the speed towards the edge, and what the
 * athlete may have done between the fixes, where the speed is taken as steady: the position is
 * then off by up to a·Δt²·s(1-s)/2 for an acceleration a of 1 m/s², but the time never by more
 * than if every moment between the fixes were as likely (Δt/√12).
 */
final class Crossing {
  private static final double ACCELERATION_MPS2 = 1;

  /** Nobody who moves along an edge knows when it was crossed; keeps the figure finite. */
  private static final double LEAST_SPEED_MPS = 0.1;

  private final long atEpochMs;
  private final double uncertaintyMs;
  private final Position position;

  private Crossing(long atEpochMs, double uncertaintyMs, Position position) {
    this.atEpochMs = atEpochMs;
    this.uncertaintyMs = uncertaintyMs;
    this.position = position;
  }

  /** At a share of the way, which went towards the edge by so many metres in all. */
  static Crossing between(GeoFix from, GeoFix to, double share, double towardsM) {
    double intervalMs = to.atEpochMs() - from.atEpochMs();
    double seconds = intervalMs / 1_000;
    double speed = Math.max(LEAST_SPEED_MPS, Math.abs(towardsM) / seconds);
    double sigma = sigmaM(from, to, share);
    double unsteady = ACCELERATION_MPS2 * seconds * seconds * share * (1 - share) / 2 / speed;
    double between = Math.min(seconds / Math.sqrt(12), unsteady);
    double noise = sigma / speed;
    return new Crossing(
        from.atEpochMs() + Math.round(share * intervalMs),
        1_000 * Math.sqrt(noise * noise + between * between),
        from.position().towards(to.position(), share));
  }

  /**
   * The same, where it may as well have been at any moment of so long a time that begins or ends with it:
   * the error is span/√3 in the mean.
   */
  Crossing within(long spanMs) {
    return new Crossing(
        atEpochMs, Math.sqrt(uncertaintyMs * uncertaintyMs + spanMs * spanMs / 3.0), position);
  }

  /** Of a place between two fixes, whose errors are taken as independent. */
  static double sigmaM(GeoFix from, GeoFix to, double share) {
    double first = (1 - share) * from.sigmaM();
    double second = share * to.sigmaM();
    return Math.sqrt(first * first + second * second);
  }

  long atEpochMs() {
    return atEpochMs;
  }

  double uncertaintyMs() {
    return uncertaintyMs;
  }

  Position position() {
    return position;
  }
}
