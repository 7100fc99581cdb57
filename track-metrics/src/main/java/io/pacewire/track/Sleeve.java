package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * The chord that is being walked: from where it began to the place that lies furthest along it, as long as
 * all that was passed fits into a sleeve of a width about one straight line (a cone of directions, as in
 * Williams, An efficient algorithm for the piecewise linear approximation of planar curves, 1978). So chords
 * are long where the way is straight, and a receiver's drift adds little to them, and short where it bends
 * or turns. Who turns round goes on from the place he turned at.
 *
 * <p>What a bend is longer than its chord follows from how far its middle lies beside it: an arc of
 * sagitta s over a chord c is longer by 8 s^2 / (3 c), to second order. The middle is a place passed between
 * a quarter and a half of the chord, from which the sagitta follows for an arc.
 *
 * <p>Coordinates are metres east and north from where the chord began.
 */
final class Sleeve {
  /** Beyond that a chord ends whatever comes: errors add nothing to it, and three bytes hold its middle. */
  private static final double LONGEST_M = 200;

  private static final double DM_A_M = 10;
  private static final double FIRST_MIDDLE_M = 1;
  private static final double DIRECTIONS = 8_191;
  private static final int TWELVE_BITS = 0xFFF;
  private static final int NONE_PACKED = -2_048;
  private static final int BITS_OF_SIGN = 20;
  private static final short NONE = Short.MIN_VALUE;

  /** Who goes back by so many widths has turned. */
  private static final double TURNED_WIDTHS = 1.5;

  /** A middle nearer to an end than that says too little. */
  private static final double LEAST_PART = 0.1;

  /** No arc of less than a half circle about its middle is longer than its chord by more than that. */
  private static final double MOST_BEND = 0.12;

  /** Right and left of all directions that fit; {@link #NONE} without any. */
  private short right = NONE;

  private short left = NONE;

  private short middleEastDm = NONE;
  private short middleNorthDm;
  /** Becomes the middle when the chord is twice as long. */
  private short nextEastDm = NONE;

  private short nextNorthDm;

  void begin() {
    right = NONE;
    left = NONE;
    middleEastDm = NONE;
    middleNorthDm = 0;
    nextEastDm = NONE;
    nextNorthDm = 0;
  }

  /**
   * Whether a place goes on with the chord.
   *
   * @param endEastM of the chord as it is, furthest along
   */
  boolean holds(double eastM, double northM, double endEastM, double endNorthM, double widthM) {
    double way = Math.sqrt(eastM * eastM + northM * northM);
    double end = Math.sqrt(endEastM * endEastM + endNorthM * endNorthM);
    if (way > LONGEST_M) {
      return false;
    }
    if (end > 0 && end - along(eastM, northM, endEastM, endNorthM, end) > TURNED_WIDTHS * widthM) {
      return false;
    }
    if (right == NONE || way <= widthM) {
      return true;
    }
    double middleEast = east(right) + east(left);
    double middleNorth = north(right) + north(left);
    return east(right) * northM - north(right) * eastM >= 0
        && east(left) * northM - north(left) * eastM <= 0
        && middleEast * eastM + middleNorth * northM > 0;
  }

  /**
   * A direction as the place where it leaves a square that stands on its corner: as good as an angle to
   * compare, without a root or an arc. From east over north, {@value #DIRECTIONS} a quarter.
   */
  private static short direction(double east, double north) {
    double part = north / (Math.abs(east) + Math.abs(north));
    return (short) Math.round(DIRECTIONS * (east >= 0 ? part : north >= 0 ? 2 - part : -2 - part));
  }

  private static double east(short direction) {
    return 1 - Math.abs(direction / DIRECTIONS);
  }

  private static double north(short direction) {
    double quarters = direction / DIRECTIONS;
    return Math.abs(quarters) <= 1 ? quarters : quarters > 0 ? 2 - quarters : -2 - quarters;
  }

  private static double along(
      double eastM, double northM, double endEastM, double endNorthM, double endM) {
    return (eastM * endEastM + northM * endNorthM) / endM;
  }

