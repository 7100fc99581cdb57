package io.pacewire.activity;

/** The newest time that a message stated, on which compressed times build. */
final class FitClock {
  private static final long EPOCH_S = 631_065_600; // 1989-12-31T00:00:00Z

  /** Smaller values count from when the device was switched on (FIT profile, date_time). */
  private static final long FIRST_DATE = 0x1000_0000;

  private static final int LOW_BITS = 0x1F;

  private long timestamp = -1;

  void reset() {
    timestamp = -1;
  }

  /** NaN changes nothing. */
  void set(double stated) {
    if (stated >= 0) {
      timestamp = (long) stated;
    }
  }

  /** To the next time that ends in these five bits. */
  void advance(int lowBits) {
    if (isSet()) {
      timestamp += (lowBits - timestamp) & LOW_BITS;
    }
  }

  boolean isSet() {
    return timestamp >= 0;
  }

  boolean knowsTheDate() {
    return timestamp >= FIRST_DATE;
  }

  long epochMs() {
    return epochMs(timestamp);
  }

  /** Seconds that were begun by then. */
  static long timestamp(long epochMs) {
    return Math.floorDiv(epochMs, 1_000L) - EPOCH_S;
  }

  /** The nearest second. */
  static double nearest(long epochMs) {
    return Math.round(epochMs / 1_000.0) - EPOCH_S;
  }

  /** Whether it fits into the field of a date that is known. */
  static boolean canSay(long timestamp) {
    return timestamp >= FIRST_DATE && timestamp < 0xFFFF_FFFFL;
  }

  static long epochMs(long fitTimestamp) {
    return (fitTimestamp + EPOCH_S) * 1_000;
  }
}
