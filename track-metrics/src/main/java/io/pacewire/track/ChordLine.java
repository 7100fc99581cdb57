package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * How long the way is that a receiver saw: the length of the chords of a {@link Sleeve} that is as wide as
 * the receiver's error drifts, and of what bends are longer than them.
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
final class ChordLine {
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

  /** A drift of more metres than these goes so fast for each, and makes detours of a walk. */
  private static final double SMALL_DRIFT_M = 3.3;

  private static final double DRIFT_MPS_A_M = 0.6;

  /** Of the shortest chord of who hardly outruns the drift, in its sigmas. */
  private static final double DRIFT_CHORD_SIGMAS = 4;

  /** A fix that is further off is followed less, as the filter does. */
  private static final double FULLY_FOLLOWED_SURPRISE = 4;

  /** With a fix a second nobody cuts a corner. */
  private static final double CORNERS_S = 2.5;

  /** Who turns more than that went round no circle. */
  private static final double SHARP_RAD = Math.PI / 2;

  private static final double COURSE_A_RAD = 1e4;
  private static final short NO_COURSE = Short.MIN_VALUE;
  private static final double UM_A_M = 1e6;

  private final FixJitter jitter = new FixJitter();
  private final Sleeve sleeve = new Sleeve();
  /** Up to where the chord begins. */
  private long chordStartUm;

  /** Since the chord began, and until its furthest place; no longer than three bytes hold. */
  private int sinceMs;

  private int chordMs;

  /** Of the chord before, from north, in 10,000ths of a radian. */
  private short course = NO_COURSE;

  /** Where the chord begins. */
  private int fromLatitudeE7;

  private int fromLongitudeE7;
  /** Furthest along it. */
  private int toLatitudeE7;

  private int toLongitudeE7;

