package io.pacewire.training.imports;

import org.jspecify.annotations.Nullable;

/**
 * From when to when samples go on, but for the first and the last few: those may have been stated before the
 * receiver knew the time, and a fold passes over them. Pure.
 */
record SteadySpan(long fromMs, long toMs) {
  private static final int PASSED_OVER = 2;
  private static final int OF_HOW_MANY = 3;
  private static final long DAY_MS = 86_400_000;

  /** No file that anybody recorded goes on for longer. */
  private static final int MOST_DAYS = 31;

  /** @param places of the samples, by their times; there is one at least */
  static SteadySpan of(TimedValues samples, int[] places) {
    int over = Math.min(PASSED_OVER, (places.length - 1) / OF_HOW_MANY);
    return new SteadySpan(
        samples.atMs(places[over]), samples.atMs(places[places.length - 1 - over]));
  }

  /** Why nobody has recorded this; null where somebody may have. */
  @Nullable
  String refusal(long nowMs) {
    if (toMs > nowMs + DAY_MS) {
      return fromMs > nowMs + DAY_MS ? "lies in the future" : "ends in the future";
    }
    return toMs - fromMs > MOST_DAYS * DAY_MS
        ? "goes on for more than " + MOST_DAYS + " days: its clock was wrong, or it is no recording"
        : null;
  }
}
