package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Steps and stillness from the length of the acceleration vector, wherever the device is worn, at
 * any rate from 5 Hz on (stillness at less than 50 Hz only of a sensor whose noise is below 4 mg). Samples are averaged over {@value #BIN_MS} ms, which makes all rates alike,
 * and a band around the rates of human gait is cut out by three first-order low-passes. A step is a
 * swing through a threshold that follows the swing's own strength, after one through its negative
 * (the threshold-crossing family in Salvi, Velardo, Brynes and Tarassenko, An Optimised Algorithm
 * for Accurate Steps Counting From Smart-Phone Accelerometry, EMBC 2018). The first {@value
 * #CONFIRMED} steps in a row count once the last of them came, which leaves single knocks out.
 *
 * <p>A second is still where its bins differ by no more than a sensor's own noise. Single precision
 * is enough for what is measured in whole milligravity, and the order of operations is fixed.
 */
final class StepDetector {
  /** Takes what is known of a second when a sample says that it is over. */
  interface Frames {
    /**
     * @param atMs of that sample, since nobody knows before
     * @param felt whether there were samples enough to feel steps
     */
    void frame(long atMs, int steps, boolean still, boolean felt);
  }

  static final int BIN_MS = 40;
  private static final int BINS_A_FRAME = 25;

  /** Seconds end amid those of the clock, on which receivers have their fixes. */
  private static final int FRAME_PHASE = 12;

  private static final int LEAST_MEASURED_BINS = 5;

  /** Twice the rate of a quick step, and a little more. */
  private static final int LEAST_FEELING_BINS = 10;

  /** Along one axis 32 g: no sensor in a phone or watch measures more. */
  static final int HIGHEST_MG = 32_000;

  private static final float BIN_S = BIN_MS / 1e3f;
  private static final float FAST = share(0.06f);
  private static final float SLOW = share(0.4f);
  private static final float STRENGTH = share(2f);

  /** Of the mean swing. */
  private static final float THRESHOLD_SHARE = 0.3f;

  private static final float LEAST_THRESHOLD_MG = 15;

  /** How far it has to swing back before the next step. */
  private static final float RETURN_SHARE = 0.7f;

  /** 240 steps a minute; sprinters reach 290, for seconds. */
  private static final int LEAST_STEP_BINS = 6;

  private static final int LONGEST_STEP_BINS = 50;
  static final int CONFIRMED = 4;

  /** Ten times the noise of a phone's sensor in this band (about 100 to 300 ug a root Hz). */
  private static final float STILL_MG = 10;

  private long bin = Long.MIN_VALUE;
  /** When the bin begins; follows from it, and spares a division a sample. */
  private long binFromMs = Long.MIN_VALUE;

  private float binSumMg;
  private int binSamples;
  private float binMeanMg;
  private float fastMg;
  private float bandMg;
  private float slowMg;
  private float strengthMg;
  private boolean armed;
  private int sinceStep;
  private int run;
  private int frameBins;
  private int frameMeasured;
  private int frameSteps;
  private float frameFirstMg;
  private float frameSumMg;
  private float frameSquares;

  private static float share(float seconds) {
    return BIN_S / (seconds + BIN_S);
  }

  /** Takes a sample, the length of its vector. Whole seconds that are over thereby are told. */
  void add(long atMs, float lengthMg, Frames out) {
    long into = atMs - binFromMs;
    if (into < 0 || into >= BIN_MS) {
      turn(Math.floorDiv(atMs, BIN_MS), atMs, out);
    }
    if (binSamples == Short.MAX_VALUE) {
      return; // of one moment; so many more say nothing new
    }
    binSumMg += lengthMg;
    binSamples++;
  }

  /** Nothing follows: the begun second is told as it is. */
  void close(long atMs, Frames out) {
    close(atMs, frameMeasured + 1 >= LEAST_MEASURED_BINS, out);
  }

  /**
   * Other sensors have got further: the begun second is told, where there is one, and says nothing of
   * now. If the sensor was not silent but late, it goes on as if nothing had been.
   */
  void tellBegun(long atMs, Frames out) {
    tellBegun(atMs, false, out);
  }

  private void tellBegun(long atMs, boolean tellsOfNow, Frames out) {
    if (binSamples > 0) {
      endBin(true);
    }
    if (frameBins > 0) {
      tell(atMs, tellsOfNow, out);
    }
  }

  /** The sensor fell silent: the begun second is told, where there is one, and says nothing of now. */
  void endSilent(long atMs, Frames out) {
    if (bin != Long.MIN_VALUE) {
      close(atMs, false, out);
    }
  }

  private void close(long atMs, boolean tellsOfNow, Frames out) {
    tellBegun(atMs, tellsOfNow, out);
    at(Long.MIN_VALUE);
  }

  private void at(long number) {
    bin = number;
    binFromMs = number == Long.MIN_VALUE ? number : number * BIN_MS;
  }

  private void turn(long now, long atMs, Frames out) {
    long ahead = now - bin;
    boolean known = bin != Long.MIN_VALUE;
    if (known && ahead < 0 && ahead >= -BINS_A_FRAME) {
      return; // a straggler counts with the newest
    }
    if (!known || ahead < 0 || ahead > BINS_A_FRAME) {
      if (known) {
        close(atMs, false, out);
      }
      begin(now);
      return;
    }
    endBin(binSamples > 0);
    next(atMs, out);
    while (bin < now) {
      endBin(false); // a slow sensor holds its value
      next(atMs, out);
    }
  }

  private void begin(long now) {
    at(now);
    binSumMg = 0;
    binSamples = 0;
    run = -1; // the filters have nothing to begin with
    frameBins = 0;
    frameMeasured = 0;
    frameSteps = 0;
  }

  private void next(long atMs, Frames out) {
    at(bin + 1);
    if (Math.floorMod(bin, BINS_A_FRAME) == FRAME_PHASE) {
      tell(atMs, frameMeasured >= LEAST_MEASURED_BINS, out);
    }
  }

  /** @param tellsOfNow whether it may say that the device lies still */
  private void tell(long atMs, boolean tellsOfNow, Frames out) {
    float mean = frameSumMg / frameBins;
    float variance = frameSquares / frameBins - mean * mean;
    boolean still = tellsOfNow && variance <= STILL_MG * STILL_MG;
    int steps = frameSteps;
    boolean felt = frameMeasured >= LEAST_FEELING_BINS;
    frameBins = 0;
    frameMeasured = 0;
    frameSteps = 0;
    out.frame(atMs, steps, still, felt);
  }

  private void endBin(boolean measured) {
    if (measured) {
      binMeanMg = binSumMg / binSamples;
      binSumMg = 0;
      binSamples = 0;
      frameMeasured++;
    }
    if (frameBins++ == 0) {
      frameFirstMg = binMeanMg;
      frameSumMg = 0;
      frameSquares = 0;
    }
    float off = binMeanMg - frameFirstMg; // small numbers keep the variance exact
    frameSumMg += off;
    frameSquares += off * off;
    if (run < 0) {
      fastMg = binMeanMg;
      bandMg = binMeanMg;
      slowMg = binMeanMg;
      strengthMg = 0;
      armed = true;
      sinceStep = LONGEST_STEP_BINS;
      run = 0;
    }
    swing();
  }

  private void swing() {
    fastMg += FAST * (binMeanMg - fastMg);
    bandMg += FAST * (fastMg - bandMg);
    slowMg += SLOW * (bandMg - slowMg);
    float swing = bandMg - slowMg;
    strengthMg += STRENGTH * (Math.abs(swing) - strengthMg);
    float threshold = Math.max(LEAST_THRESHOLD_MG, THRESHOLD_SHARE * strengthMg);
    sinceStep = Math.min(LONGEST_STEP_BINS + 1, sinceStep + 1);
    if (armed && swing > threshold && sinceStep >= LEAST_STEP_BINS) {
      step();
    } else if (swing < -RETURN_SHARE * threshold) {
      armed = true;
    }
  }

  private void step() {
    if (sinceStep > LONGEST_STEP_BINS) {
      run = 0;
    }
    armed = false;
    sinceStep = 0;
    run = Math.min(CONFIRMED + 1, run + 1);
    if (run == CONFIRMED) {
      frameSteps += CONFIRMED;
    } else if (run > CONFIRMED) {
      frameSteps++;
    }
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, bin);
    out.putFloat(binSumMg).putShort((short) binSamples).putFloat(binMeanMg);
    out.putFloat(fastMg).putFloat(bandMg).putFloat(slowMg).putFloat(strengthMg);
    out.put((byte) sinceStep).put((byte) (run << 1 | (armed ? 1 : 0)));
    out.put((byte) frameBins).put((byte) frameMeasured).put((byte) frameSteps);
    out.putFloat(frameFirstMg).putFloat(frameSumMg).putFloat(frameSquares);
  }

  void read(ByteBuffer in) {
    at(StateBytes.get48(in));
    binSumMg = in.getFloat();
    binSamples = in.getShort();
    binMeanMg = in.getFloat();
    fastMg = in.getFloat();
    bandMg = in.getFloat();
    slowMg = in.getFloat();
    strengthMg = in.getFloat();
    sinceStep = in.get();
    int packed = in.get();
    run = packed >> 1;
    armed = (packed & 1) != 0;
    frameBins = in.get();
    frameMeasured = in.get();
    frameSteps = in.get();
    frameFirstMg = in.getFloat();
    frameSumMg = in.getFloat();
    frameSquares = in.getFloat();
  }
}
