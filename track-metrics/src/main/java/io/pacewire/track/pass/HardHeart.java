package io.pacewire.track.pass;

import io.pacewire.track.Geodesy;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.List;
import java.util.Optional;

/** A heart that works hard for five minutes in one place, where the sport takes one along. */
final class HardHeart {
  private static final long WINDOW_MS = 300_000;

  /** Of a window: fixes may be rare. */
  private static final long LEAST_WINDOW_MS = 240_000;

  private static final double STANDING_M = 20;

  /** Of the athlete's highest rate, where {@code HeartRateZones} has its third zone begin. */
  private static final double HARD_SHARE = 0.7;

  /** With an accelerometer that feels no step. */
  private static final double STILL_DOUBT = 0.2;

  private static final double DOUBT = 0.6;

  /** By each further window that does not overlap those before. */
  private static final double KEPT_DOUBT = 0.8;

  private final List<TrackPoint> points;
  private final double hardBpm;
  private long sumBpm;
  private int first;
  private int free;
  private int apart;
  private int from;
  private int to;
  private double meanBpm;

  private HardHeart(List<TrackPoint> points, int maxHeartRateBpm) {
    this.points = points;
    hardBpm = HARD_SHARE * maxHeartRateBpm;
  }

  /** @param still whether the athlete is known to have made no step */
  static Optional<Suspicion> of(List<TrackPoint> points, int maxHeartRateBpm, boolean still) {
    HardHeart heart = new HardHeart(points, maxHeartRateBpm);
    for (int i = 0; i < points.size(); i++) {
      heart.reach(i);
    }
    return heart.apart == 0 ? Optional.empty() : Optional.of(heart.told(still));
  }

  private void reach(int i) {
    TrackPoint point = points.get(i);
    if (i > 0 && point.atEpochMs() < points.get(i - 1).atEpochMs()) {
      first = i; // the clock was set back
      sumBpm = 0;
    }
    sumBpm += point.heartRateBpm();
    while (point.atEpochMs() - points.get(first).atEpochMs() > WINDOW_MS) {
      sumBpm -= points.get(first++).heartRateBpm();
    }
    double mean = (double) sumBpm / (i - first + 1);
    if (mean < hardBpm || first < free || !isOnePlace(points.get(first), point)) {
      return;
    }
    if (apart++ == 0) {
      from = first;
      to = i;
      meanBpm = mean;
    }
    free = i + 1;
  }

  private static boolean isOnePlace(TrackPoint from, TrackPoint to) {
    double counted = to.distanceM() - from.distanceM();
    double straight = Geodesy.distanceM(
        from.latitudeDeg(), from.longitudeDeg(), to.latitudeDeg(), to.longitudeDeg());
    return to.atEpochMs() - from.atEpochMs() >= LEAST_WINDOW_MS
        && counted < STANDING_M
        && !(straight >= STANDING_M); // NaN without a fix
  }

  private Suspicion told(boolean still) {
    double doubt = (still ? STILL_DOUBT : DOUBT) * StrictMath.pow(KEPT_DOUBT, apart - 1.0);
    return new Suspicion(
        Reason.HEART_RATE_WITHOUT_MOTION,
        1 - doubt,
        meanBpm,
        hardBpm,
        points.get(from).atEpochMs(),
        points.get(to).atEpochMs());
  }
}