  /** A chord begins here, and what was counted by then is certain. */
  void begin(double latitude, double longitude, long countedUm) {
    course = NO_COURSE;
    jitter.interrupt();
    toLatitudeE7 = e7(latitude);
    toLongitudeE7 = e7(longitude);
    chordMs = 0;
    sinceMs = 0;
    goOn(countedUm);
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

  /** The chord, as the crow flies. */
  private double straightM() {
    return Geodesy.distanceM(
        fromLatitudeE7 / Fix.E7,
        fromLongitudeE7 / Fix.E7,
        toLatitudeE7 / Fix.E7,
        toLongitudeE7 / Fix.E7);
  }

  /**
   * The receiver has another fix, which the filter knows.
   *
   * @param seconds since the fix before
   * @param passedMs since the way was last counted
   * @return what the way comes to up to there, micrometres; a later fix may find that it was less
   */
  long reachUm(Fix fix, double seconds, long passedMs, FoldState state) {
    PositionFilter filter = state.filter();
    sinceMs = (int) Math.min(StateBytes.HIGHEST_24, sinceMs + passedMs);
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
        * Math.min(1, FULLY_FOLLOWED_SURPRISE / Math.max(1e-9, fix.surprise))
        * besideBetter(fix.sigmaM, state.fixes.acceptedSigmaM());
    return reachUm(
        filter.eastM() + followed * (fixEast - filter.eastM()),
        filter.northM() + followed * (fixNorth - filter.northM()),
        jitter.driftM2(fix.sigmaM, stated),
        state);
  }

  /** A fix that is worse than the one before, as a network's among a receiver's, is followed by its weight. */
  private static double besideBetter(double sigmaM, double sigmaBeforeM) {
    double better = sigmaBeforeM / sigmaM;
    return Math.min(1, better * better);
  }

  /** The athlete is now at a place in the filter's plane. */
  private long reachUm(double eastM, double northM, double driftM2, FoldState state) {
    PositionFilter filter = state.filter();
    double width = Math.max(LEAST_WIDTH_M, WIDTH_SIGMAS * Math.sqrt(driftM2));
    double east = eastM - filter.eastOf(fromLongitudeE7 / Fix.E7);
    double north = northM - filter.northOf(fromLatitudeE7 / Fix.E7);
    double toEast = filter.eastOf(toLongitudeE7 / Fix.E7) - eastM + east;
    double toNorth = filter.northOf(toLatitudeE7 / Fix.E7) - northM + north;
    boolean sways = false;
    if (!sleeve.holds(east, north, toEast, toNorth, width)) {
      double chordM = Math.sqrt(toEast * toEast + toNorth * toNorth);
      if (chordM >= leastChordM(driftM2, state)) {
        double arc = arcM(toEast, toNorth, state);
        goOn(chordStartUm + um(chordM(toEast, toNorth, driftM2) + arc));
        east -= toEast;
        north -= toNorth;
        toEast = 0;
        toNorth = 0;
      } else {
        sleeve.begin();
        sways = true; // who may stand
        if (!isOutrun(driftM2, state) && east * east + north * north > chordM * chordM) {
          toEast = 0; // the first way was the receiver's doing: he goes another
          toNorth = 0;
        }
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
    return chordStartUm + um(chordM(toEast, toNorth, driftM2) + beyond);
  }

  private static long um(double metres) {
    return Math.round(metres * UM_A_M);
  }

  /** What a chord without a middle is longer for, after the one before. */
  private double arcM(double toEast, double toNorth, FoldState state) {
    boolean cutsCorners = state.usual().intervalS() >= CORNERS_S && !sleeve.hasMiddle();
    short before = course;
    course = cutsCorners
        ? (short) Math.round(StrictMath.atan2(toEast, toNorth) * COURSE_A_RAD)
        : NO_COURSE;
    return Math.sqrt(toEast * toEast + toNorth * toNorth) * bend(course, before);
  }

  /** The chord as it is, without what errors add to it, and with its bend. */
  private double chordM(double toEast, double toNorth, double driftM2) {
    double seconds = chordMs / 1e3;
    double way = straightM();
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

  /** No chord is shorter where it may be nothing but drift: of who may be standing, or hardly outruns it. */
  private static double leastChordM(double driftM2, FoldState state) {
    double sigma = Math.sqrt(driftM2);
    if (surelyMps(state) < SLOW * state.sport().movingMps()) {
      return Math.max(LEAST_CHORD_M, SLOW_CHORD_SIGMAS * sigma);
    }
    return isOutrun(driftM2, state) ? 0 : DRIFT_CHORD_SIGMAS * sigma;
  }

  /** Whether one goes faster than a drift of that size does. */
  private static boolean isOutrun(double driftM2, FoldState state) {
    return surelyMps(state) >= DRIFT_MPS_A_M * (Math.sqrt(driftM2) - SMALL_DRIFT_M);
  }

  /** A sigma below what the filter thinks. */
  private static double surelyMps(FoldState state) {
    PositionFilter filter = state.filter();
    return filter.speedMps() - Math.min(filter.sigmaMps(), UNCERTAIN_MPS);
  }

  /**
   * What the way comes to with a straight line across missing fixes, micrometres.
   *
   * @param doubted whether there were fixes that were not believed: where the line then comes back the
   *     way the chord went, its furthest place was the receiver's doing, and the way back is none
   */
  long acrossUm(double latitude, double longitude, boolean doubted) {
    double chord = straightM();
    double direct =
        Geodesy.distanceM(fromLatitudeE7 / Fix.E7, fromLongitudeE7 / Fix.E7, latitude, longitude);
    double beyond = wayM(latitude, longitude);
    // The law of cosines: less than 60 degrees between the way there and the way back.
    boolean back = doubted && chord * chord + beyond * beyond - direct * direct > chord * beyond;
    double way = back ? direct : chord + beyond;
    return chordStartUm + um(way);
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, chordStartUm);
    StateBytes.put24(out, sinceMs);
    StateBytes.put24(out, chordMs);
    out.putShort(course);
    out.putInt(fromLatitudeE7).putInt(fromLongitudeE7);
    out.putInt(toLatitudeE7).putInt(toLongitudeE7);
    jitter.write(out);
    sleeve.write(out);
  }

  void read(ByteBuffer in) {
    chordStartUm = StateBytes.get48(in);
    sinceMs = StateBytes.get24(in);
    chordMs = StateBytes.get24(in);
    course = in.getShort();
    fromLatitudeE7 = in.getInt();
    fromLongitudeE7 = in.getInt();
    toLatitudeE7 = in.getInt();
    toLongitudeE7 = in.getInt();
    jitter.read(in);
    sleeve.read(in);
  }
}
