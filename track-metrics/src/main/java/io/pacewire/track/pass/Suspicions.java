package io.pacewire.track.pass;

import io.pacewire.track.Figures;
import io.pacewire.track.SuspicionLimits;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for what no honest training shows. Nothing follows from a suspicion here, least of all a
 * deletion: who reads it decides. Whether a track was recorded before is told by {@link TrackPrint}.
 */
public final class Suspicions {
  /** A jump of less is a receiver that found itself again. */
  private static final double LEAST_JUMP_MPS = 100;

  /** By each jump: receivers make up one now and then. */
  private static final double JUMP_DOUBT = 0.6;

  private static final int LEAST_POINTS = 600;

  /**
   * One sigma of an axis. Devices that smooth most leave twice as much; the steps of the wire are
   * 3 mm.
   */
  private static final double LEAST_TREMBLING_M = 0.008;

  /** Between two accuracies that are as good as one. */
  private static final double MOST_SPREAD_M = 0.1;

  /** Who draws a line for a receiver may have a reason, such as a course to follow. */
  private static final double SOME_DRAW = 0.9;

  private static final double LEAST_WAY_M = 1_000;

  private final Figures figures;
  private final List<TrackPoint> points;
  private final List<Suspicion> found = new ArrayList<>();

  private Suspicions(Figures figures, List<TrackPoint> points) {
    this.figures = figures;
    this.points = points;
  }

  /**
   * All of a training, one of a kind at most.
   *
   * @param points of the whole training
   * @param verdicts of the whole training
   */
  public static List<Suspicion> of(
      Figures figures, List<TrackPoint> points, List<Verdict> verdicts) {
    Suspicions pass = new Suspicions(figures, points);
    SuspicionLimits limits = SuspicionLimits.of(figures.sport());
    FeltSteps steps = new FeltSteps(figures);
    VehicleSpeed.of(limits, Legs.of(points, verdicts)).ifPresent(pass.found::add);
    pass.jumps(verdicts);
    pass.accuracy();
    if (!limits.isOnTheSpot()) {
      int highestBpm = figures.parameters().maxHeartRateBpm();
      HardHeart.of(points, highestBpm, steps.areNone()).ifPresent(pass.found::add);
    }
    steps.tooFew(limits).ifPresent(pass.found::add);
    return pass.found;
  }

  private void jumps(List<Verdict> verdicts) {
    int jumps = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Verdict verdict : verdicts) {
      boolean jump = verdict.reason() == Verdict.Reason.GAP_NOT_BRIDGED
          || (verdict.reason() == Verdict.Reason.TRACK_MOVED && verdict.value() > verdict.limit());
      if (jump && verdict.value() > LEAST_JUMP_MPS) {
        jumps++;
        first = Math.min(first, verdict.atEpochMs());
        last = Math.max(last, verdict.atEpochMs());
      }
    }
    if (jumps > 0) {
      double confidence = 1 - StrictMath.pow(JUMP_DOUBT, jumps);
      found.add(new Suspicion(Reason.TELEPORT, confidence, jumps, 0, first, last));
    }
  }

  /** But for one in twenty that says nothing, and on either side: who draws a line may draw some of that. */
  private static boolean isConstant(List<TrackPoint> fixes) {
    double[] statedM = fixes.stream()
        .mapToDouble(TrackPoint::accuracyM)
        .filter(accuracyM -> !Double.isNaN(accuracyM))
        .sorted()
        .toArray();
    int few = fixes.size() / 20;
    return statedM.length > 0
        && statedM.length >= fixes.size() - few
        && statedM[statedM.length - 1 - few] - statedM[few] <= MOST_SPREAD_M;
  }

  private void accuracy() {
    List<TrackPoint> fixes = new ArrayList<>();
    for (TrackPoint point : points) {
      if (!point.hasPosition()) {
        continue; // by steps, without a fix
      }
      fixes.add(point);
    }
    if (!isConstant(fixes)) {
      return;
    }
    double[] tremblingM = Trembling.ofM(fixes);
    if (tremblingM.length < LEAST_POINTS || figures.distanceM() < LEAST_WAY_M) {
      return;
    }
    Arrays.sort(tremblingM);
    double medianM = tremblingM[tremblingM.length / 2];
    if (medianM < LEAST_TREMBLING_M) {
      double confidence = SOME_DRAW * (1 - 0.5 * LEAST_POINTS / tremblingM.length);
      found.add(new Suspicion(
          Reason.CONSTANT_ACCURACY,
          confidence,
          medianM,
          LEAST_TREMBLING_M,
          points.get(0).atEpochMs(),
          points.get(points.size() - 1).atEpochMs()));
    }
  }
}
