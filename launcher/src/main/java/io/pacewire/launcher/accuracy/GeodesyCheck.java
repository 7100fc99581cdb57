package io.pacewire.launcher.accuracy;

import io.pacewire.track.Geodesy;
import java.util.Random;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import net.sf.geographiclib.GeodesicMask;

/** Distances of up to a kilometre all over the globe against Karney's geodesics. */
final class GeodesyCheck {
  static final int PAIRS = 100_000;
  private static final double LONGEST_M = 1_000;
  private static final double SHORTEST_M = 1;

  private GeodesyCheck() {}

  /** The worst of many random pairs, poles and antimeridian included, in millionths. */
  static double worstPpm() {
    Random random = new Random(1);
    double worst = 0;
    for (int i = 0; i < PAIRS; i++) {
      double latitude = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
      double longitude = 360 * random.nextDouble() - 180;
      double metres = SHORTEST_M + (LONGEST_M - SHORTEST_M) * random.nextDouble();
      GeodesicData end = Geodesic.WGS84.Direct(
          latitude,
          longitude,
          360 * random.nextDouble(),
          metres,
          GeodesicMask.LATITUDE | GeodesicMask.LONGITUDE);
      double ours = Geodesy.distanceM(latitude, longitude, end.lat2, end.lon2);
      worst = Math.max(worst, Math.abs(ours / metres - 1) * 1e6);
    }
    return worst;
  }
}
