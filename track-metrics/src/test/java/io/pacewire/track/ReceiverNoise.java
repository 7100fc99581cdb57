package io.pacewire.track;

import java.util.Random;

/**
 * A receiver's error: Gauss-Markov of 3 m a side with a correlation time of 20 s and 0.5 m of white
 * noise; now and then one to three fixes 20 to 200 m off, and one in fifty lost.
 */
final class ReceiverNoise {
  private static final double SIGMA_M = 3;
  private static final double CORRELATION_S = 20;
  private static final double WHITE_M = 0.5;

  private final Random random;
  private double eastM;
  private double northM;
  private int burst;
  double offEastM;
  double offNorthM;

  ReceiverNoise(long seed) {
    random = new Random(seed);
    eastM = SIGMA_M * random.nextGaussian();
    northM = SIGMA_M * random.nextGaussian();
  }

  /** @return whether there is a fix at all; where it lies is in the fields then */
  boolean next(double seconds) {
    double kept = Math.exp(-seconds / CORRELATION_S);
    double fresh = SIGMA_M * Math.sqrt(1 - kept * kept);
    eastM = kept * eastM + fresh * random.nextGaussian();
    northM = kept * northM + fresh * random.nextGaussian();
    if (random.nextDouble() < 0.02) {
      return false;
    }
    offEastM = eastM + WHITE_M * random.nextGaussian();
    offNorthM = northM + WHITE_M * random.nextGaussian();
    if (burst == 0 && random.nextDouble() < 0.005) {
      burst = 1 + random.nextInt(3);
    }
    if (burst > 0) {
      burst--;
      double metres = 20 + 180 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      offEastM += metres * Math.cos(angle);
      offNorthM += metres * Math.sin(angle);
    }
    return true;
  }
}
