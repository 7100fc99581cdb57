package io.pacewire.training;

import io.pacewire.track.FoldSink;
import io.pacewire.track.Lap;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What grows with the length of a training, collected from a fold; bounded. */
final class CollectedTrack implements FoldSink {
  /** Four days at one fix a second; of what is longer, fewer are kept a minute. */
  private static final int MAX_POINTS = 350_000;

  private static final int MAX_VERDICTS = 10_000;
  private static final int MAX_LAPS = 10_000;

  private final KeptPoints points;
  private final int mostPoints;
  private final List<Split> splits = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Lap> laps = new ArrayList<>();
  private final SensorSeconds sensors;

  CollectedTrack() {
    this(MAX_POINTS, Integer.MAX_VALUE, new SensorSeconds());
  }

  private CollectedTrack(int roomFor, int mostPoints, SensorSeconds sensors) {
    points = new KeptPoints(roomFor);
    this.mostPoints = mostPoints;
    this.sensors = sensors;
  }

  /** Where the points go elsewhere, and what sensors said with them. */
  static CollectedTrack withoutPoints() {
    return first(0);
  }

  /** All of it, with fewer points a minute once it is longer than that. */
  static CollectedTrack roomFor(int points) {
    return new CollectedTrack(points, Integer.MAX_VALUE, new SensorSeconds());
  }

  /**
   * Every point up to a number: who joins writers asks at which times one has a point. What its sensors
   * said is not kept, of which there would be as much for every writer.
   */
  static CollectedTrack first(int points) {
    int most = Math.min(MAX_POINTS, points);
    return new CollectedTrack(most + 1, most, SensorSeconds.deaf());
  }

  @Override
  public void point(TrackPoint point) {
    if (points.points().size() < mostPoints) {
      points.add(point);
    }
  }

  @Override
  public void split(Split split) {
    splits.add(split);
  }

  /** The latest is always kept: its index says how many there were. */
  @Override
  public void verdict(Verdict verdict) {
    if (verdicts.size() == MAX_VERDICTS) {
      verdicts.remove(MAX_VERDICTS - 1);
    }
    verdicts.add(verdict);
  }

  @Override
  public void lap(Lap lap) {
    if (laps.size() < MAX_LAPS) {
      laps.add(lap);
    }
  }

  SensorSeconds sensors() {
    return sensors;
  }

  List<Lap> laps() {
    return laps;
  }

  List<TrackPoint> points() {
    return points.points();
  }

  /** So far apart in time points are at least, in milliseconds; 0 where none was left out. */
  long pointsApartMs() {
    return points.apartMs();
  }

  List<Split> splits() {
    return splits;
  }

  List<Verdict> verdicts() {
    return verdicts;
  }
}
