package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Distance in whole micrometres, so that a sum does not depend on what it is made of. It is the
 * length of the chords of a {@link Sleeve} that is as wide as the receiver's error drifts, and of what
 * bends are longer than them. The chord that is being walked counts as far as it got, and never shrinks.
 *
 * <p>What error is left makes chords too long: if the ends of a chord of length L err by s
 * against each other along each axis, its mean length is L + s^2 / (2 L), to second order, since an
 * error across it always lengthens it. So much is taken off. A receiver's error drifts ({@link
 * FixJitter}), so over a chord of t seconds s^2 is 2 sigma^2 (1 - exp(-t / memory)).
 *
 * <p>A recording with a fix every few seconds has chords without a middle and cuts corners. A circle's arc
 * over a chord is longer than it by t^2 / 24 of its length, t being the angle between this chord and the
 * one before, to second order; so much is put on.
 */
final class DistanceMeter {
  /** Of a sleeve, in sigmas of the drifting error: narrower makes bends of it, wider cuts them. */
  private static final double WIDTH_SIGMAS = 1.25;

  private static final double LEAST_WIDTH_M = 0.15;

  /**
   * Who may be slower than so many times the sport's least moving speed, by a sigma, may be standing,
   * and drift. After a long interval a sigma says nothing.
   */
  private static final double SLOW = 2;

  private static final double UNCERTAIN_MPS = 0.3;

  /** Of the shortest chord of who may be standing, in sigmas of the drifting error. */
  private static final double SLOW_CHORD_SIGMAS = 6;

  private static final double LEAST_CHORD_M = 0.8;

  /** A fix that is further off is followed less, as the filter does. */
  private static final double FULLY_FOLLOWED_SURPRISE = 4;

  /** With a fix a second nobody cuts a corner. */
  private static final double CORNERS_S = 2.5;

  /** Who turns more than that went round no circle. */
  private static final double SHARP_RAD = Math.PI / 2;

  private static final double COURSE_A_RAD = 1e4;
  private static final short NO_COURSE = Short.MIN_VALUE;
  private static final double UM_A_M = 1e6;

  /** The stopwatch at the start of a split, which lies between two fixes, is kept to so much. */
  private static final double SPLIT_A_MS = 64;

  /** Twice round the Earth and more; whoever claims to have gone further is not counted on. */
  private static final long LONGEST_UM = 100_000_000_000_000L;

  /** Who presses lap and then stop wants no lap between. */
  private static final long LEAST_LAP_UM = 1_000_000;

  private static final long LEAST_LAP_MS = 3_000;

  private static final long UM_A_SPLIT = 1_000_000_000L;

  private long distanceUm;
  /** Up to where the chord begins. */
  private long chordStartUm;

  /** Since the chord began, and until its furthest place; no longer than three bytes hold. */
  private int sinceMs;

  private int chordMs;

  /** Of the chord before, from north, in 10,000ths of a radian. */
  private short course = NO_COURSE;

  private long estimatedUm;
  private final FixJitter jitter = new FixJitter();
  private final Sleeve sleeve = new Sleeve();
  /** Where the chord begins. */
  private int fromLatitudeE7;

  private int fromLongitudeE7;
  /** Furthest along it. */
  private int toLatitudeE7;

  private int toLongitudeE7;
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
    course = NO_COURSE;
    jitter.interrupt();
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

  /** A chord begins here; all that was counted is certain. */
  private void chord(double latitude, double longitude) {
    toLatitudeE7 = e7(latitude);
    toLongitudeE7 = e7(longitude);
    chordMs = 0;
    sinceMs = 0;
    goOn(distanceUm);
  }

  /** The next chord begins where this one ends. */
  private void goOn(long startUm) {
    fromLatitudeE7 = toLatitudeE7;
    fromLongitudeE7 = toLongitudeE7;
    sinceMs -= chordMs;
    chordMs = 0;
    chordStartUm = startUm;
    sleeve.begin();
  }

  private static int e7(double degrees) {
    return (int) Math.round(degrees * Fix.E7);
  }

