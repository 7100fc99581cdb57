package io.pacewire.track;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a line has no fixes for more than {@link TrackFold#GAP_S} s, or begins or ends early, and who
 * has. Of several the one
 * with most there goes first; where it does not fit, the next is asked, and what it leaves open is
 * offered to all.
 *
 * <p>A stretch is taken where it can be reached from the line, and the line from it, at the sport's
 * speed, and the way by it is not shorter than what the line alone counts across: one more correct
 * fix never takes way, a stray one is left out. Where the stretch closes the gap, with no more than
 * {@link TrackFold#GAP_S} s open at either end, it is taken though it be shorter: it was measured.
 * What the line took for a pause that nobody marked is taken back where the other one moved.
 */
final class GapFills {
  /** What a stretch may be shorter than the straight line by the filter's doing. */
  private static final double FILTERED_M = 1;

  /** Two devices need not begin and end in the same second. */
  private static final int OPEN_END_S = 5;

  /** Between two receivers at one place. */
  private static final double RECEIVERS_M = 20;

  /** As the fold has it for who rests: of the sport's least moving speed. */
  private static final double RESTING_SHARE = 0.25;

  /** Fixes of another writer, both ends included. */
  static final class Fill {
    private final int writer;
    private final long fromMs;
    private final long untilMs;

    Fill(int writer, long fromMs, long untilMs) {
      this.writer = writer;
      this.fromMs = fromMs;
      this.untilMs = untilMs;
    }

    int writer() {
      return writer;
    }

    long fromMs() {
      return fromMs;
    }

    boolean holds(long epochMs) {
      return epochMs >= fromMs && epochMs <= untilMs;
    }
  }

  private final List<Timeline> others = new ArrayList<>();
  private final SportProfile sport;
  private final List<Fill> fills = new ArrayList<>();

  private GapFills(Combination who) {
    sport = SportProfile.of(who.stopwatch().figures().sport());
    for (WriterTrack track : who.writers()) {
      if (track != who.line() && !track.points().isEmpty()) {
        others.add(new Timeline(track));
      }
    }
  }

  static List<Fill> of(Combination who) {
    GapFills found = new GapFills(who);
    if (!found.others.isEmpty()) {
      List<TrackPoint> line = who.line().points();
      boolean all =
          line.size() >= who.line().usedFixes(); // who keeps no more knows of no gap there
      long endMs = all ? who.endAtMs() : line.get(line.size() - 1).atEpochMs();
      found.gaps(null, line, null, who.startAtMs() - 1, endMs + 1);
      found.fills.sort(Comparator.comparingLong(Fill::fromMs).thenComparingInt(Fill::writer));
    }
    return Collections.unmodifiableList(found.fills);
  }

  /** Every gap before, between and after points; null where there is no line to go on with. */
  private void gaps(
      @Nullable TrackPoint before,
      List<TrackPoint> points,
      @Nullable TrackPoint after,
      long fromMs,
      long untilMs) {
    TrackPoint last = before;
    long lastMs = fromMs;
    for (TrackPoint point : points) {
      gap(last, point, lastMs, point.atEpochMs());
      last = point;
      lastMs = Math.max(lastMs, point.atEpochMs());
    }
    gap(last, after, lastMs, untilMs);
  }

  /** What is missing at an end of the line is bridged by nothing, so less of it is looked for. */
  private static boolean isOpenEnd(long afterMs, long beforeMs) {
    return beforeMs - afterMs > OPEN_END_S * 1_000L;
  }

  private static boolean isGap(long afterMs, long beforeMs) {
    return beforeMs - afterMs > TrackFold.GAP_S * 1_000L;
  }

  private void gap(
      @Nullable TrackPoint before, @Nullable TrackPoint after, long afterMs, long beforeMs) {
    boolean open = before == null || after == null;
    if (!isGap(afterMs, beforeMs) && !(open && isOpenEnd(afterMs, beforeMs))) {
      return;
    }
    List<Timeline> byCount = new ArrayList<>(others);
    byCount.sort(Comparator.<Timeline>comparingInt(other -> other.count(afterMs, beforeMs))
        .reversed()); // stable: of the lowest number where several are alike
    for (Timeline other : byCount) {
      List<TrackPoint> stretch = other.between(afterMs, beforeMs);
      if (!stretch.isEmpty() && fits(before, stretch, after)) {
        runs(other.writer, stretch);
        gaps(before, stretch, after, afterMs, beforeMs);
        return;
      }
    }
  }

  /** What of a stretch has no gap in it. */
  private void runs(int writer, List<TrackPoint> stretch) {
    long fromMs = stretch.get(0).atEpochMs();
    long untilMs = fromMs;
    for (TrackPoint point : stretch) {
      if (isGap(untilMs, point.atEpochMs())) {
        fills.add(new Fill(writer, fromMs, untilMs));
        fromMs = point.atEpochMs();
      }
      untilMs = Math.max(untilMs, point.atEpochMs());
    }
    fills.add(new Fill(writer, fromMs, untilMs));
  }

  private boolean fits(
      @Nullable TrackPoint before, List<TrackPoint> stretch, @Nullable TrackPoint after) {
    TrackPoint first = stretch.get(0);
    TrackPoint last = stretch.get(stretch.size() - 1);
    double along = last.distanceM() - first.distanceM();
    if (before == null || after == null) {
      return true; // nobody counted anything there
    }
    double seconds = (after.atEpochMs() - before.atEpochMs()) / 1e3;
    boolean paused = after.timerS() - before.timerS() < seconds - 1;
    Hop head = new Hop(before, first);
    Hop tail = new Hop(last, after);
    boolean rests = isResting(along, (last.atEpochMs() - first.atEpochMs()) / 1e3);
    if (paused && rests && head.mayRest() && tail.mayRest()) {
      return false;
    }
    double counted = after.distanceM() - before.distanceM();
    if (counted == 0) {
      return true;
    }
    if (!head.isPlausible() || !tail.isPlausible()) {
      return false;
    }
    boolean closed = head.isShort() && tail.isShort();
    return closed || head.countedM() + along + tail.countedM() >= counted - FILTERED_M;
  }

  private boolean isResting(double metres, double seconds) {
    return (metres - RECEIVERS_M) / Math.max(1, seconds) < RESTING_SHARE * sport.movingMps();
  }

  /** From one writer's line to another's. */
  private final class Hop {
    final double seconds;
    final double metres;

    Hop(TrackPoint from, TrackPoint to) {
      seconds = (to.atEpochMs() - from.atEpochMs()) / 1e3;
      metres = Geodesy.distanceM(
          from.latitudeDeg(), from.longitudeDeg(), to.latitudeDeg(), to.longitudeDeg());
    }

    boolean isShort() {
      return seconds <= TrackFold.GAP_S;
    }

    boolean isPlausible() {
      double room = isShort() ? RECEIVERS_M : 0;
      return metres <= sport.maxSpeedMps(seconds) * seconds + room;
    }

    /** Between two receivers that are heard one after the other nobody moves much. */
    boolean mayRest() {
      return isShort() || isResting(metres, seconds);
    }

    /** What the fold will count, at the least: who hardly moves in a long silence may rest. */
    double countedM() {
      return !isShort() && isResting(metres, seconds) ? 0 : metres;
    }
  }

  /** A writer's points by time that never falls. */
  private static final class Timeline {
    final int writer;
    private final List<TrackPoint> points;
    private final long[] reachedMs;

    Timeline(WriterTrack track) {
      writer = track.writer();
      points = track.points();
      reachedMs = new long[points.size()];
      long reached = Long.MIN_VALUE;
      for (int i = 0; i < reachedMs.length; i++) {
        reached = Math.max(reached, points.get(i).atEpochMs());
        reachedMs[i] = reached;
      }
    }

    int count(long afterMs, long beforeMs) {
      return Math.max(0, first(beforeMs) - first(afterMs + 1));
    }

    List<TrackPoint> between(long afterMs, long beforeMs) {
      int from = first(afterMs + 1);
      return points.subList(from, Math.max(from, first(beforeMs)));
    }

    /** The first that is not before a time. */
    private int first(long atMs) {
      int low = 0;
      int high = reachedMs.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (reachedMs[middle] < atMs) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
