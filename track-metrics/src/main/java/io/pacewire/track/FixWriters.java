package io.pacewire.track;

import java.util.function.ToIntFunction;

/** Whose fix a verdict is on, by its time. Immutable. */
final class FixWriters implements ToIntFunction<Verdict> {
  private final int line;
  private final long[] lentAtMs;
  private final int[] lenders;

  /**
   * @param line who lent nothing: each fix that is not of others
   * @param lentAtMs ascending
   * @param lenders of each
   */
  FixWriters(int line, long[] lentAtMs, int[] lenders) {
    this.line = line;
    this.lentAtMs = lentAtMs;
    this.lenders = lenders;
  }

  @Override
  public int applyAsInt(Verdict verdict) {
    if (verdict.reason() == Verdict.Reason.DUPLICATE) {
      return line;
    }
    int low = 0;
    int high = lentAtMs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lentAtMs[middle] < verdict.atEpochMs()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < lentAtMs.length && lentAtMs[low] == verdict.atEpochMs() ? lenders[low] : line;
  }
}
