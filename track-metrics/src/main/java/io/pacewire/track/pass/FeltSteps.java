package io.pacewire.track.pass;

import io.pacewire.track.Figures;
import io.pacewire.track.SuspicionLimits;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.Optional;

/** What an accelerometer felt of a training that goes on foot, and whether it is enough for its way. */
final class FeltSteps {
  private static final double LEAST_WAY_M = 1_000;

  /** Of the stopwatch, through which the accelerometer is heard. */
  private static final double HEARD_SHARE = 0.9;

  /** Fewer steps than one in so many seconds are shakes. */
  private static final double SHAKE_S = 60;

  /** A phone may go in a pram that is pushed. */
  private static final double MOST_SURE = 0.9;

  /** Of a doubt, by each further kilometre. */
  private static final double KEPT_DOUBT = 0.9;

  private final Figures figures;

  FeltSteps(Figures figures) {
    this.figures = figures;
  }

  /** Whether steps would have been felt, all the way. */
  private boolean isHeard() {
    int heardS = figures.motion().accelerometerS();
    return heardS > 0 && heardS >= HEARD_SHARE * figures.timerS();
  }

  /** Known to have made no more steps than a shake now and then. */
  boolean areNone() {
    return isHeard() && figures.motion().steps() < figures.timerS() / SHAKE_S;
  }

  /** Metres a step against the longest; without any, as if there were one. */
  Optional<Suspicion> tooFew(SuspicionLimits limits) {
    double wayM = figures.distanceM() - figures.estimatedM();
    double longestM = limits.longestStepM();
    if (!isHeard() || wayM < LEAST_WAY_M) {
      return Optional.empty();
    }
    double stepM = wayM / Math.max(1, figures.motion().steps());
    if (stepM <= longestM) {
      return Optional.empty();
    }
    double far = StrictMath.pow(KEPT_DOUBT, wayM / LEAST_WAY_M - 1);
    double confidence = MOST_SURE * (1 - 0.5 * longestM / stepM * far);
    return Optional.of(new Suspicion(
        Reason.MOTION_WITHOUT_STEPS,
        confidence,
        stepM,
        longestM,
        figures.startAtEpochMs(),
        figures.lastAtEpochMs()));
  }
}
