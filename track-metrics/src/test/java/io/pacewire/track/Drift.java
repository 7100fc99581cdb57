package io.pacewire.track;

import java.util.Random;

/** An error that drifts: Gauss-Markov, of so many metres, a value a second. */
public final class Drift {
  private final Random random;
  private final double sigmaM;
  private final double kept;
  private double errorM;

  public Drift(long seed, double sigmaM, double memoryS) {
    random = new Random(seed);
    this.sigmaM = sigmaM;
    kept = Math.exp(-1 / memoryS);
    errorM = sigmaM * random.nextGaussian();
  }

  /** The next second's, metres. */
  public double next() {
    errorM = kept * errorM + sigmaM * Math.sqrt(1 - kept * kept) * random.nextGaussian();
    return errorM;
  }
}
