package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Distance in whole micrometres, so that a sum does not depend on what it is made of. It is the
 * length of chords that are longer than the filter's uncertainty, which keeps a receiver's trembling
 * out. The chord that is being walked counts as far as it got, and never shrinks.
 *
 * <p>What trembling is left makes chords too long: if the ends of a chord of length L err by s
 * against each other along each axis, its mean length is L + s^2 / (2 L), to second order, since an
 * error across it always lengthens it. So much is taken off. A receiver's error drifts ({@value
 * #ERROR_MEMORY_S} s: a common size for the correlation time of code ranging in the open, which
 * multipath and the receiver's own smoothing set), so over a chord of t seconds s^2 is
 * 2 sigma^2 (1 - exp(-t / memory)), of which the filter takes about a half. A receiver that states
 * more than its fixes tremble, from one to the next, has less taken off in proportion.
 *
 * <p>A recording with a fix every few seconds cuts corners. A circle's arc over a chord is longer than
 * it by t^2 / 24 of its length, t being the angle between this chord and the one before, to second
 * order; so much is put on.
 */
final class DistanceMeter {
  private static final double LEAST_CHORD_M = 0.8;

  /** In sigmas of the filtered position. */
  private static final double CHORD_SIGMAS = 4;

  /**
   * Who may be slower than so many times the sport's least moving speed, by a sigma, may be standing,
   * and drift. After a long interval a sigma says nothing.
   */
  private static final double SLOW = 1.5;

  private static final double UNCERTAIN_MPS = 0.3;

  private static final double SLOW_CHORD_SIGMAS = 12;

  private static final double ERROR_MEMORY_S = 20;

  /** With a fix a second nobody cuts a corner. */
  private static final double CORNERS_S = 2.5;

  /** Who turns more than that went round no circle. */
  private static final double SHARP_RAD = Math.PI / 2;

  private static final double UM_A_M = 1e6;

  /** Twice round the Earth and more; whoever claims to have gone further is not counted on. */
  private static final long LONGEST_UM = 100_000_000_000_000L;

  /** Who presses lap and then stop wants no lap between. */
  private static final long LEAST_LAP_UM = 1_000_000;

  private static final long LEAST_LAP_MS = 3_000;

  private static final long UM_A_SPLIT = 1_000_000_000L;

  private long distanceUm;
  /** Up to where the chord begins. */
  private long chordStartUm;

  private long chordStartAtMs;
  /** Of the chord before, from north; NaN where there is none. */
  private float courseRad = Float.NaN;

  private long estimatedUm;
  private double latitudeDeg;
  private double longitudeDeg;
  private long countedTimerMs;
  private long countedAtMs;
  private double splitStartTimerMs;
  private float splitStartAscentM;
  private long lapStartUm;
  private long lapStartTimerMs;
  private int lapIndex = 1;
  /** Of a lap mark since the way was last counted; it gets its share of what is counted next. */
  private long lapAtMs = StateBytes.NONE;

  /** Goes on from here without counting the way. */
  void anchor(double latitude, double longitude, long timerMs, long epochMs, FoldSink out) {
    settle(out);
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
    courseRad = Float.NaN;
    chord(latitude, longitude);
  }

