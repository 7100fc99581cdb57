package io.pacewire.training;

import io.pacewire.track.TrackPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of a fold, up to a number. Of a longer recording those at least so far apart in time that
 * there is room for all of it: its end, its breaks and its pauses are there, seconds in between are not. What is
 * kept follows from the points alone, whatever pages they come in.
 */
final class KeptPoints {
  /** Who breaks off more often than once in so long is kept by time alone. */
  private static final long MOST_APART_MS = 60_000;

  private final int most;
  private final List<TrackPoint> points = new ArrayList<>();
  private long apartMs;
  private boolean turns = true;
  /** Whether the newest is only kept as such. */
  private boolean loose;

  /** @param most of which a quarter is always free for what comes */
  KeptPoints(int most) {
    this.most = most;
  }

  void add(TrackPoint point) {
    while (points.size() >= most) {
      widen();
    }
    append(point);
  }

  List<TrackPoint> points() {
    return points;
  }

  /** 0 where all were kept. */
  long apartMs() {
    return apartMs;
  }

  private void append(TrackPoint point) {
    if (loose) {
      points.remove(points.size() - 1);
    }
    loose = !points.isEmpty() && !isWanted(points.get(points.size() - 1), point);
    points.add(point);
  }

  private boolean isWanted(TrackPoint before, TrackPoint point) {
    return apartMs == 0
        || Math.abs(point.atEpochMs() - before.atEpochMs()) >= apartMs // a clock may be set back
        || (turns && point.flags() != before.flags());
  }

  private void widen() {
    do {
      apartMs = apartMs == 0 ? PointsOfTrack.LEAST_APART_MS : 2 * apartMs;
      turns &= apartMs <= MOST_APART_MS;
      List<TrackPoint> all = List.copyOf(points);
      points.clear();
      loose = false;
      all.forEach(this::append);
    } while (points.size() > most - most / 4);
  }
}