  /** A place that goes on with the chord. True where it lies furthest along. */
  boolean add(double eastM, double northM, double endEastM, double endNorthM, double widthM) {
    double way = Math.sqrt(eastM * eastM + northM * northM);
    double end = Math.sqrt(endEastM * endEastM + endNorthM * endNorthM);
    if (way > widthM) {
      narrow(eastM / way, northM / way, widthM / way);
    }
    boolean furthest = end == 0 || along(eastM, northM, endEastM, endNorthM, end) >= end;
    if (furthest) {
      pass(eastM, northM, way);
    }
    return furthest;
  }

  /** No direction fits but those that pass the place within the width. */
  private void narrow(double east, double north, double sine) {
    double cosine = Math.sqrt(1 - sine * sine);
    double toRightEast = east * cosine + north * sine;
    double toRightNorth = north * cosine - east * sine;
    double toLeftEast = east * cosine - north * sine;
    double toLeftNorth = north * cosine + east * sine;
    if (right == NONE || east(right) * toRightNorth - north(right) * toRightEast > 0) {
      right = direction(toRightEast, toRightNorth);
    }
    if (left == NONE || east(left) * toLeftNorth - north(left) * toLeftEast < 0) {
      left = direction(toLeftEast, toLeftNorth);
    }
  }

  private void pass(double eastM, double northM, double wayM) {
    if (wayM > LONGEST_M) {
      return; // it is its end
    }
    if (nextEastDm == NONE) {
      if (wayM >= FIRST_MIDDLE_M) {
        next(eastM, northM);
      }
      return;
    }
    double east = nextEastDm / DM_A_M;
    double north = nextNorthDm / DM_A_M;
    if (wayM * wayM >= 4 * (east * east + north * north)) {
      middleEastDm = nextEastDm;
      middleNorthDm = nextNorthDm;
      next(eastM, northM);
    }
  }

  private void next(double eastM, double northM) {
    nextEastDm = (short) Math.round(eastM * DM_A_M);
    nextNorthDm = (short) Math.round(northM * DM_A_M);
  }

  /** Whether anything is known of the middle. */
  boolean hasMiddle() {
    return middleEastDm != NONE;
  }

  /**
   * What the way is longer than the chord, metres; below 0 where the middle lies nearer to it than an
   * error would have it, so that errors cancel out over many.
   *
   * @param driftM2 variance of the error that drifts, along one axis
   * @param seconds the chord took
   */
  double bendM(double endEastM, double endNorthM, double driftM2, double seconds) {
    double squared = endEastM * endEastM + endNorthM * endNorthM;
    if (!hasMiddle() || squared == 0) {
      return 0;
    }
    double east = middleEastDm / DM_A_M;
    double north = middleNorthDm / DM_A_M;
    double part = (east * endEastM + north * endNorthM) / squared;
    if (part < LEAST_PART || part > 1 - LEAST_PART) {
      return 0;
    }
    double chord = Math.sqrt(squared);
    double beside = (east * endNorthM - north * endEastM) / chord;
    double shape = 4 * part * (1 - part); // of the height there to the sagitta
    double error = 2 * driftM2 * FixJitter.moved(seconds * part * (1 - part));
    double bend = 8 * (beside * beside - error) / (3 * chord * shape * shape);
    return Math.min(MOST_BEND * chord, bend);
  }

  void write(ByteBuffer out) {
    out.putShort(right).putShort(left);
    pack(out, middleEastDm, middleNorthDm);
    pack(out, nextEastDm, nextNorthDm);
  }

  /** Within {@link #LONGEST_M} twelve bits each; the lowest value says that there is none. */
  private static void pack(ByteBuffer out, short eastDm, short northDm) {
    int east = eastDm == NONE ? NONE_PACKED : eastDm;
    StateBytes.put24(out, (east << 12) | (northDm & TWELVE_BITS));
  }

  void read(ByteBuffer in) {
    right = in.getShort();
    left = in.getShort();
    int middle = StateBytes.get24(in);
    middleEastDm = east12(middle);
    middleNorthDm = north12(middle);
    int next = StateBytes.get24(in);
    nextEastDm = east12(next);
    nextNorthDm = north12(next);
  }

  private static short east12(int packed) {
    int east = packed >> 12;
    return east == NONE_PACKED ? NONE : (short) east;
  }

  private static short north12(int packed) {
    return (short) (packed << BITS_OF_SIGN >> BITS_OF_SIGN);
  }
}
