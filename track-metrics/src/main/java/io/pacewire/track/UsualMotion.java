package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * How fast this athlete has been going, and how often this receiver has a fix: running means over
 * about a minute. What lies far outside both is doubted where the distance in time to the fix before
 * leaves everything possible.
 */
final class UsualMotion {
  private static final float MEMORY_S = 60;

  /** Of the mean of the intervals, in fixes. */
  private static final float INTERVAL_MEMORY = 50;

  private static final float FIRST_INTERVAL_S = 3;

  /** Before that a mean says little. */
  private static final float LEARNING_S = 10;

  /**
   * One sigma of how far an athlete strays from where the filter expects him, a second: half of the
   * usual way, so that who turns round is not doubted (he is two ways off, the gate lies at 3.7
   * sigma), and half a metre for who hardly moves.
   */
  private static final float STRAY_MPS = 0.5f;

  private static final float STRAY_OF_SPEED = 0.5f;

  private static final double LEAST_SILENCE_S = 10;

  /** A receiver with a fix every ten seconds is not silent in between. */
  private static final double SILENT_INTERVALS = 3;

  private float speedMps;
  private float learntS;
  private float intervalS = FIRST_INTERVAL_S;

  /** A fix was taken, so far and so long after the one before. */
  void went(double metres, double seconds) {
    learntS = Math.min(MEMORY_S, learntS + (float) seconds);
    float weight = (float) Math.min(1, seconds / learntS);
    speedMps += weight * ((float) (metres / seconds) - speedMps);
    intervalS += ((float) seconds - intervalS) / INTERVAL_MEMORY;
  }

  /** The track goes on elsewhere: whoever goes on with it may go as he likes. */
  void forget() {
    learntS = 0;
  }

  /** One sigma of the straying after so long, metres; infinite while nothing is known. */
  double strayM(double seconds) {
    return learntS < LEARNING_S
        ? Double.POSITIVE_INFINITY
        : (STRAY_MPS + STRAY_OF_SPEED * speedMps) * seconds;
  }

  /** The mean over about a minute, or since the line began. */
  double speedMps() {
    return speedMps;
  }

  /** So long without a fix, by the receiver's own rhythm, one may have turned meanwhile. */
  double silenceS() {
    return Math.max(LEAST_SILENCE_S, SILENT_INTERVALS * intervalS);
  }

  /** The mean time between fixes. */
  double intervalS() {
    return intervalS;
  }

  void write(ByteBuffer out) {
    out.putFloat(speedMps).putFloat(learntS).putFloat(intervalS);
  }

  void read(ByteBuffer in) {
    speedMps = in.getFloat();
    learntS = in.getFloat();
    intervalS = in.getFloat();
  }
}