  /** The way from the furthest place of the chord. */
  double wayM(double latitude, double longitude) {
    return Geodesy.distanceM(toLatitudeE7 / Fix.E7, toLongitudeE7 / Fix.E7, latitude, longitude);
  }

  /** The receiver has another fix, which the filter knows. */
  void move(Fix fix, double seconds, long timerMs, FoldState state, FoldSink out) {
    PositionFilter filter = state.filter();
    double stated = FixJitter.statedM2(fix.sigmaM, state.usual().intervalS());
    double fixEast = filter.eastOf(fix.longitudeDeg);
    double fixNorth = filter.northOf(fix.latitudeDeg);
    jitter.went(
        fixEast - filter.eastOf(state.fixes.acceptedLongitudeDeg()),
        fixNorth - filter.northOf(state.fixes.acceptedLatitudeDeg()),
        seconds,
        fix.sigmaM,
        stated);
    double followed = jitter.followed(stated)
        * Math.min(1, FULLY_FOLLOWED_SURPRISE / Math.max(1e-9, fix.surprise));
    reach(
        filter.eastM() + followed * (fixEast - filter.eastM()),
        filter.northM() + followed * (fixNorth - filter.northM()),
        jitter.driftM2(fix.sigmaM, stated),
        timerMs,
        fix.atMs,
        state,
        out);
  }

  /** The athlete is now at a place in the filter's plane. */
  private void reach(
      double eastM,
      double northM,
      double driftM2,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    PositionFilter filter = state.filter();
    long passedMs = Math.max(0, epochMs - countedAtMs);
    sinceMs = (int) Math.min(StateBytes.HIGHEST_24, sinceMs + passedMs);
    double width = Math.max(LEAST_WIDTH_M, WIDTH_SIGMAS * Math.sqrt(driftM2));
    double east = eastM - filter.eastOf(fromLongitudeE7 / Fix.E7);
    double north = northM - filter.northOf(fromLatitudeE7 / Fix.E7);
    double toEast = filter.eastOf(toLongitudeE7 / Fix.E7) - eastM + east;
    double toNorth = filter.northOf(toLatitudeE7 / Fix.E7) - northM + north;
    boolean sways = false;
    if (!sleeve.holds(east, north, toEast, toNorth, width)) {
      double chordM = Math.sqrt(toEast * toEast + toNorth * toNorth);
      if (chordM >= leastChordM(driftM2, state)) {
        boolean cutsCorners = state.usual().intervalS() >= CORNERS_S && !sleeve.hasMiddle();
        short now = cutsCorners
            ? (short) Math.round(StrictMath.atan2(toEast, toNorth) * COURSE_A_RAD)
            : NO_COURSE;
        double arc = chordM * bend(now, course);
        course = now;
        goOn(chordStartUm + um(chordM(toEast, toNorth, driftM2) + arc));
        east -= toEast;
        north -= toNorth;
        toEast = 0;
        toNorth = 0;
      } else {
        sleeve.begin();
        sways = true; // who may stand
      }
    }
    double latitude = filter.latitudeDeg(northM);
    double longitude = filter.longitudeDeg(eastM);
    double beyond = 0;
    if (sleeve.add(east, north, toEast, toNorth, width)) {
      toLatitudeE7 = e7(latitude);
      toLongitudeE7 = e7(longitude);
      chordMs = sinceMs;
      toEast = east;
      toNorth = north;
    } else if (!sways) {
      beyond = wayM(latitude, longitude);
    }
    count(
        chordStartUm + um(chordM(toEast, toNorth, driftM2) + beyond), timerMs, epochMs, state, out);
  }

  private static long um(double metres) {
    return Math.round(metres * UM_A_M);
  }

  /** The chord as it is, without what errors add to it, and with its bend. */
  private double chordM(double toEast, double toNorth, double driftM2) {
    double seconds = chordMs / 1e3;
    double way = Geodesy.distanceM(
        fromLatitudeE7 / Fix.E7,
        fromLongitudeE7 / Fix.E7,
        toLatitudeE7 / Fix.E7,
        toLongitudeE7 / Fix.E7);
    if (way == 0) {
      return 0;
    }
    double added = driftM2 * FixJitter.moved(seconds) / way;
    return Math.max(0, way - added + sleeve.bendM(toEast, toNorth, driftM2, seconds));
  }

