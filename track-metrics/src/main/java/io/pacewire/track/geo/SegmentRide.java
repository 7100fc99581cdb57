package io.pacewire.track.geo;

import org.jspecify.annotations.Nullable;

/**
 * One athlete who started on a segment: how far along, and whether still on it. Between two points the
 * athlete is taken to have gone straight, and that way, too, has to keep to the line.
 */
final class SegmentRide {
  /** A spike of noise ends no effort; more points off the line in a row do. */
  private static final int MOST_OFF = 3;

  /** Of the line, that nobody saw the athlete on: what three wild points of a cyclist hide. */
  private static final double MOST_SKIPPED_M = 100;

  private static final double MOST_SKIPPED_SHARE = 0.25;

  /** Who goes back farther than that, and than two tolerances, has given up. */
  private static final double FARTHEST_BACK_M = 50;

  /** Over a break no farther than that, or nobody knows where the athlete was. */
  private static final double LONGEST_BREAK_M = 200;

  /** As much longer than the way of who keeps to it within the tolerance a line may be. */
  private static final double LINE_TO_WAY = 1.25;

  enum State {
    RIDING,
    DONE,
    LOST
  }

  private final int ordinal;
  private final Segment segment;
  private final PathPoint start;
  private final double startGapM;
  private final double toleranceM;
  private final double lengthM;
  private PathPoint latestOn;
  private double wayM;
  private double progressM;
  private double farthestM;
  private double sinceOnM;
  private double skippedM;
  private int off;
  private boolean estimated;
  private double endGapM = Double.POSITIVE_INFINITY;
  private double endWayM;
  private @Nullable PathPoint end;
  private State state = State.RIDING;

  SegmentRide(int ordinal, Segment segment, PathPoint start, double startGapM) {
    this.ordinal = ordinal;
    this.segment = segment;
    this.start = start;
    this.startGapM = startGapM;
    toleranceM = segment.toleranceM();
    lengthM = segment.lengthM();
    latestOn = start;
  }

  int ordinal() {
    return ordinal;
  }

  PathPoint start() {
    return start;
  }

  State state() {
    return state;
  }

  /** Metres from the segment's start to where this began; 0 once the start was passed. */
  double startGapM() {
    return startGapM;
  }

  /** Still so close to the start that passing it again starts anew. */
  boolean isYoung() {
    return farthestM <= 2 * toleranceM;
  }

  SegmentEffort effort() {
    PathPoint last = end;
    return last != null && state == State.DONE
        ? new SegmentEffort(segment.id(), start, last, 1, estimated)
        : new SegmentEffort(segment.id(), start, latestOn, Math.min(0.999, share()), estimated);
  }

  private double share() {
    return Math.max(0, farthestM - skippedM) / lengthM;
  }

  void go(PathPoint from, PathPoint to, boolean drawn) {
    double legM = from.position().chordM(to.position());
    if (!drawn && legM > LONGEST_BREAK_M) {
      stop();
      return;
    }
    double goneM = Math.max(legM, to.distanceM() - from.distanceM());
    estimated |= to.isEstimated();
    int parts = drawn ? Math.max(1, (int) Math.ceil(legM / toleranceM)) : 1;
    PathPoint before = from;
    int taken = 1;
    int offParts = 0;
    for (int part = 1; part <= parts && state == State.RIDING; part += taken) {
      PathPoint next = part == parts ? to : from.towards(to, part / (double) parts);
      wayM += taken * goneM / parts;
      sinceOnM += taken * goneM / parts;
      if (drawn) {
        arrive(before, next);
      }
      if (state == State.RIDING) {
        follow(next);
      }
      before = next;
      offParts = sinceOnM > 0 ? offParts + taken : 0;
      // No line is shorter than the straight way: who has left it for that long joins it on the
      // next leg.
      boolean away = offParts * legM / parts > MOST_SKIPPED_M + 6 * toleranceM;
      taken = away ? Math.max(1, parts - part) : 1;
    }
    off = sinceOnM > 0 ? off + 1 : 0;
    if (state == State.RIDING && off > MOST_OFF) {
      stop();
    }
  }

  /** The end was passed, or the track ended or left near it. */
  void stop() {
    boolean there = endGapM <= toleranceM && farthestM >= lengthM - 2 * toleranceM;
    state = there && isWayEnough(endWayM) ? State.DONE : State.LOST;
  }

  /** Who circles within the tolerance of a small round is near all of it, and rides none of it. */
  private boolean isWayEnough(double toEndM) {
    return LINE_TO_WAY * toEndM + 2 * toleranceM >= lengthM;
  }

  private void arrive(PathPoint from, PathPoint to) {
    double leftM = lengthM - progressM;
    boolean here = leftM <= LINE_TO_WAY * sinceOnM + 2 * toleranceM && maySkip(leftM);
    if (!here) {
      return;
    }
    PathPoint passage = segment.end().passage(from, to, toleranceM);
    if (passage != null && isWayEnough(wayM)) {
      end = passage;
      state = State.DONE;
      return;
    }
    PathPoint nearest = segment.end().nearest(from, to);
    double gapM = nearest.position().chordM(segment.end().start());
    if (gapM < endGapM) {
      endGapM = gapM;
      endWayM = wayM;
      end = nearest;
    }
  }

  private void follow(PathPoint to) {
    double alongM = segment
        .line()
        .fitM(
            to.position(),
            progressM - sinceOnM - toleranceM,
            progressM + LINE_TO_WAY * sinceOnM + toleranceM,
            progressM + sinceOnM,
            toleranceM);
    if (Double.isNaN(alongM) || !maySkip(alongM - progressM)) {
      return;
    }
    if (alongM < farthestM - mostBackM()) {
      stop();
      return;
    }
    if (isSkip(alongM - progressM)) {
      skippedM += alongM - progressM;
    }
    progressM = alongM;
    farthestM = Math.max(farthestM, alongM);
    latestOn = to;
    sinceOnM = 0;
  }

  /** Farther along the line than from one place that was looked at to the next. */
  private boolean isSkip(double alongM) {
    return alongM > (LINE_TO_WAY + 1) * toleranceM;
  }

  private boolean maySkip(double alongM) {
    double once = Math.min(Math.max(MOST_SKIPPED_M, 4 * toleranceM), lengthM * MOST_SKIPPED_SHARE);
    boolean few = alongM <= once && skippedM + alongM <= lengthM * MOST_SKIPPED_SHARE;
    return few || !isSkip(alongM);
  }

  private double mostBackM() {
    return Math.max(2 * toleranceM, Math.min(FARTHEST_BACK_M, lengthM / 4));
  }
}
