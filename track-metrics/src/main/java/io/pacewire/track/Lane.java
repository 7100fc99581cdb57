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

  /** A time that can be calculated with, whatever a device sends. */
  static long bounded(long epochMs) {
    return StateBytes.boundedMs(epochMs);
  }
}
