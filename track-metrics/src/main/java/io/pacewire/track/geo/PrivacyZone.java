package io.pacewire.track.geo;

import java.util.List;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;

/**
 * Ground about a place that nobody may learn. Where tracks end on a circle about the place, three of
 * them give it away (Hassan and others, Analysis of Privacy Protections in Fitness Tracking Social
 * Networks, USENIX Security 2018). So what is hidden is a blob of about the radius whose own middle
 * lies 0.3 to 0.6 radii from the place and whose edge is 0.9 to 1.1 radii from that middle: the place
 * is covered with at least a quarter of the radius to spare on every side. Shift and edge come from
 * a secret, the zone's id and its radius: the same for every track, and of no use to average over.
 * A zone that was made larger or smaller is another draw; tracks published before should be cut anew.
 * Immutable.
 */
public final class PrivacyZone {
  /** Metres; a smaller one would hide a door and show the street. */
  public static final double LEAST_RADIUS_M = 100;
  /** Metres. */
  public static final double MOST_RADIUS_M = 5_000;
  /** 128 bits: who guesses the secret finds the middle. */
  public static final int LEAST_SECRET_BYTES = 16;
  /** No hash is the better for more. */
  public static final int MOST_SECRET_BYTES = 1_024;

  private static final double LEAST_SHIFT = 0.3;
  private static final double MOST_SHIFT = 0.6;
  private static final double WAVINESS = 0.1;
  private static final int WAVES = 3;
  private static final int CORNERS = 64;
  private static final double TURN = 2 * Math.PI;

  private final String id;
  private final LocalPlane plane;
  private final double reachM;
  private final Coordinate[] outline;

  private PrivacyZone(String id, LocalPlane plane, double reachM, Coordinate[] outline) {
    this.id = id;
    this.plane = plane;
    this.reachM = reachM;
    this.outline = outline;
  }

  /** Secret of 16 to 1,024 bytes, known to the platform alone; radius 100 m to 5 km. */
  public static PrivacyZone of(byte[] secret, String id, Position place, double radiusM) {
    Ranges.within("bytes of the secret", secret.length, LEAST_SECRET_BYTES, MOST_SECRET_BYTES);
    Ranges.id("id", id);
    Ranges.within("radiusM", radiusM, LEAST_RADIUS_M, MOST_RADIUS_M);
    StableChance chance =
        StableChance.of(secret, "privacy zone 1|" + Math.round(radiusM * 1_000) + "|" + id);
    double bearing = TURN * chance.next();
    double shiftM = radiusM * shift(chance.next());
    Position middle = LocalPlane.at(place)
        .position(shiftM * StrictMath.sin(bearing), shiftM * StrictMath.cos(bearing));
    // A hundredth for the plane, whose lengths are not quite those of straight lines.
    double reachM = 1.01 * (1 + WAVINESS) * radiusM;
    return new PrivacyZone(id, LocalPlane.at(middle), reachM, outline(radiusM, chance));
  }

  /** As it was made. */
  public String id() {
    return id;
  }

  /** Whether the place lies within its edge, which is the same each time. */
  public boolean hides(Position place) {
    return middle().chordM(place) <= reachM
        && PointLocation.isInRing(plane.coordinate(place), outline);
  }

  /** The hidden ground's own middle, which is not the place. */
  Position middle() {
    return plane.origin();
  }

  /** Adds where the straight way between two places meets the edge, as shares of it. */
  void addCuts(Position from, Position to, List<Double> shares) {
    if (middle().chordM(from) > reachM + from.chordM(to)) {
      return; // the way ends before it could meet the edge
    }
    Coordinate start = plane.coordinate(from);
    Coordinate end = plane.coordinate(to);
    for (int i = 0; i < CORNERS; i++) {
      double share = cut(start, end, outline[i], outline[i + 1]);
      if (share > 0 && share < 1) {
        shares.add(share);
      }
    }
  }

  /** NaN where the way does not meet the side. */
  private static double cut(Coordinate start, Coordinate end, Coordinate left, Coordinate right) {
    double wayX = end.x - start.x;
    double wayY = end.y - start.y;
    double sideX = right.x - left.x;
    double sideY = right.y - left.y;
    double cross = wayX * sideY - wayY * sideX;
    double onSide = ((left.x - start.x) * wayY - (left.y - start.y) * wayX) / cross;
    if (!(onSide >= 0 && onSide <= 1)) {
      return Double.NaN;
    }
    return ((left.x - start.x) * sideY - (left.y - start.y) * sideX) / cross;
  }

  /** Every spot of the ring between the least and the most is as likely. */
  private static double shift(double chance) {
    double least = LEAST_SHIFT * LEAST_SHIFT;
    return Math.sqrt(least + chance * (MOST_SHIFT * MOST_SHIFT - least));
  }

  private static Coordinate[] outline(double radiusM, StableChance chance) {
    double[] phases = new double[WAVES];
    double[] heights = new double[WAVES];
    double sum = 0;
    for (int wave = 0; wave < WAVES; wave++) {
      phases[wave] = TURN * chance.next();
      heights[wave] = 0.1 + chance.next();
      sum += heights[wave];
    }
    Coordinate[] outline = new Coordinate[CORNERS + 1];
    for (int corner = 0; corner < CORNERS; corner++) {
      double bearing = TURN * corner / CORNERS;
      double waviness = 0;
      for (int wave = 0; wave < WAVES; wave++) {
        waviness += heights[wave] / sum * StrictMath.sin((wave + 2) * bearing + phases[wave]);
      }
      double awayM = radiusM * (1 + WAVINESS * waviness);
      outline[corner] =
          new Coordinate(awayM * StrictMath.sin(bearing), awayM * StrictMath.cos(bearing));
    }
    outline[CORNERS] = outline[0].copy();
    return outline;
  }
}
