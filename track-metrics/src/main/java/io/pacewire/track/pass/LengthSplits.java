package io.pacewire.track.pass;

import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * A training in splits of a length other than a kilometre, whose ends are interpolated between
 * fixes. Their lengths sum to the distance exactly, in whole micrometres. Climbing is not told: it
 * is counted from valley to peak, which a later pass does not see.
 */
public final class LengthSplits {
  /** The international mile, by definition. */
  public static final double MILE_M = 1_609.344;

  private static final double UM_A_M = 1e6;
  private static final double SHORTEST_M = 10;

  /** As in the fold. */
  private static final double RATE_HOLDS_S = 30;

  private final long lengthUm;
  private final List<Split> splits = new ArrayList<>();
  private double startTimerS;
  private double beatS;
  private double beats;
  private double latestBpm;
  private double latestBpmTimerS = Double.NEGATIVE_INFINITY;

  private LengthSplits(long lengthUm) {
    this.lengthUm = lengthUm;
  }

  /**
   * The last one is partial, unless the training ends with a full one, and ends with the training: their
   * times sum to the stopwatch's.
   *
   * @param lengthM {@value #SHORTEST_M} at least
   * @param points of the whole training
   * @param timerS what the stopwatch shows at the end
   * @param endAtEpochMs of the training, milliseconds
   */
  public static List<Split> of(
      double lengthM, List<TrackPoint> points, double timerS, long endAtEpochMs) {
    if (!(lengthM >= SHORTEST_M)) {
      throw new IllegalArgumentException("lengthM: " + lengthM + ", must be 10 or more");
    }
    LengthSplits pass = new LengthSplits(Math.round(lengthM * UM_A_M));
    pass.over(points, timerS, endAtEpochMs);
    return pass.splits;
  }

  private void over(List<TrackPoint> points, double timerS, long endAtMs) {
    TrackPoint before = null;
    for (TrackPoint point : points) {
      if (before != null) {
        between(before, point);
      }
      if (point.heartRateBpm() > 0) {
        latestBpm = point.heartRateBpm();
        latestBpmTimerS = point.timerS();
      }
      before = point;
    }
    if (before != null) {
      long leftUm = um(before) - splits.size() * lengthUm;
      if (leftUm > 0) {
        add(leftUm, Math.max(timerS, before.timerS()), endAtMs, true);
      }
    }
  }

  private void between(TrackPoint before, TrackPoint point) {
    double fromTimerS = before.timerS();
    for (long next = (splits.size() + 1) * lengthUm; um(point) >= next; next += lengthUm) {
      double share = (double) (next - um(before)) / (um(point) - um(before));
      double timerS = before.timerS() + share * (point.timerS() - before.timerS());
      long ms = Math.round(share * (point.atEpochMs() - before.atEpochMs()));
      beat(fromTimerS, timerS);
      fromTimerS = timerS;
      add(lengthUm, timerS, before.atEpochMs() + ms, false);
    }
    beat(fromTimerS, point.timerS());
  }

  /** A rate holds until the next, by the stopwatch, and not for ever. */
  private void beat(double fromTimerS, double toTimerS) {
    double seconds = Math.min(toTimerS, latestBpmTimerS + RATE_HOLDS_S) - fromTimerS;
    if (seconds > 0) {
      beatS += seconds;
      beats += seconds * latestBpm;
    }
  }

  private void add(long um, double timerS, long atMs, boolean partial) {
    double bpm = beatS == 0 ? 0 : beats / beatS;
    double seconds = Math.max(0, timerS - startTimerS);
    splits.add(new Split(splits.size() + 1, um / UM_A_M, seconds, bpm, Double.NaN, atMs, partial));
    startTimerS = timerS;
    beatS = 0;
    beats = 0;
  }

  private static long um(TrackPoint point) {
    return Math.round(point.distanceM() * UM_A_M);
  }
}
