package io.pacewire.track.pass;

import io.pacewire.track.Figures;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.track.pass.Suspicion.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what no honest training shows. Nothing follows from a suspicion here, least of all a
 * deletion: who reads it decides. Whether a track was recorded before is told by {@link TrackPrint}.
 */
public final class Suspicions {
  /**
   * Means over five minutes that nobody has kept up, by sport, m/s. World records: 2,000 m run 7.1
   * (4:43), 2 km race walk about 4.2, 1,500 m free style 1.7; hour record on a bicycle 15.8, on long
   * descents some 25; cross-country ski sprint 8.5.
   */
  private static final Map<String, Double> FASTEST_MPS = Map.of(
      "run", 7.2,
      "trail-run", 7.2,
      "walk", 4.5,
      "hike", 4.5,
      "ride", 27.0,
      "mtb", 22.0,
      "xc-ski", 12.0,
      "swim", 2.0);

  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike");
  private static final long WINDOW_MS = 300_000;

  /** A jump of less is a receiver that found itself again. */
  private static final double LEAST_JUMP_MPS = 100;

  private static final int LEAST_POINTS = 600;

  /** Receivers on a straight road tremble by a tenth of a metre at the least. */
  private static final double LEAST_TREMBLING_M = 0.02;

  private static final double LEAST_WAY_M = 1_000;

  /** Of the athlete's highest rate, where {@code HeartRateZones} has its third zone begin. */
  private static final double HARD_SHARE = 0.7;

  private static final double STANDING_M = 20;

  /** Of latitude, on a sphere of the Earth's mean radius. */
  private static final double METRES_A_DEGREE = 111_195;

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
    pass.speed();
    pass.jumps(verdicts);
    pass.accuracy();
    pass.heart();
    pass.steps();
    return pass.found;
  }

  private void speed() {
    Double limit = FASTEST_MPS.get(figures.sport());
    Window fastest = fastest();
    if (limit != null && fastest != null && fastest.mps() > limit) {
      double confidence = 1 - 0.5 * Math.pow(limit / fastest.mps(), 4);
      tell(Reason.VEHICLE_SPEED, confidence, fastest.mps(), limit, fastest);
    }
  }

  private void jumps(List<Verdict> verdicts) {
    int jumps = 0;
    long first = 0;
    long last = 0;
    for (Verdict verdict : verdicts) {
      if (verdict.reason() == Verdict.Reason.GAP_NOT_BRIDGED && verdict.value() > LEAST_JUMP_MPS) {
        first = jumps++ == 0 ? verdict.atEpochMs() : first;
        last = verdict.atEpochMs();
      }
    }
    if (jumps > 0) {
      double confidence = 1 - Math.pow(0.6, jumps);
      found.add(new Suspicion(Reason.TELEPORT, confidence, jumps, 0, first, last));
    }
  }

  private void accuracy() {
    double stated = Double.NaN;
    int alike = 0;
    double trembling = 0;
    for (int i = 2; i < points.size(); i++) {
      TrackPoint point = points.get(i);
      double accuracy = point.accuracyM();
      if (Double.isNaN(accuracy) || (alike > 0 && accuracy != stated)) {
        return;
      }
      stated = accuracy;
      alike++;
      trembling += Math.abs(point.latitudeDeg()
          - 2 * points.get(i - 1).latitudeDeg()
          + points.get(i - 2).latitudeDeg());
    }
    double meanM = trembling / Math.max(1, alike) * METRES_A_DEGREE;
    if (alike >= LEAST_POINTS && figures.distanceM() >= LEAST_WAY_M && meanM < LEAST_TREMBLING_M) {
      tell(Reason.CONSTANT_ACCURACY, 0.7, stated, 0, new Window(0, points.size() - 1));
    }
  }

  private void heart() {
    if (figures.sport().equals("indoor") || figures.sport().equals("other")) {
      return; // one works hard in one place there
    }
    double hard = HARD_SHARE * figures.parameters().maxHeartRateBpm();
    long sum = 0;
    int first = 0;
    for (int i = 0; i < points.size(); i++) {
      sum += points.get(i).heartRateBpm();
      while (points.get(i).atEpochMs() - points.get(first).atEpochMs() > WINDOW_MS) {
        sum -= points.get(first++).heartRateBpm();
      }
      double mean = (double) sum / (i - first + 1);
      boolean whole = first > 0 && i > first;
      double way = points.get(i).distanceM() - points.get(first).distanceM();
      if (whole && mean >= hard && way < STANDING_M) {
        double confidence = figures.motion().steps() == 0 ? 0.8 : 0.4;
        tell(Reason.HEART_RATE_WITHOUT_MOTION, confidence, mean, hard, new Window(first, i));
        return;
      }
    }
  }

  private void steps() {
    boolean felt = figures.motion().steps() == 0; // NaN without an accelerometer
    double goneM = figures.distanceM() - figures.estimatedM();
    if (ON_FOOT.contains(figures.sport()) && felt && goneM >= LEAST_WAY_M) {
      tell(Reason.MOTION_WITHOUT_STEPS, 0.9, goneM, LEAST_WAY_M, new Window(0, points.size() - 1));
    }
  }

  /** Points from one to another. */
  private final class Window {
    final int from;
    final int to;

    Window(int from, int to) {
      this.from = from;
      this.to = to;
    }

    double mps() {
      double ms = points.get(to).atEpochMs() - points.get(from).atEpochMs();
      return (points.get(to).distanceM() - points.get(from).distanceM()) / ms * 1e3;
    }
  }

  /** Of five minutes, or a little more where points are rare; null where there are none. */
  private @Nullable Window fastest() {
    Window best = null;
    int from = 0;
    for (int to = 0; to < points.size(); to++) {
      while (from + 1 < to
          && points.get(to).atEpochMs() - points.get(from + 1).atEpochMs() >= WINDOW_MS) {
        from++;
      }
      if (points.get(to).atEpochMs() - points.get(from).atEpochMs() >= WINDOW_MS) {
        Window window = new Window(from, to);
        best = best == null || window.mps() > best.mps() ? window : best;
      }
    }
    return best;
  }

  private void tell(Reason reason, double confidence, double value, double limit, Window window) {
    found.add(new Suspicion(
        reason,
        confidence,
        value,
        limit,
        points.get(window.from).atEpochMs(),
        points.get(window.to).atEpochMs()));
  }
}