  /** Stays where the chord begins: time goes by, no way. */
  void stand(long timerMs, long epochMs, FoldSink out) {
    settle(out);
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  /** The stopwatch goes on: laps count from here, not from before the pause. */
  void resume(long timerMs, long epochMs) {
    if (countedAtMs != 0) {
      countedTimerMs = timerMs;
      countedAtMs = epochMs;
    }
  }

  /** The stopwatch starts: what a receiver said before is on no lap and in no split. */
  void start(long timerMs, long epochMs) {
    resume(timerMs, epochMs);
    lapStartTimerMs = timerMs;
    splitStartTimerMs = timerMs;
  }

  private void chord(double latitude, double longitude) {
    latitudeDeg = latitude;
    longitudeDeg = longitude;
    chordStartUm = distanceUm;
    chordStartAtMs = countedAtMs;
  }

  /** The way from where it was last counted. */
  double wayM(double latitude, double longitude) {
    return Geodesy.distanceM(latitudeDeg, longitudeDeg, latitude, longitude);
  }

  /**
   * The athlete is now where the filter is.
   *
   * @param sigmaM of the receiver's fix, along one axis
   */
  void move(double sigmaM, long timerMs, long epochMs, FoldState state, FoldSink out) {
    PositionFilter filter = state.filter();
    double latitude = filter.latitudeDeg();
    double longitude = filter.longitudeDeg();
    double way = wayM(latitude, longitude);
    double drifted = sigmaM * sigmaM * drift((epochMs - chordStartAtMs) / 1e3);
    double stated = 4 * sigmaM * sigmaM * drift(state.usual().intervalS());
    double trembling = drifted * Math.min(1, filter.tremblingM2() / stated);
    double counted = way > 0 ? Math.max(0, way - trembling / (2 * way)) : 0;
    boolean cutsCorners = state.usual().intervalS() >= CORNERS_S;
    float course = cutsCorners ? course(latitude, longitude) : Float.NaN;
    double arc = counted * bend(course - courseRad);
    count(chordStartUm + Math.round((counted + arc) * UM_A_M), timerMs, epochMs, state, out);
    if (way >= leastChordM(state)) {
      courseRad = course;
      chord(latitude, longitude);
    }
  }

  private float course(double latitude, double longitude) {
    double east = Geodesy.wrapDeg(longitude - longitudeDeg)
        * StrictMath.cos(StrictMath.toRadians(latitudeDeg));
    return (float) StrictMath.atan2(east, latitude - latitudeDeg);
  }

  /** What an arc is longer than its chord, as a part of it. */
  private static double bend(float turnRad) {
    double turn = Math.abs(turnRad);
    turn = Math.min(turn, 2 * Math.PI - turn);
    return turn < SHARP_RAD ? turn * turn / 24 : 0; // NaN is no turn
  }

  /** The part of a receiver's error that is another one after so long. */
  private static double drift(double seconds) {
    return 1 - StrictMath.exp(-seconds / ERROR_MEMORY_S);
  }

  private static double leastChordM(FoldState state) {
    PositionFilter filter = state.filter();
    double uncertain = Math.min(filter.sigmaMps(), UNCERTAIN_MPS);
    boolean slow = filter.speedMps() - uncertain < SLOW * state.sport().movingMps();
    double sigmas = slow ? SLOW_CHORD_SIGMAS : CHORD_SIGMAS;
    return Math.max(LEAST_CHORD_M, sigmas * filter.sigmaM());
  }

  /** Counts a straight line across missing fixes. */
  void bridge(
      double latitude,
      double longitude,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    long before = distanceUm;
    long way = Math.round(wayM(latitude, longitude) * UM_A_M);
    count(chordStartUm + way, timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
    courseRad = Float.NaN;
    chord(latitude, longitude);
  }

  /** Goes on by what other sensors say while there are no fixes. */
  void walk(long um, long timerMs, long epochMs, FoldState state, FoldSink out) {
    if (countedAtMs == 0) {
      countedTimerMs = timerMs;
      countedAtMs = epochMs;
    }
    long before = distanceUm;
    count(before + um, timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
  }

  private void count(long reachedUm, long timerMs, long epochMs, FoldState state, FoldSink out) {
    long before = distanceUm;
    distanceUm = Math.min(LONGEST_UM, Math.max(before, reachedUm));
    if (lapAtMs != StateBytes.NONE) {
      double share = (double) (lapAtMs - countedAtMs) / (double) (epochMs - countedAtMs);
      lap(
          before + Math.round(Math.max(0, Math.min(1, share)) * (double) (distanceUm - before)),
          out);
    }
    for (long full = before / UM_A_SPLIT + 1; distanceUm >= full * UM_A_SPLIT; full++) {
      double share = (double) (full * UM_A_SPLIT - before) / (double) (distanceUm - before);
      double boundaryTimerMs =
          (double) countedTimerMs + share * (double) (timerMs - countedTimerMs);
      long boundaryAtMs = countedAtMs + Math.round(share * (double) (epochMs - countedAtMs));
      out.split(split((int) full, UM_A_SPLIT, boundaryTimerMs, boundaryAtMs, state, false));
      splitStartTimerMs = boundaryTimerMs;
      splitStartAscentM = (float) state.elevation().ascentM();
      state.heartRate().nextSplit();
    }
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  /** The begun kilometre. */
  Split current(long timerMs, long epochMs, FoldState state) {
    int index = (int) (distanceUm / UM_A_SPLIT) + 1;
    return split(index, distanceUm % UM_A_SPLIT, (double) timerMs, epochMs, state, true);
  }

  private Split split(
      int index, long lengthUm, double endTimerMs, long endAtMs, FoldState state, boolean partial) {
    return new Split(
        index,
        lengthUm / UM_A_M,
        Math.max(0, endTimerMs - splitStartTimerMs) / 1e3,
        state.heartRate().splitAverageBpm(),
        Math.max(0, state.elevation().ascentM() - splitStartAscentM),
        endAtMs,
        partial);
  }

  /**
   * A lap mark. Where fixes are seconds apart, its place lies between two of them, so it waits for
   * the next.
   *
   * @param runs whether the stopwatch does
   */
  void lap(boolean runs, long timerMs, long epochMs, FoldSink out) {
    settle(out);
    if (runs && countedAtMs != 0 && epochMs > countedAtMs) {
      lapAtMs = epochMs;
    } else {
      lap(distanceUm, timerMs, epochMs, out);
    }
  }

  /** The recording ends: what follows the last lap mark is a lap as well, where there are marks. */
  void endLap(long timerMs, long epochMs, FoldSink out) {
    boolean more =
        distanceUm - lapStartUm >= LEAST_LAP_UM || timerMs - lapStartTimerMs >= LEAST_LAP_MS;
    if (lapIndex > 1 && more) {
      lap(distanceUm, timerMs, epochMs, out);
    }
  }

  /** No way follows that a lap mark could get a share of. */
  void settle(FoldSink out) {
    if (lapAtMs != StateBytes.NONE) {
      lap(distanceUm, out);
    }
  }

  /** The same where one rested: neither way nor time follows. */
  void settleAtRest(FoldSink out) {
    if (lapAtMs != StateBytes.NONE) {
      long atMs = lapAtMs;
      lapAtMs = StateBytes.NONE;
      lap(distanceUm, countedTimerMs, atMs, out);
    }
  }

  /** The mark that waits; since then the stopwatch ran on. */
  private void lap(long endUm, FoldSink out) {
    long atMs = lapAtMs;
    lapAtMs = StateBytes.NONE;
    lap(endUm, countedTimerMs + atMs - countedAtMs, atMs, out);
  }

  private void lap(long endUm, long timerMs, long epochMs, FoldSink out) {
    out.lap(new Lap(
        lapIndex, (endUm - lapStartUm) / UM_A_M, (timerMs - lapStartTimerMs) / 1e3, epochMs));
    lapIndex = Math.min(StateBytes.HIGHEST_24, lapIndex + 1);
    lapStartUm = endUm;
    lapStartTimerMs = timerMs;
  }

  long distanceUm() {
    return distanceUm;
  }

  double distanceM() {
    return distanceUm / UM_A_M;
  }

  double estimatedM() {
    return estimatedUm / UM_A_M;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, distanceUm);
    StateBytes.put48(out, chordStartUm);
    StateBytes.put48(out, estimatedUm);
    out.putDouble(latitudeDeg).putDouble(longitudeDeg);
    StateBytes.put48(out, chordStartAtMs);
    out.putFloat(courseRad);
    StateBytes.put48(out, countedTimerMs);
    StateBytes.put48(out, countedAtMs);
    out.putDouble(splitStartTimerMs).putFloat(splitStartAscentM);
    StateBytes.put48(out, lapStartUm);
    StateBytes.put48(out, lapStartTimerMs);
    StateBytes.put48(out, lapAtMs);
    StateBytes.put24(out, lapIndex);
  }

  void read(ByteBuffer in) {
    distanceUm = StateBytes.get48(in);
    chordStartUm = StateBytes.get48(in);
    estimatedUm = StateBytes.get48(in);
    latitudeDeg = in.getDouble();
    longitudeDeg = in.getDouble();
    chordStartAtMs = StateBytes.get48(in);
    courseRad = in.getFloat();
    countedTimerMs = StateBytes.get48(in);
    countedAtMs = StateBytes.get48(in);
    splitStartTimerMs = in.getDouble();
    splitStartAscentM = in.getFloat();
    lapStartUm = StateBytes.get48(in);
    lapStartTimerMs = StateBytes.get48(in);
    lapAtMs = StateBytes.get48(in);
    lapIndex = StateBytes.get24(in);
  }
}
