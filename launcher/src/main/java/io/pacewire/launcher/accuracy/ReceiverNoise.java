package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.replay.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A receiver's error, put upon a track: Gauss-Markov of 3 m a side with a correlation time of 20 s and
 * 0.5 m of white noise; now and then one to three fixes 20 to 200 m off, and one in fifty lost. The
 * stated accuracy is 5 m. The same seed gives the same noise.
 */
final class ReceiverNoise {
  private static final double SIGMA_M = 3;
  private static final double CORRELATION_S = 20;
  private static final double WHITE_M = 0.5;
  private static final double STATED_M = 5;
  private static final double LOSS = 0.02;
  private static final double SPIKE = 0.005;
  private static final int LONGEST_BURST = 3;
  private static final double NEAREST_SPIKE_M = 20;
  private static final double FARTHEST_SPIKE_M = 200;

  /** WGS 84: semi-major axis in metres, first eccentricity squared. */
  private static final double AXIS_M = 6_378_137;

  private static final double ECCENTRICITY2 = 6.694379990141316e-3;

  private final Random random;
  private double eastM;
  private double northM;
  private int burst;

  private ReceiverNoise(long seed) {
    random = new Random(seed);
    eastM = SIGMA_M * random.nextGaussian();
    northM = SIGMA_M * random.nextGaussian();
  }

  static Timeline upon(Timeline clean, long seed) {
    ReceiverNoise noise = new ReceiverNoise(seed);
    List<Timeline.Event> events = new ArrayList<>();
    long beforeMs = clean.firstAtEpochMs();
    for (Timeline.Event event : clean.events()) {
      if (!(event instanceof Timeline.Fix fix)) {
        events.add(event);
        continue;
      }
      noise.wander((fix.atEpochMs() - beforeMs) / 1e3);
      beforeMs = fix.atEpochMs();
      if (noise.random.nextDouble() >= LOSS) {
        events.add(noise.seen(fix));
      }
    }
    return new Timeline(clean.sport(), clean.deviceName(), events);
  }

  private void wander(double seconds) {
    double kept = Math.exp(-Math.max(0, seconds) / CORRELATION_S);
    double fresh = SIGMA_M * Math.sqrt(1 - kept * kept);
    eastM = kept * eastM + fresh * random.nextGaussian();
    northM = kept * northM + fresh * random.nextGaussian();
  }

  private Timeline.Fix seen(Timeline.Fix fix) {
    double offEastM = eastM + WHITE_M * random.nextGaussian();
    double offNorthM = northM + WHITE_M * random.nextGaussian();
    if (burst == 0 && random.nextDouble() < SPIKE) {
      burst = 1 + random.nextInt(LONGEST_BURST);
    }
    if (burst > 0) {
      burst--;
      double metres = NEAREST_SPIKE_M + (FARTHEST_SPIKE_M - NEAREST_SPIKE_M) * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      offEastM += metres * Math.cos(angle);
      offNorthM += metres * Math.sin(angle);
    }
    double radians = Math.toRadians(fix.latitudeDeg());
    double w2 = 1 - ECCENTRICITY2 * Math.pow(Math.sin(radians), 2);
    double northRadiusM = AXIS_M * (1 - ECCENTRICITY2) / Math.pow(w2, 1.5);
    double eastRadiusM = AXIS_M / Math.sqrt(w2) * Math.cos(radians);
    return new Timeline.Fix(
        fix.atEpochMs(),
        fix.latitudeDeg() + Math.toDegrees(offNorthM / northRadiusM),
        fix.longitudeDeg() + Math.toDegrees(offEastM / eastRadiusM),
        fix.altitudeM(),
        STATED_M);
  }
}
