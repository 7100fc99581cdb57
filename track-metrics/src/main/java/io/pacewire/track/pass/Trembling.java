package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;
import java.util.Arrays;
import java.util.List;

/**
 * How much a line trembles: by its third differences, which are next to nothing on a straight, on an
 * even bend and where somebody gathers way, and {@code sqrt(20)} sigma on noise that knows nothing of
 * the second before.
 */
final class Trembling {
  private static final double NOISE = StrictMath.sqrt(20);

  /** Of a degree, on a sphere of the Earth's mean radius. */
  private static final double METRES_A_DEGREE = 111_195;

  /** Of the mean interval of three; differences say nothing where they are not alike. */
  private static final double ALIKE = 0.02;

  private static final int POINTS = 4;

  private Trembling() {}

  /**
   * Of each four points at even intervals.
   *
   * @param points with positions, by ascending time
   * @return metres, one sigma of an axis; in the order of the points
   */
  static double[] ofM(List<TrackPoint> points) {
    double[] all = new double[Math.max(0, points.size() - POINTS + 1)];
    int count = 0;
    for (int i = 0; i + POINTS <= points.size(); i++) {
      List<TrackPoint> four = points.subList(i, i + POINTS);
      if (isEven(four)) {
        all[count++] = lengthM(four) / (NOISE * StrictMath.sqrt(2));
      }
    }
    return Arrays.copyOf(all, count);
  }

  private static boolean isEven(List<TrackPoint> four) {
    double first = four.get(1).atEpochMs() - four.get(0).atEpochMs();
    double second = four.get(2).atEpochMs() - four.get(1).atEpochMs();
    double third = four.get(3).atEpochMs() - four.get(2).atEpochMs();
    double mean = (first + second + third) / 3;
    return Math.max(Math.abs(first - mean), Math.abs(third - mean)) <= ALIKE * mean
        && Math.abs(second - mean) <= ALIKE * mean;
  }

  private static double lengthM(List<TrackPoint> four) {
    double north = 0;
    double east = 0;
    int[] weights = {-1, 3, -3, 1};
    for (int i = 0; i < POINTS; i++) {
      north += weights[i] * four.get(i).latitudeDeg();
      east += weights[i]
          * Math.IEEEremainder(four.get(i).longitudeDeg() - four.get(0).longitudeDeg(), 360);
    }
    east *= StrictMath.cos(StrictMath.toRadians(four.get(0).latitudeDeg()));
    return METRES_A_DEGREE * StrictMath.sqrt(north * north + east * east);
  }
}
