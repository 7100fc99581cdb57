package io.pacewire.track.geo;

import io.pacewire.track.Geodesy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Fewer points for the same picture (Douglas and Peucker, Algorithms for the reduction of the number
 * of points required to represent a digitized line, 1973): no point left out is farther from the
 * drawn line than the tolerance. The first and last point of every stretch between breaks stay. A
 * stretch is done in runs of 1,024 points, whose ends stay too, so that no track takes time with the
 * square of its length. Lines are straight through the Earth, 2 cm deep on 1 km and 2 m on 10 km, so a
 * long straight road keeps some points more than it must, never fewer.
 */
public final class TrackSimplifier {
  /** Of one track. */
  public static final int MOST_POINTS = 1_000_000;
  /** Metres. */
  public static final double MOST_TOLERANCE_M = 100_000;
  /** Of web maps; one pixel is a centimetre there. */
  public static final int DEEPEST_ZOOM = 24;

  private static final int RUN = 1_024;
  private static final double TILE_PX = 256;

  /** Where web mercator ends. */
  private static final double MERCATOR_EDGE_DEG = 85.051129;

  private final List<PathPoint> points;
  private final double toleranceM;
  private final BitSet kept = new BitSet();

  private TrackSimplifier(List<PathPoint> points, double toleranceM) {
    this.points = points;
    this.toleranceM = toleranceM;
  }

  /** The indices to draw, ascending. Tolerance 0 to 100,000 m. */
  public static int[] keep(List<PathPoint> points, double toleranceM) {
    Ranges.within("points", points.size(), 0, MOST_POINTS);
    Ranges.within("toleranceM", toleranceM, 0, MOST_TOLERANCE_M);
    TrackSimplifier simplifier = new TrackSimplifier(points, toleranceM);
    simplifier.stretches();
    return simplifier.kept.stream().toArray();
  }

  /** Half a pixel of web mercator tiles of 256 pixels at the point farthest from the equator. */
  public static int[] keepForZoom(List<PathPoint> points, int zoom) {
    double latitude = 0;
    for (PathPoint point : points) {
      latitude = Math.max(latitude, Math.abs(point.position().latitudeDeg()));
    }
    return keep(points, pixelM(zoom, latitude) / 2);
  }

  /** What a pixel of web mercator tiles shows (EPSG:3857), metres; zoom 0 to 24. */
  public static double pixelM(int zoom, double latitudeDeg) {
    Ranges.within("zoom", zoom, 0, DEEPEST_ZOOM);
    Ranges.within("latitudeDeg", latitudeDeg, -90, 90);
    double latitude = StrictMath.toRadians(Math.min(MERCATOR_EDGE_DEG, Math.abs(latitudeDeg)));
    double tiles = 1L << zoom;
    return 2 * Math.PI * Geodesy.SEMI_MAJOR_M * StrictMath.cos(latitude) / TILE_PX / tiles;
  }

  private void stretches() {
    int first = 0;
    for (int i = 1; i <= points.size(); i++) {
      if (i == points.size() || points.get(i).afterBreak()) {
        runs(first, i - 1);
        first = i;
      }
    }
  }

  private void runs(int first, int last) {
    for (int from = first; from < last; from += RUN) {
      run(from, Math.min(last, from + RUN));
    }
    kept.set(first);
    kept.set(last);
  }

  /** Without recursion: a hostile track would be as deep as it is long. */
  private void run(int first, int last) {
    kept.set(first);
    kept.set(last);
    int[] open = new int[64];
    int depth = 0;
    open[depth++] = first;
    open[depth++] = last;
    while (depth > 0) {
      int to = open[--depth];
      int from = open[--depth];
      int farthest = farthest(from, to);
      if (farthest > 0) {
        kept.set(farthest);
        open = depth + 4 > open.length ? Arrays.copyOf(open, 2 * open.length) : open;
        open[depth++] = from;
        open[depth++] = farthest;
        open[depth++] = farthest;
        open[depth++] = to;
      }
    }
  }

  /** 0, which is never between two others, where all are near enough. */
  private int farthest(int from, int to) {
    Chord chord = new Chord(points.get(from).position(), points.get(to).position());
    double worst = toleranceM;
    int found = 0;
    for (int i = from + 1; i < to; i++) {
      double away = chord.distanceM(points.get(i).position());
      if (away > worst) {
        worst = away;
        found = i;
      }
    }
    return found;
  }
}