  /** What an arc is longer than its chord, as a part of it. */
  private static double bend(short course, short before) {
    if (course == NO_COURSE || before == NO_COURSE) {
      return 0;
    }
    double turn = Math.abs(course - before) / COURSE_A_RAD;
    turn = Math.min(turn, 2 * Math.PI - turn);
    return turn < SHARP_RAD ? turn * turn / 24 : 0;
  }

  private static double leastChordM(double driftM2, FoldState state) {
    PositionFilter filter = state.filter();
    double uncertain = Math.min(filter.sigmaMps(), UNCERTAIN_MPS);
    boolean slow = filter.speedMps() - uncertain < SLOW * state.sport().movingMps();
    return slow ? Math.max(LEAST_CHORD_M, SLOW_CHORD_SIGMAS * Math.sqrt(driftM2)) : 0;
  }

  /**
   * Counts a straight line across missing fixes.
   *
   * @param doubted whether there were fixes that were not believed: where the line then comes back the
   *     way the chord went, its furthest place was the receiver's doing, and the way back is none
   */
  void bridge(
      double latitude,
      double longitude,
      boolean doubted,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    long before = distanceUm;
    double fromLatitude = fromLatitudeE7 / Fix.E7;
    double fromLongitude = fromLongitudeE7 / Fix.E7;
    double chord = Geodesy.distanceM(
        fromLatitude, fromLongitude, toLatitudeE7 / Fix.E7, toLongitudeE7 / Fix.E7);
    double direct = Geodesy.distanceM(fromLatitude, fromLongitude, latitude, longitude);
    double beyond = wayM(latitude, longitude);
    // The law of cosines: less than 60 degrees between the way there and the way back.
    boolean back = doubted && chord * chord + beyond * beyond - direct * direct > chord * beyond;
    double way = back ? direct : chord + beyond;
    count(chordStartUm + um(way), timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
    course = NO_COURSE;
    jitter.interrupt();
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
      splitStartTimerMs = Math.round(boundaryTimerMs * SPLIT_A_MS) / SPLIT_A_MS;
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
    out.putInt(fromLatitudeE7).putInt(fromLongitudeE7);
    out.putInt(toLatitudeE7).putInt(toLongitudeE7);
    StateBytes.put24(out, sinceMs);
    StateBytes.put24(out, chordMs);
    jitter.write(out);
    sleeve.write(out);
    out.putShort(course);
    StateBytes.put48(out, countedTimerMs);
    StateBytes.put48(out, countedAtMs);
    StateBytes.put48(out, Math.round(splitStartTimerMs * SPLIT_A_MS));
    out.putFloat(splitStartAscentM);
    StateBytes.put48(out, lapStartUm);
    StateBytes.put48(out, lapStartTimerMs);
    StateBytes.put48(out, lapAtMs);
    StateBytes.put24(out, lapIndex);
  }

  void read(ByteBuffer in) {
    distanceUm = StateBytes.get48(in);
    chordStartUm = StateBytes.get48(in);
    estimatedUm = StateBytes.get48(in);
    fromLatitudeE7 = in.getInt();
    fromLongitudeE7 = in.getInt();
    toLatitudeE7 = in.getInt();
    toLongitudeE7 = in.getInt();
    sinceMs = StateBytes.get24(in);
    chordMs = StateBytes.get24(in);
    jitter.read(in);
    sleeve.read(in);
    course = in.getShort();
    countedTimerMs = StateBytes.get48(in);
    countedAtMs = StateBytes.get48(in);
    splitStartTimerMs = StateBytes.get48(in) / SPLIT_A_MS;
    splitStartAscentM = in.getFloat();
    lapStartUm = StateBytes.get48(in);
    lapStartTimerMs = StateBytes.get48(in);
    lapAtMs = StateBytes.get48(in);
    lapIndex = StateBytes.get24(in);
  }
}
