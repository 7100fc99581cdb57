package io.pacewire.bench.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.Random;

/**
 * Somebody running the same round for ever, at one fix a second, as a receiver of three metres sees
 * it. Not a recording: a benchmark needs fixes that never end.
 */
final class Lap {
  static final int SECONDS = 400;
  static final long START_MS = 1_767_225_600_000L;

  private static final double RADIUS_M = 200;
  private static final double M_A_DEGREE = 111_320;
  private static final double CORRELATION = 0.95;
  private static final double NOISE_M = 3;
  private static final int ACCURACY_CM = 450;

  private final int[] latitudeE7 = new int[SECONDS];
  private final int[] longitudeE7 = new int[SECONDS];
  private final int[] altitudeCm = new int[SECONDS];

  Lap(double latitudeDeg, double longitudeDeg, long seed) {
    Random chance = new Random(seed);
    double east = 0;
    double north = 0;
    double fresh = NOISE_M * Math.sqrt(1 - CORRELATION * CORRELATION);
    for (int i = 0; i < SECONDS; i++) {
      double angle = 2 * Math.PI * i / SECONDS;
      east = CORRELATION * east + fresh * chance.nextGaussian();
      north = CORRELATION * north + fresh * chance.nextGaussian();
      // The stray of the first second is that of the last: the round closes.
      double fade = Math.sin(Math.PI * i / SECONDS);
      double eastM = RADIUS_M * Math.cos(angle) + fade * east;
      double northM = RADIUS_M * Math.sin(angle) + fade * north;
      double perDegree = M_A_DEGREE * Math.cos(Math.toRadians(latitudeDeg));
      latitudeE7[i] = (int) Math.round((latitudeDeg + northM / M_A_DEGREE) * 1e7);
      longitudeE7[i] = (int) Math.round((longitudeDeg + eastM / perDegree) * 1e7);
      altitudeCm[i] = (int) Math.round(12_000 + 800 * Math.sin(angle));
    }
  }

  static void start(SampleBatch batch) {
    batch.addMark(Mark.start(START_MS, 0, "run", "Europe/Berlin", 3_600, "bench", "1", 1));
  }

  /** The fix of one second; any number of rounds may lie before it. */
  void fix(long second, SampleBatch batch) {
    int at = (int) (second % SECONDS);
    long atMs = START_MS + second * 1_000;
    batch
        .fixes()
        .add(
            atMs,
            second * 1_000,
            latitudeE7[at],
            longitudeE7[at],
            altitudeCm[at],
            ACCURACY_CM,
            SampleBatch.ABSENT,
            SampleBatch.ABSENT,
            SampleBatch.ABSENT);
  }
}
