package io.pacewire.track.geo;

import org.locationtech.jts.geom.Envelope;

/**
 * Boxes of longitude (x) and latitude (y) in degrees, as an index needs them. A box over the
 * antimeridian goes on beyond ±180; who asks must ask on both sides of it. Near a pole a box goes
 * all round.
 */
final class DegreeBox {
  /** Short of the least a degree of latitude has, so that a box is never too small. */
  private static final double METRES_A_DEGREE = 110_500;

  private static final double POLAR_DEG = 89.5;

  /** Ways between two places bulge towards the pole: 9 m for 2 km at 89.5 degrees. */
  private static final double BULGE_M = 10;

  /** What may lie beyond the antimeridian is looked for on its other side too. */
  private static final double SEAM_DEG = 179;

  private DegreeBox() {}

  static Envelope of(Position place) {
    return new Envelope(
        place.longitudeDeg(), place.longitudeDeg(), place.latitudeDeg(), place.latitudeDeg());
  }

  /** The shorter way round. */
  static void include(Envelope box, Position place) {
    double longitude = place.longitudeDeg();
    double middle = (box.getMinX() + box.getMaxX()) / 2;
    double turns = Math.rint((middle - longitude) / 360);
    box.expandToInclude(longitude + 360 * turns, place.latitudeDeg());
  }

  /** By so many metres on all sides. */
  static void widen(Envelope box, double metres) {
    double latitude = (metres + BULGE_M) / METRES_A_DEGREE;
    box.expandBy(0, latitude);
    double farthest = Math.max(Math.abs(box.getMinY()), Math.abs(box.getMaxY()));
    if (farthest >= POLAR_DEG) {
      box.expandToInclude(-180, Math.copySign(90, box.getMaxY() + box.getMinY()));
      box.expandToInclude(180, box.getMaxY());
    } else {
      box.expandBy(latitude / StrictMath.cos(StrictMath.toRadians(farthest)), 0);
    }
  }

  static boolean touchesSeam(Envelope box) {
    return box.getMaxX() > SEAM_DEG || box.getMinX() < -SEAM_DEG;
  }

  static Envelope shifted(Envelope box, double degrees) {
    return new Envelope(
        box.getMinX() + degrees, box.getMaxX() + degrees, box.getMinY(), box.getMaxY());
  }
}
