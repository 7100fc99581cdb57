package io.pacewire.track.pass;

import io.pacewire.track.SuspicionLimits;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.Optional;

/**
 * Whether a training went faster for 5, 20 or 60 minutes than any athlete does. What was refused is
 * looked at as well: a fold that counts no metre of a drive must not hide it. A receiver that lost
 * itself makes one or two legs long, there and back, a vehicle all of them: where more than two legs of
 * a window were refused, the two longest are left out of its mean, and where no more were, the
 * distance that counts is all there is.
 */
final class VehicleSpeed {
  private static final int LOST_LEGS = 2;

  /** Of a doubt, by each further window that does not overlap those before. */
  private static final double KEPT_DOUBT = 0.8;

  private final Legs legs;
  private final int window;
  private final double limitMps;
  private double bestMps;
  private int bestFrom;
  private int bestTo;
  private int apart;

  private VehicleSpeed(Legs legs, int window, double limitMps) {
    this.legs = legs;
    this.window = window;
    this.limitMps = limitMps;
  }

  /** The surest of the three durations. */
  static Optional<Suspicion> of(SuspicionLimits limits, Legs legs) {
    Optional<Suspicion> surest = Optional.empty();
    for (int window = 0; window < SuspicionLimits.windows(); window++) {
      Optional<Suspicion> one =
          new VehicleSpeed(legs, window, limits.fastestMps(window)).suspicion();
      if (one.isPresent()
          && (surest.isEmpty() || one.get().confidence() > surest.get().confidence())) {
        surest = one;
      }
    }
    return surest;
  }

  private Optional<Suspicion> suspicion() {
    long windowMs = SuspicionLimits.windowS(window) * 1_000L;
    int from = 0;
    int free = 0;
    for (int to = 0; to < legs.size(); to++) {
      while (legs.section(from) != legs.section(to)
          || (from < to && legs.toMs(to) - legs.fromMs(from + 1) >= windowMs)) {
        from++;
      }
      if (legs.toMs(to) - legs.fromMs(from) >= windowMs) {
        double mps = meanMps(from, to);
        if (mps > limitMps && from >= free) {
          apart++;
          free = to + 1;
        }
        keepFaster(mps, from, to);
      }
    }
    return bestMps > limitMps ? Optional.of(told()) : Optional.empty();
  }

  private void keepFaster(double mps, int from, int to) {
    if (mps > bestMps) {
      bestMps = mps;
      bestFrom = from;
      bestTo = to;
    }
  }

  private double meanMps(int from, int to) {
    int refused = 0;
    int longest = -1;
    int second = -1;
    for (int leg = from; leg <= to; leg++) {
      refused += legs.refusedM(leg) > 0 ? 1 : 0;
      if (longest < 0 || legs.refusedM(leg) > legs.refusedM(longest)) {
        second = longest;
        longest = leg;
      } else if (second < 0 || legs.refusedM(leg) > legs.refusedM(second)) {
        second = leg;
      }
    }
    boolean all = refused > LOST_LEGS;
    double way = 0;
    double ms = 0;
    for (int leg = from; leg <= to; leg++) {
      if (!all || (leg != longest && leg != second)) {
        way += legs.countedM(leg) + (all ? legs.refusedM(leg) : 0);
        ms += legs.toMs(leg) - legs.fromMs(leg);
      }
    }
    return way / ms * 1e3;
  }

  /** Half at the limit; less doubt with the fourth power of speed, as the power that it takes. */
  private Suspicion told() {
    double slower = limitMps / bestMps;
    double doubt =
        0.5 * slower * slower * slower * slower * StrictMath.pow(KEPT_DOUBT, apart - 1.0);
    return new Suspicion(
        Reason.VEHICLE_SPEED,
        1 - doubt,
        bestMps,
        limitMps,
        legs.fromMs(bestFrom),
        legs.toMs(bestTo));
  }
}
