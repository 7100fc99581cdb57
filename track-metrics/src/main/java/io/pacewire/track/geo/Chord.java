package io.pacewire.track.geo;

import org.jspecify.annotations.Nullable;

/** The straight line between two places, through the Earth; for ways of at most some kilometres. */
final class Chord {
  private final Position start;
  private final double xM;
  private final double yM;
  private final double zM;
  private final double squaredLength;

  Chord(Position start, Position end) {
    this.start = start;
    xM = end.xM() - start.xM();
    yM = end.yM() - start.yM();
    zM = end.zM() - start.zM();
    squaredLength = xM * xM + yM * yM + zM * zM;
  }

  /** Of the point of the line nearest to a place: 0 at the start, 1 at the end. */
  double share(Position place) {
    if (squaredLength == 0) {
      return 0;
    }
    return Math.max(0, Math.min(1, alongM2(place) / squaredLength));
  }

  /** How far a place is past the plane across the start, metres; negative before it. */
  double pastStartM(Position place) {
    return alongM2(place) / Math.sqrt(squaredLength);
  }

  /**
   * Where the way between two points passes the plane across the start in the line's direction and
   * within some metres of the start; null where it does not.
   */
  @Nullable
  PathPoint passage(PathPoint from, PathPoint to, double withinM) {
    double before = pastStartM(from.position());
    double after = pastStartM(to.position());
    if (!(before < 0 && after >= 0)) {
      return null;
    }
    PathPoint passage = from.towards(to, before / (before - after));
    return passage.position().chordM(start) <= withinM ? passage : null;
  }

  /** The point of the way between two points that is nearest to the start. */
  PathPoint nearest(PathPoint from, PathPoint to) {
    return from.towards(to, new Chord(from.position(), to.position()).share(start));
  }

  Position start() {
    return start;
  }

  double distanceM(Position place) {
    double share = share(place);
    double x = place.xM() - start.xM() - share * xM;
    double y = place.yM() - start.yM() - share * yM;
    double z = place.zM() - start.zM() - share * zM;
    return Math.sqrt(x * x + y * y + z * z);
  }

  private double alongM2(Position place) {
    return (place.xM() - start.xM()) * xM
        + (place.yM() - start.yM()) * yM
        + (place.zM() - start.zM()) * zM;
  }
}
