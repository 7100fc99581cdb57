package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the efforts of one track on the segments of an index. An effort starts where the track
 * passes the segment's start in its direction within the tolerance (or, joining beside it, where it
 * is nearest), keeps to the line within the tolerance, straight from point to point, but for at most
 * three points in a row and 100 m of the line at once (or 4 tolerances, and a quarter of it in all), goes
 * forward, and ends where it passes the end; a track that stops or turns off within the tolerance of
 * the end ends there. Passing the start again near it starts anew, so waiting at the start does not
 * count. Laps are efforts each. The wrong direction, a short cut, turning back by more than 50 m (and
 * two tolerances) give none. Points come in order of time. Not safe for use by several threads.
 */
public final class SegmentMatcher {
  /** Begun at one time; where there are more, further ones are not begun. */
  public static final int MOST_BEGUN = 1_000;

  /** Between points farther apart nobody knows the way. */
  public static final double LONGEST_LEG_M = 2_000;

  private static final int MOST_BEGUN_ON_ONE = 4;

  /** Starts that are looked at for one point; where there are more, the others are not seen. */
  private static final int MOST_STARTS = 4 * MOST_BEGUN;

  private final SegmentIndex index;
  private final double leastShare;
  private final Consumer<SegmentEffort> sink;
  private final List<SegmentRide> rides = new ArrayList<>();
  private final Map<Integer, List<SegmentRide>> ridesOf = new HashMap<>();
  private final Map<Integer, Long> doneAtMs = new HashMap<>();
  private @Nullable PathPoint before;

  /**
   * Says efforts as they end. Those given up half way are said too if they covered so much of the
   * segment, 0 to 1; 1 for complete ones alone.
   */
  public SegmentMatcher(SegmentIndex index, double leastShare, Consumer<SegmentEffort> sink) {
    this.index = index;
    this.leastShare = Ranges.within("leastShare", leastShare, 0, 1);
    this.sink = sink;
  }

  /** The complete efforts of a whole track, in order of their ends, then by id. */
  public static List<SegmentEffort> match(SegmentIndex index, List<PathPoint> track) {
    List<SegmentEffort> efforts = new ArrayList<>();
    SegmentMatcher matcher = new SegmentMatcher(index, 1, efforts::add);
    track.forEach(matcher::accept);
    matcher.end();
    efforts.sort(Comparator.comparingLong(SegmentEffort::endAtEpochMs)
        .thenComparing(SegmentEffort::segmentId));
    return efforts;
  }

  /** The next point of the track, in order of time. Efforts that end with it are said before this returns. */
  public void accept(PathPoint point) {
    PathPoint from = before == null ? point : before;
    boolean drawn =
        !point.afterBreak() && from.position().chordM(point.position()) <= LONGEST_LEG_M;
    doneAtMs.clear();
    for (SegmentRide ride : rides) {
      ride.go(from, point, drawn);
    }
    report();
    PathPoint since = drawn ? from : point;
    int[] looked = {0};
    index.startsAlong(since.position(), point.position(), item -> {
      start(item, since, point);
      return ++looked[0] < MOST_STARTS;
    });
    report();
    before = point;
  }

  /** The track is at its end; says what ends with it. */
  public void end() {
    for (SegmentRide ride : rides) {
      ride.stop();
    }
    report();
    before = null;
  }

  private void start(int ordinal, PathPoint from, PathPoint to) {
    Segment segment = index.segment(ordinal);
    SegmentRide young = young(ordinal);
    PathPoint passage = segment.start().passage(from, to, segment.toleranceM());
    if (passage != null) {
      begin(young, new SegmentRide(ordinal, segment, passage, 0), to);
      return;
    }
    PathPoint nearest = segment.start().nearest(from, to);
    double gapM = nearest.position().chordM(segment.start().start());
    if (gapM <= segment.toleranceM() && (young == null || gapM < young.startGapM())) {
      begin(young, new SegmentRide(ordinal, segment, nearest, gapM), to);
    }
  }

  private void begin(@Nullable SegmentRide instead, SegmentRide ride, PathPoint to) {
    Long doneMs = doneAtMs.get(ride.ordinal());
    if (doneMs != null && ride.start().atEpochMs() < doneMs) {
      return; // the way of the effort that ended on this leg
    }
    List<SegmentRide> begun = ridesOf.computeIfAbsent(ride.ordinal(), none -> new ArrayList<>());
    if (instead != null) {
      rides.remove(instead);
      begun.remove(instead);
    }
    if (begun.size() < MOST_BEGUN_ON_ONE && rides.size() < MOST_BEGUN) {
      ride.go(ride.start(), to, true);
      rides.add(ride);
      begun.add(ride);
    }
    if (begun.isEmpty()) {
      ridesOf.remove(ride.ordinal());
    }
  }

  private @Nullable SegmentRide young(int ordinal) {
    for (SegmentRide ride : ridesOf.getOrDefault(ordinal, List.of())) {
      if (ride.isYoung()) {
        return ride;
      }
    }
    return null;
  }

  /** Of several that end together on one segment, the latest is the one that was not begun anew. */
  private void report() {
    Set<Integer> done = new HashSet<>();
    for (int i = rides.size() - 1; i >= 0; i--) {
      SegmentRide ride = rides.get(i);
      boolean superseded = done.contains(ride.ordinal());
      if (superseded || ride.state() != SegmentRide.State.RIDING) {
        forget(i);
      }
      if (!superseded && ride.state() == SegmentRide.State.DONE) {
        done.add(ride.ordinal());
        SegmentEffort effort = ride.effort();
        doneAtMs.put(ride.ordinal(), effort.endAtEpochMs());
        sink.accept(effort);
      } else if (!superseded && ride.state() == SegmentRide.State.LOST) {
        partial(ride.effort());
      }
    }
  }

  private void forget(int place) {
    SegmentRide ride = rides.remove(place);
    List<SegmentRide> begun = ridesOf.getOrDefault(ride.ordinal(), List.of());
    begun.remove(ride);
    if (begun.isEmpty()) {
      ridesOf.remove(ride.ordinal());
    }
  }

  private void partial(SegmentEffort effort) {
    if (effort.share() >= leastShare) {
      sink.accept(effort);
    }
  }
}
