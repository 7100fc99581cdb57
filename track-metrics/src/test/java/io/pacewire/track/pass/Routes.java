package io.pacewire.track.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways through a town, second by second, and what a receiver makes of them. */
final class Routes {
  private static final double METRES_A_DEGREE = 111_240;
  private static final double LATITUDE_DEG = 50.0003;
  private static final double LONGITUDE_DEG = 10.0003;
  private static final double EAST_M = METRES_A_DEGREE * Math.cos(Math.toRadians(LATITUDE_DEG));

  private Routes() {}

  /** Winding, with a pace that is a little different on each day. */
  static List<double[]> winding(int seconds, double mps, long day) {
    Random random = new Random(day);
    List<double[]> way = new ArrayList<>();
    double east = 0;
    double north = 0;
    double gone = 0;
    double extra = 0;
    for (int i = 0; i < seconds; i++) {
      extra = 0.98 * extra + 0.02 * mps * random.nextGaussian();
      double step = Math.max(0.5, mps + extra) / 16;
      for (int part = 0; part < 16; part++) {
        double course = 0.6 + 1.2 * Math.sin(gone / 120) + 0.8 * Math.sin(gone / 44);
        east += step * Math.sin(course);
        north += step * Math.cos(course);
        gone += step;
      }
      way.add(new double[] {i, north, east});
    }
    return way;
  }

  /** Round a track of 400 m. */
  static List<double[]> laps(int seconds, double mps, long day) {
    Random random = new Random(day);
    List<double[]> way = new ArrayList<>();
    double gone = 0;
    double extra = 0;
    for (int i = 0; i < seconds; i++) {
      extra = 0.95 * extra + 0.03 * random.nextGaussian();
      gone += mps + extra;
      double angle = gone / 400 * 2 * Math.PI;
      way.add(new double[] {i, 63.66 * Math.sin(angle), 63.66 * Math.cos(angle)});
    }
    return way;
  }

  /** Where a receiver sees it that errs by so much, a little else every twenty seconds. */
  static List<double[]> seen(List<double[]> way, double sigmaM, long receiver) {
    return seen(way, sigmaM, receiver, 0, 0);
  }

  /** By two errors at once: one of the receiver, one of the sky, which all have in common. */
  static List<double[]> seen(
      List<double[]> way, double sigmaM, long receiver, double skyM, long sky) {
    double[][] own = drift(way.size(), sigmaM, receiver);
    double[][] common = drift(way.size(), skyM, sky);
    List<double[]> fixes = new ArrayList<>();
    for (int i = 0; i < way.size(); i++) {
      double[] place = way.get(i);
      double north = place[1] + own[i][0] + common[i][0];
      double east = place[2] + own[i][1] + common[i][1];
      fixes.add(new double[] {
        place[0], LATITUDE_DEG + north / METRES_A_DEGREE, LONGITUDE_DEG + east / EAST_M
      });
    }
    return fixes;
  }

  private static double[][] drift(int size, double sigmaM, long seed) {
    Random random = new Random(seed);
    double kept = Math.exp(-1 / 20.0);
    double fresh = sigmaM * Math.sqrt(1 - kept * kept);
    double[][] drift = new double[size][2];
    for (int axis = 0; axis < 2; axis++) {
      double off = sigmaM * random.nextGaussian();
      for (int i = 0; i < size; i++) {
        off = kept * off + fresh * random.nextGaussian();
        drift[i][axis] = off + 0.1 * sigmaM * random.nextGaussian();
      }
    }
    return drift;
  }

  static List<double[]> every(int nth, List<double[]> fixes) {
    List<double[]> some = new ArrayList<>();
    for (int i = 0; i < fixes.size(); i += nth) {
      some.add(fixes.get(i));
    }
    return some;
  }
}
