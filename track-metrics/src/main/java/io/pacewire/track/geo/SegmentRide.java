package io.pacewire.track.geo;

import org.jspecify.annotations.Nullable;

/** One athlete who started on a segment: how far along, and whether still on it. */
final class SegmentRide {
  /** A spike of noise ends no effort; more points off the line in a row do. */
  private static final int MOST_OFF = 3;

  /** Who goes back farther than that, and than two tolerances, has given up. */
  private static final double FARTHEST_BACK_M = 50;

  /** Over a break no farther than that, or nobody knows where the athlete was. */
  private static final double LONGEST_BREAK_M = 200;

  /** A line between fixes is a short cut of the road. */
  private static final double ROAD_TO_CHORD = 3;

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
  private PathPoint latestOn;
  private double progressM;
  private double farthestM;
  private double sinceOnM;
  private int off;
  private double endGapM = Double.POSITIVE_INFINITY;
  private @Nullable PathPoint end;
  private State state = State.RIDING;

  SegmentRide(int ordinal, Segment segment, PathPoint start, double startGapM) {
    this.ordinal = ordinal;
    this.segment = segment;
    this.start = start;
    this.startGapM = startGapM;
    toleranceM = segment.toleranceM();
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
        ? new SegmentEffort(segment.id(), start, last, 1)
        : new SegmentEffort(segment.id(), start, latestOn, Math.min(0.999, share()));
  }

  private double share() {
    return farthestM / segment.lengthM();
  }

  void go(PathPoint from, PathPoint to, boolean drawn) {
    double legM = from.position().chordM(to.position());
    if (!drawn && legM > LONGEST_BREAK_M) {
      stop();
      return;
    }
    sinceOnM += Math.max(legM, to.distanceM() - from.distanceM());
    if (drawn && progressM + ROAD_TO_CHORD / 2 * sinceOnM + 2 * toleranceM >= segment.lengthM()) {
      arrive(from, to);
    }
    if (state == State.RIDING) {
      follow(to);
    }
  }

  /** The end was passed, or the track ended or left near it. */
  void stop() {
    boolean there = endGapM <= toleranceM && farthestM >= segment.lengthM() - 2 * toleranceM;
    state = there ? State.DONE : State.LOST;
  }

  private void arrive(PathPoint from, PathPoint to) {
    PathPoint passage = segment.end().passage(from, to, toleranceM);
    if (passage != null) {
      end = passage;
      state = State.DONE;
      return;
    }
    PathPoint nearest = segment.end().nearest(from, to);
    double gapM = nearest.position().chordM(segment.end().start());
    if (gapM < endGapM) {
      endGapM = gapM;
      end = nearest;
    }
  }

  private void follow(PathPoint to) {
    double alongM = segment
        .line()
        .fitM(
            to.position(),
            progressM - sinceOnM - toleranceM,
            progressM + ROAD_TO_CHORD * sinceOnM + 2 * toleranceM,
            progressM + sinceOnM,
            toleranceM);
    if (Double.isNaN(alongM)) {
      off++;
      if (off > MOST_OFF) {
        stop();
      }
      return;
    }
    if (alongM < farthestM - Math.max(FARTHEST_BACK_M, 2 * toleranceM)) {
      stop();
      return;
    }
    progressM = alongM;
    farthestM = Math.max(farthestM, alongM);
    latestOn = to;
    sinceOnM = 0;
    off = 0;
  }
}
