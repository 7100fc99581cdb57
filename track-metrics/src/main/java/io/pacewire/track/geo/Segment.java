package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of road or path that athletes are timed on, from its first vertex to its last. Immutable.
 */
public final class Segment {
  /** As they are given, before long edges are divided. */
  public static final int MOST_VERTICES = 10_000;
  /** Metres; no receiver keeps closer to a road. */
  public static final double LEAST_TOLERANCE_M = 5;
  /** Metres; more, and the next road would do as well. */
  public static final double MOST_TOLERANCE_M = 100;
  /** Metres along the line. */
  public static final double LEAST_LENGTH_M = 50;
  /** Metres along the line. */
  public static final double MOST_LENGTH_M = 1_000_000;

  /** In tolerances; a shorter segment would be ridden by standing beside it. */
  public static final double LEAST_LENGTH_TOLERANCES = 4;

  /** In tolerances from its start; of a round that leads no farther nobody knows which way it was gone. */
  public static final double LEAST_REACH_TOLERANCES = 2;

  /** Longer edges are divided, so that each lies close to the ground and has a small box. */
  static final double LONGEST_EDGE_M = 200;

  /** The way at the ends is taken over so many metres; the last edge may be a centimetre. */
  private static final double END_M = 20;

  private final String id;
  private final double toleranceM;
  private final SegmentLine line;
  private final Chord start;
  private final Chord end;

  private Segment(String id, double toleranceM, SegmentLine line) {
    this.id = id;
    this.toleranceM = toleranceM;
    this.line = line;
    double endM = Math.min(END_M, line.lengthM() / 4);
    Position first = line.at(0);
    Position last = line.at(line.lengthM());
    start = new Chord(first, line.at(endM));
    end = new Chord(last, last.awayFrom(line.at(line.lengthM() - endM)));
  }

  /**
   * Tolerance 5 to 100 m: how far off the line a fix may be. 2 to 10,000 vertices; length at least
   * 50 m and 4 tolerances, at most 1,000 km, edges at most 100 km; some vertex at least 2 tolerances from
   * the start.
   */
  public static Segment of(String id, double toleranceM, List<Position> vertices) {
    Ranges.id("id", id);
    Ranges.within("toleranceM", toleranceM, LEAST_TOLERANCE_M, MOST_TOLERANCE_M);
    Ranges.within("vertices", vertices.size(), 2, MOST_VERTICES);
    SegmentLine line = SegmentLine.of(divided(vertices));
    double least = Math.max(LEAST_LENGTH_M, LEAST_LENGTH_TOLERANCES * toleranceM);
    Ranges.within("lengthM", line.lengthM(), least, MOST_LENGTH_M);
    Ranges.within(
        "distance of the farthest vertex from the start",
        line.reachM(),
        LEAST_REACH_TOLERANCES * toleranceM,
        MOST_LENGTH_M);
    return new Segment(id, toleranceM, line);
  }

  /** As it was given; for results to name it. */
  public String id() {
    return id;
  }

  /** How far off the line a fix may be, 5 to 100 m. */
  public double toleranceM() {
    return toleranceM;
  }

  /** Along its vertices, 50 m to 1,000 km. */
  public double lengthM() {
    return line.lengthM();
  }

  SegmentLine line() {
    return line;
  }

  /** Its start is the segment's first vertex, its direction the way from there. */
  Chord start() {
    return start;
  }

  /** Its start is the segment's last vertex, its direction the way to it, gone on. */
  Chord end() {
    return end;
  }

  private static List<Position> divided(List<Position> vertices) {
    List<Position> divided = new ArrayList<>(vertices.size());
    divided.add(vertices.get(0));
    double wholeM = 0;
    for (int i = 1; i < vertices.size(); i++) {
      Position from = vertices.get(i - 1);
      Position to = vertices.get(i);
      double lengthM = from.chordM(to);
      Ranges.within("length of an edge", lengthM, 0, MOST_LENGTH_M / 10);
      wholeM += lengthM;
      Ranges.within(
          "lengthM", wholeM, 0, MOST_LENGTH_M); // before it is cut into thousands of edges
      int parts = (int) Math.ceil(lengthM / LONGEST_EDGE_M);
      for (int part = 1; part <= parts; part++) {
        divided.add(from.towards(to, part / (double) parts));
      }
    }
    return divided;
  }
}
