package io.pacewire.track.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.FoldedRun;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.TrackPoints;
import io.pacewire.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the points are, what the passes say is a number, and a confidence a share. */
class HostileTracksTest {
  private static final int TRACKS = Boolean.getBoolean("pacewire.full") ? 20_000 : 600;
  private static final double[] ODD = {
    0, -0.0, 90, -90, 180, -180, 89.99999, 179.99999, -179.99999, Double.NaN, 1e-300, 1e9, -1e300
  };

  @Test
  void anyTrack_givesNumbers() {
    FoldedRun[] runs = {
      FoldedRun.trembling("run", 100, 12, 180).steps(0),
      FoldedRun.trembling("walk", 300, 6, 200),
      FoldedRun.trembling("ride", 1, 3, 0)
    };
    long[] before = TrackPrint.of(track(new Random(1))).hashes();
    for (int seed = 0; seed < TRACKS; seed++) {
      Random random = new Random(seed);
      List<TrackPoint> points = track(random);
      List<Verdict> verdicts = verdicts(random);
      List<Suspicion> found =
          new ArrayList<>(Suspicions.of(runs[seed % runs.length].figures, points, verdicts));
      TrackPrint print = TrackPrint.of(points);
      assertThat(print.hashes()).as("seed %d", seed).isSorted();
      assertThat(print.hashes().length).isLessThanOrEqualTo(TrackPrint.KEPT);
      print.resembles(before).ifPresent(found::add);
      print.resembles(print.hashes()).ifPresent(found::add);
      for (Suspicion one : found) {
        assertThat(one.value()).as("seed %d %s", seed, one.reason()).isFinite();
        assertThat(one.limit()).as("seed %d %s", seed, one.reason()).isFinite();
        assertThat(one.confidence()).as("seed %d %s", seed, one.reason()).isBetween(0.0, 1.0);
        assertThat(one.toEpochMs())
            .as("seed %d %s", seed, one.reason())
            .isGreaterThanOrEqualTo(one.fromEpochMs());
      }
      before = print.hashes();
    }
  }

  private static double any(Random random, double usual, double step) {
    return random.nextInt(40) == 0
        ? ODD[random.nextInt(ODD.length)]
        : usual + step * random.nextGaussian();
  }

  private static List<TrackPoint> track(Random random) {
    List<TrackPoint> points = new ArrayList<>();
    int size = random.nextInt(300);
    double step = random.nextDouble() * 0.01;
    double north = ODD[random.nextInt(ODD.length)];
    double east = ODD[random.nextInt(ODD.length)];
    long at = 0;
    double way = 0;
    for (int i = 0; i < size; i++) {
      at += random.nextInt(30) == 0 ? random.nextInt(2_000_000_000) - 1_000_000_000 : 1_000;
      way += random.nextInt(100) == 0 ? 1e9 * random.nextDouble() : random.nextInt(10);
      points.add(TrackPoints.any(
          at,
          any(random, north + i * step, step),
          any(random, east + i * step, step),
          way,
          i,
          random.nextInt(250),
          any(random, 5, 0),
          random.nextInt(30) == 0 ? random.nextInt(8) : 0));
    }
    return points;
  }

  private static List<Verdict> verdicts(Random random) {
    List<Verdict> verdicts = new ArrayList<>();
    int size = random.nextInt(50);
    for (int i = 0; i < size; i++) {
      Verdict.Reason[] reasons = Verdict.Reason.values();
      verdicts.add(TrackPoints.verdict(
          reasons[random.nextInt(reasons.length)],
          random.nextInt(1_000_000),
          any(random, 50, 50),
          any(random, 50, 0.1),
          any(random, 10, 0.1)));
    }
    return verdicts;
  }
}
