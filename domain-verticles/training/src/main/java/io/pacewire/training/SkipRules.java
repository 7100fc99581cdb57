package io.pacewire.training;

import io.pacewire.wire.SeqRanges;

/** What is kept of what a device says it dropped for good. Pure. */
final class SkipRules {
  /** Disjoint ranges of a writer, with something between each and the next. */
  static final int MOST_A_WRITER = 256;

  private SkipRules() {}

  /**
   * Takes in what is said, range by range: one that begins a new range where there are so many is left
   * out, as if nothing had been said of it. What is known already changes nothing.
   */
  static void take(SeqRanges kept, SeqRanges said) {
    for (int range = 0; range < said.count(); range++) {
      int from = said.from(range);
      int to = said.to(range);
      if (kept.count() < MOST_A_WRITER || meets(kept, from, to)) {
        kept.add(from, to);
      }
    }
  }

  /** Whether it overlaps one of them, or is next to one. */
  private static boolean meets(SeqRanges kept, int from, int to) {
    int low = 0;
    int high = kept.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (kept.to(middle) < from - 1) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < kept.count() && kept.from(low) <= to + 1;
  }
}
