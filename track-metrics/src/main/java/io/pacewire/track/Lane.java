package io.pacewire.track;

/** The samples of one sensor that wait for their turn, in the order the writer has them. */
interface Lane {
  /** Later than any time a sample can have. */
  long NEVER = Long.MAX_VALUE;

  /** Before any time a sample can have. */
  long BEFORE_ALL = Long.MIN_VALUE;

  /** The time of the first that waits or is new; {@link #NEVER} without any. */
  long firstAtMs();

  /** How many wait, those that cannot be taken yet included. */
  int left();

  /** How many may wait for other sensors. */
  int capacity();

  /** When the next one counts as taken; {@link #NEVER} where there is none to be taken. */
  long headAtMs();

  /** Among sensors with the same time the lower goes first. */
  int headRank();

  /** Time up to which this sensor's samples are there; {@link #BEFORE_ALL} without any. */
  long tailAtMs();

  /** The earliest time of those kept from batches before; {@link #NEVER} without any. */
  long firstWaitingMs();

  /** Folds the next one. */
  void take(FoldState state, FoldSink out);

  /** Takes over what is left of the batch; the batch may be changed after. */
  void keep();

  /** So far ahead of all samples a mark has to be confirmed by a later one, or by a sample. */
  long LEAP_MS = 15 * 60_000;

  static boolean leaps(long atMs, long beforeMs) {
    return beforeMs != BEFORE_ALL && atMs - beforeMs > LEAP_MS;
  }

  /** Sensors that speak each second are out of step by less. */
  long LEAD_MS = 1_000;

  /**
   * Whether a time is ahead of all that the sensor said before, so that only what comes tells whether
   * the clock was wrong for a moment or the sensor was silent. The first time of all is.
   */
  static boolean leads(long atMs, long beforeMs) {
    return beforeMs == BEFORE_ALL || atMs - beforeMs > LEAD_MS;
  }

  /** Whether the time after one that {@link #leads} says that it was wrong. */
  static boolean refutes(long nextMs, long atMs) {
    return nextMs < atMs - LEAD_MS;
  }

  /**
   * How far a sensor has got by a time that leads and the one that confirms it. What other sensors
   * said up to soon after it is here, too: the next may be as far ahead again.
   */
  static long confirmed(long atMs, long nextMs) {
    return Math.min(nextMs, atMs + SampleOrder.PATIENCE_MS);
  }

  /** A time that can be calculated with, whatever a device sends. */
  static long bounded(long epochMs) {
    return StateBytes.boundedMs(epochMs);
  }
}
