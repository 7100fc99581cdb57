package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fastest stretch of each usual length. Distance is taken as linear in time between points, so
 * the fastest stretch of a length begins or ends at one of them: both are tried, which takes two
 * passes of linear time. A clock that was set back parts the training in two. What was measured is told
 * before what was bridged, however fast that was: nobody knows how one went through a gap. A twentieth of
 * the length may be bridged all the same: at the fastest that a gap is believed at it is worth a fiftieth of
 * the time, and a tunnel should not cost a personal best.
 */
public final class BestEfforts {
  private static final double MILE_M = 1_609.344;
  private static final double HALF_MARATHON_M = 21_097.5;
  private static final double MARATHON_M = 42_195;
  private static final double MOST_BRIDGED = 0.05;

  private static final double[] ON_FOOT_M = {
    400,
    MILE_M / 2,
    1_000,
    MILE_M,
    2 * MILE_M,
    5_000,
    10_000,
    15_000,
    10 * MILE_M,
    20_000,
    HALF_MARATHON_M,
    30_000,
    MARATHON_M,
    50_000,
    100_000
  };

  private static final double[] ON_WHEELS_M = {
    5_000, 10_000, 20_000, 30_000, 40_000, 50_000, 80_000, 100_000, 180_000
  };

  /** As races are swum, in pools and open water. */
  private static final double[] IN_WATER_M = {
    100, 200, 400, 800, 1_500, 3_000, 5_000, 10_000, 25_000
  };

  private final long[] atMs;
  private final double[] distanceM;
  private final double[] bridgedUpToM;

  private BestEfforts(List<TrackPoint> points) {
    int size = points.size();
    atMs = new long[size];
    distanceM = new double[size];
    bridgedUpToM = new double[size];
    double bridgedM = 0;
    for (int i = 0; i < size; i++) {
      TrackPoint point = points.get(i);
      atMs[i] = point.atEpochMs();
      distanceM[i] = point.distanceM();
      boolean bridged = i > 0 && (point.flags() & TrackPoint.ESTIMATED) != 0;
      bridgedM += bridged ? distanceM[i] - distanceM[i - 1] : 0;
      bridgedUpToM[i] = bridgedM;
    }
  }

  /**
   * Those of the lengths that a sport is measured by and the training is long enough for, shortest
   * first.
   *
   * @param sport by the wire's name
   * @param points of the whole training
   */
  public static List<BestEffort> of(String sport, List<TrackPoint> points) {
    return of(lengthsM(sport), points);
  }

  private static double[] lengthsM(String sport) {
    switch (sport) {
      case "ride":
      case "mtb":
        return ON_WHEELS_M;
      case "swim":
        return IN_WATER_M;
      default:
        return ON_FOOT_M;
    }
  }

  /** The same for any lengths, metres. */
  public static List<BestEffort> of(double[] lengthsM, List<TrackPoint> points) {
    BestEfforts efforts = new BestEfforts(points);
    List<BestEffort> found = new ArrayList<>();
    for (double lengthM : lengthsM) {
      BestEffort best = efforts.best(lengthM);
      if (best != null) {
        found.add(best);
      }
    }
    return found;
  }

  private @Nullable BestEffort best(double lengthM) {
    BestEffort best = null;
    int from = 0;
    for (int to = 1; to <= atMs.length; to++) {
      if (to == atMs.length || atMs[to] < atMs[to - 1]) {
        best = faster(best, best(lengthM, from, to));
        from = to;
      }
    }
    return best;
  }

  /** Within points whose times do not fall; {@code end} is the first beyond. */
  private @Nullable BestEffort best(double lengthM, int from, int end) {
    BestEffort best = null;
    int after = from;
    int before = from;
    for (int i = from; i < end; i++) {
      while (after < end && distanceM[after] - distanceM[i] < lengthM) {
        after++;
      }
      if (after < end) { // begins at i
        double until = timeAt(after, distanceM[i] + lengthM);
        best = faster(best, effort(lengthM, distanceM[i], (double) atMs[i], until, i, after));
      }
      while (before + 1 < i && distanceM[before + 1] <= distanceM[i] - lengthM) {
        before++;
      }
      if (distanceM[i] - distanceM[before] >= lengthM) { // ends at i
        double startM = distanceM[i] - lengthM;
        double since = timeAt(before + 1, startM);
        best = faster(best, effort(lengthM, startM, since, (double) atMs[i], before, i));
      }
    }
    return best;
  }

  private BestEffort effort(
      double lengthM, double fromM, double sinceMs, double untilMs, int first, int last) {
    boolean estimated = bridgedUpToM[last] - bridgedUpToM[first] > lengthM * MOST_BRIDGED;
    return new BestEffort(lengthM, (untilMs - sinceMs) / 1e3, fromM, sinceMs, estimated);
  }

  /** When a distance was reached that lies between a point and the one before it. */
  private double timeAt(int point, double metres) {
    double way = distanceM[point] - distanceM[point - 1];
    double share = way > 0 ? (metres - distanceM[point - 1]) / way : 1;
    return atMs[point - 1] + share * (atMs[point] - atMs[point - 1]);
  }

  private static @Nullable BestEffort faster(@Nullable BestEffort one, @Nullable BestEffort other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    if (one.isEstimated() != other.isEstimated()) {
      return one.isEstimated() ? other : one;
    }
    return other.elapsedS() < one.elapsedS() ? other : one;
  }
}
