package io.pacewire.launcher.replay;

import io.pacewire.launcher.replay.Timeline.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An invented run of a good seven kilometres through a place where nobody lives: one fix and one
 * heart rate a second, receiver noise that wanders as a phone's does, a stop at a light, and two
 * jumps for the check to find. The same every time.
 */
public final class DemoRun {
  private static final double CENTRE_LATITUDE_DEG = 55.7270;
  private static final double CENTRE_LONGITUDE_DEG = 37.5950;
  private static final double METRES_PER_DEGREE = 111_320;
  private static final double MEAN_RADIUS_M = 1_050;
  private static final int DURATION_S = 2_280;
  private static final int LIGHT_FROM_S = 805;
  private static final int LIGHT_TO_S = 830;
  private static final double NOISE_M = 1.4;
  private static final double NOISE_CORRELATION = Math.exp(-1 / 20.0);

  private final SplittableRandom random = new SplittableRandom(20_261_123);
  private double angle = -2.3;
  private double noiseEastM;
  private double noiseNorthM;

  private DemoRun() {}

  /** The run, starting at {@code startAtEpochMs}. */
  public static Timeline startingAt(long startAtEpochMs) {
    return new DemoRun().generate(startAtEpochMs);
  }

  private Timeline generate(long startAtEpochMs) {
    List<Event> events = new ArrayList<>(3 * DURATION_S);
    double heartRateBpm = 96;
    for (int second = 0; second <= DURATION_S; second++) {
      long at = startAtEpochMs + second * 1_000L;
      double speedMps = speedMps(second);
      advance(speedMps);
      events.add(fix(at, second));
      heartRateBpm += (targetBpm(second, speedMps) - heartRateBpm) * 0.018;
      events.add(
          new Timeline.HeartRate(at, (int) Math.round(heartRateBpm + random.nextDouble(-1, 1))));
      if (speedMps > 0) {
        events.add(new Timeline.Cadence(at, (int) Math.round(160 + 5 * speedMps)));
      }
    }
    return new Timeline("run", "Demo phone", events);
  }

  private Timeline.Fix fix(long at, int second) {
    wander();
    double eastM = radiusM(angle) * Math.cos(angle) + noiseEastM;
    double northM = radiusM(angle) * Math.sin(angle) + noiseNorthM;
    boolean jump = second == 640 || second == 641 || second == 1_502;
    if (jump) {
      eastM += 55;
      northM -= 40;
    }
    double cosine = Math.cos(Math.toRadians(CENTRE_LATITUDE_DEG));
    return new Timeline.Fix(
        at,
        CENTRE_LATITUDE_DEG + northM / METRES_PER_DEGREE,
        CENTRE_LONGITUDE_DEG + eastM / (METRES_PER_DEGREE * cosine),
        138 + 14 * Math.sin(2 * angle) + 6 * Math.cos(5 * angle),
        4 + 2 * random.nextDouble());
  }

  /** A bean-shaped loop. */
  private static double radiusM(double angle) {
    return MEAN_RADIUS_M * (1 + 0.24 * Math.sin(2 * angle + 0.6) + 0.11 * Math.cos(3 * angle));
  }

  private void advance(double metres) {
    double step = 1e-4;
    double here = radiusM(angle);
    double slope = (radiusM(angle + step) - here) / step;
    angle += metres / Math.hypot(here, slope);
  }

  /** First-order Gauss-Markov: neighbouring errors resemble each other, as a receiver's do. */
  private void wander() {
    double fresh = NOISE_M * Math.sqrt(1 - NOISE_CORRELATION * NOISE_CORRELATION);
    noiseEastM = NOISE_CORRELATION * noiseEastM + fresh * gaussian();
    noiseNorthM = NOISE_CORRELATION * noiseNorthM + fresh * gaussian();
  }

  private double gaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double speedMps(int second) {
    if (second >= LIGHT_FROM_S && second < LIGHT_TO_S) {
      return 0;
    }
    double warmUp = Math.min(1, second / 240.0);
    double finish = second > DURATION_S - 300 ? 0.35 : 0;
    return 2.75 + 0.45 * warmUp + finish + 0.18 * Math.sin(second / 97.0);
  }

  private static double targetBpm(int second, double speedMps) {
    return speedMps == 0 ? 118 : 86 + 22 * speedMps + 7.0 * second / DURATION_S;
  }
}
