package io.pacewire.track;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several writers recorded of one session, joined by event time: a phone and a watch that both
 * have a receiver, a hub that knows the heart rate. Pure: the writers in any order give the same.
 *
 * <p>The writer with most fixes that were used draws the line. Where it has none for more than
 * {@link TrackFold#GAP_S} s, before its first and after its last, the writer that has most there goes
 * on; what is longer than that between the two is not counted, what is shorter is straight and
 * estimated. Two receivers are never averaged: their errors differ by metres, and the line would
 * jump between them. Each other figure is that of the writer whose sensor said most.
 */
public final class Combination {
  private final WriterTrack line;
  private final WriterTrack heart;
  private final WriterTrack power;
  private final WriterTrack motion;
  private final List<TrackPoint> points = new ArrayList<>();
  private final List<WriterTrack> writers;
  private double distanceM;
  private double estimatedM;

  private Combination(List<WriterTrack> tracks) {
    writers = new ArrayList<>(tracks);
    writers.sort(Comparator.comparingInt(WriterTrack::writer));
    line = most(WriterTrack::usedFixes);
    heart = most(track -> track.figures().heartRateCount());
    power = most(track -> track.figures().power().measuredS());
    motion = most(track -> track.figures().motion().steps());
    join();
  }

  /**
   * Joins them.
   *
   * @throws IllegalArgumentException without any, or where two have the same number
   */
  public static Combination of(List<WriterTrack> tracks) {
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("no writer");
    }
    if (tracks.stream().mapToInt(WriterTrack::writer).distinct().count() < tracks.size()) {
      throw new IllegalArgumentException("a writer that is there twice");
    }
    return new Combination(tracks);
  }

  /** Of the lowest number where several are alike. */
  private WriterTrack most(ToDoubleFunction<WriterTrack> measure) {
    WriterTrack best = writers.get(0);
    for (WriterTrack track : writers) {
      if (measure.applyAsDouble(track) > measure.applyAsDouble(best)) {
        best = track;
      }
    }
    return best;
  }

  private void join() {
    long heardUntilMs = Long.MIN_VALUE;
    TrackPoint before = null;
    for (TrackPoint point : line.points()) {
      // By the stopwatch: in a pause nobody is missed.
      boolean silent = before == null || point.timerS() - before.timerS() > TrackFold.GAP_S;
      if (silent && fill(heardUntilMs, point.atEpochMs())) {
        connect(point);
      } else if (before != null) {
        go(point, point.distanceM() - before.distanceM(), point.flags());
      } else {
        go(point, point.distanceM(), point.flags());
      }
      before = point;
      heardUntilMs = point.atEpochMs();
    }
    append(longest(heardUntilMs, Long.MAX_VALUE));
  }

  /** False where no other writer has anything between two times. */
  private boolean fill(long afterMs, long untilMs) {
    List<TrackPoint> stretch = longest(afterMs, untilMs);
    append(stretch);
    return !stretch.isEmpty();
  }

  /** The stretch of the other writer that has most points between two times. */
  private List<TrackPoint> longest(long afterMs, long untilMs) {
    List<TrackPoint> best = List.of();
    for (WriterTrack track : writers) {
      List<TrackPoint> stretch = track == line ? List.of() : between(track, afterMs, untilMs);
      if (stretch.size() > best.size()) {
        best = stretch;
      }
    }
    return best;
  }

  private void append(List<TrackPoint> stretch) {
    TrackPoint before = null;
    for (TrackPoint point : stretch) {
      if (before == null) {
        connect(point);
      } else {
        go(point, point.distanceM() - before.distanceM(), point.flags());
      }
      before = point;
    }
  }

  private static List<TrackPoint> between(WriterTrack track, long afterMs, long untilMs) {
    List<TrackPoint> stretch = new ArrayList<>();
    for (TrackPoint point : track.points()) {
      if (point.atEpochMs() > afterMs && point.atEpochMs() < untilMs) {
        stretch.add(point);
      }
    }
    return stretch;
  }

  /** From one writer's line to another's. */
  private void connect(TrackPoint point) {
    if (points.isEmpty()) {
      go(point, 0, point.flags() | TrackPoint.BREAK);
      return;
    }
    TrackPoint last = points.get(points.size() - 1);
    boolean near = point.atEpochMs() - last.atEpochMs() <= TrackFold.GAP_S * 1_000L;
    double way = Geodesy.distanceM(
        last.latitudeDeg(), last.longitudeDeg(), point.latitudeDeg(), point.longitudeDeg());
    go(point, near ? way : 0, point.flags() | (near ? TrackPoint.ESTIMATED : TrackPoint.BREAK));
  }

  private void go(TrackPoint point, double metres, int flags) {
    distanceM += metres;
    if ((flags & TrackPoint.ESTIMATED) != 0) {
      estimatedM += metres;
    }
    points.add(point.joined(points.size(), distanceM, flags));
  }

  /** Metres on the ground, by all lines together. */
  public double distanceM() {
    return distanceM;
  }

  /** The part of the distance that goes straight across missing fixes. */
  public double estimatedM() {
    return estimatedM;
  }

  /** The stopwatch of the writer that draws the line, and what others recorded beyond its ends. */
  public double timerS() {
    Figures figures = line.figures();
    double beyondMs = 0;
    if (!points.isEmpty() && !line.points().isEmpty()) {
      long first = points.get(0).atEpochMs();
      long last = points.get(points.size() - 1).atEpochMs();
      beyondMs += Math.max(0, figures.startAtEpochMs() - first);
      beyondMs += Math.max(0, last - figures.lastAtEpochMs());
    }
    return figures.timerS() + beyondMs / 1e3;
  }

  /** By ascending time, with the distance of all lines together. */
  public List<TrackPoint> points() {
    return Collections.unmodifiableList(points);
  }

  /** Whose receiver draws the line; climbing, pace and moving time are its. */
  public WriterTrack line() {
    return line;
  }

  /** Whose heart rate counts. */
  public WriterTrack heartRate() {
    return heart;
  }

  /** Whose power counts. */
  public WriterTrack power() {
    return power;
  }

  /** Whose steps, cadence and speed sensor count. */
  public WriterTrack motion() {
    return motion;
  }
}
