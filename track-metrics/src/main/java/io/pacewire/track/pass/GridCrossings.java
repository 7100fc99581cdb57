package io.pacewire.track.pass;

import io.pacewire.track.TrackPoint;

/**
 * Where and when a track crosses the lines of a grid that lies over the Earth. Which points a track is
 * made of matters little to that: half of them, or the same line begun elsewhere, cross the same lines
 * at nearly the same places. Lines of latitude are {@value #GRID_DEG} degrees apart, 55.6 m, lines of
 * longitude as far within each degree of latitude. A line that is crossed several times in a row
 * counts once: who trembles on it goes nowhere. Of more than two lines between two points the first two
 * count: who jumps far crosses many, and goes nowhere either if he jumps back.
 */
final class GridCrossings {
  private static final double GRID_DEG = 5e-4;
  private static final double METRES_A_DEGREE = 111_195;

  /** Where along a line it is crossed is told in steps of so much. */
  private static final double PLACE_M = 4;

  private static final int MOST_LINES = 2;
  private static final int UNFOLLOWED = TrackPoint.BREAK | TrackPoint.ESTIMATED | TrackPoint.PAUSED;

  /** Takes crossings. */
  interface Sink {
    /**
     * @param line which of all lines
     * @param place along it, in steps
     */
    void cross(long line, long place, double atMs);

    /** What follows is not joined with what was before. */
    void interrupt();
  }

  private final Sink sink;
  private long latestLine = Long.MIN_VALUE;
  private TrackPoint from;
  private TrackPoint to;

  GridCrossings(Sink sink, TrackPoint first) {
    this.sink = sink;
    from = first;
    to = first;
  }

  void go(TrackPoint next) {
    from = to;
    to = next;
    double eastDeg = to.longitudeDeg() - from.longitudeDeg();
    boolean followed = (to.flags() & UNFOLLOWED) == 0
        && to.atEpochMs() > from.atEpochMs()
        && Math.abs(from.latitudeDeg()) < 90
        && Math.abs(to.latitudeDeg()) < 90
        && Math.abs(eastDeg) < 180;
    if (!followed) {
      latestLine = Long.MIN_VALUE;
      sink.interrupt();
      return;
    }
    double eastOfOneM = METRES_A_DEGREE * StrictMath.cos(StrictMath.toRadians(band()));
    walk(GRID_DEG, GRID_DEG * METRES_A_DEGREE / eastOfOneM, eastOfOneM);
  }

  /** The middle of the degree of latitude: the lines of longitude must be the same all over it. */
  private double band() {
    return Math.floor(from.latitudeDeg()) + 0.5;
  }

  /** By the nearest line of each kind, the nearer of the two first. */
  private void walk(double northDeg, double eastDeg, double eastOfOneM) {
    long row = cell(from.latitudeDeg(), northDeg);
    long column = cell(from.longitudeDeg(), eastDeg);
    long rows = cell(to.latitudeDeg(), northDeg) - row;
    long columns = cell(to.longitudeDeg(), eastDeg) - column;
    for (int i = 0; i < MOST_LINES && (rows != 0 || columns != 0); i++) {
      double toRow = share(from.latitudeDeg(), to.latitudeDeg(), line(row, rows), northDeg);
      double toColumn =
          share(from.longitudeDeg(), to.longitudeDeg(), line(column, columns), eastDeg);
      if (rows != 0 && (columns == 0 || toRow <= toColumn)) {
        double longitude = between(from.longitudeDeg(), to.longitudeDeg(), toRow);
        cross(2 * line(row, rows), longitude * eastOfOneM, toRow);
        row += Long.signum(rows);
        rows -= Long.signum(rows);
      } else {
        double latitude = between(from.latitudeDeg(), to.latitudeDeg(), toColumn);
        cross(2 * line(column, columns) + 1, latitude * METRES_A_DEGREE, toColumn);
        column += Long.signum(columns);
        columns -= Long.signum(columns);
      }
    }
  }

  private static long cell(double degrees, double size) {
    return (long) Math.floor(degrees / size);
  }

  /** The line on which one leaves a cell. */
  private static long line(long cell, long cells) {
    return cells > 0 ? cell + 1 : cell;
  }

  private static double share(double fromDeg, double toDeg, long line, double size) {
    return Math.max(0, Math.min(1, (line * size - fromDeg) / (toDeg - fromDeg)));
  }

  private static double between(double one, double other, double share) {
    return one + share * (other - one);
  }

  private void cross(long line, double alongM, double share) {
    if (line != latestLine) {
      double ms = to.atEpochMs() - from.atEpochMs();
      sink.cross(line, Math.round(alongM / PLACE_M), from.atEpochMs() + share * ms);
      latestLine = line;
    }
  }
}
