package io.pacewire.activity;

import java.util.List;

/**
 * What must be known of an activity before its samples are written.
 *
 * @param name of the athlete's choosing; may be empty
 * @param sport by the wire's names: run, ride, walk, …, other
 * @param deviceName what recorded; empty where unknown
 * @param startAtEpochMs when the timer first ran
 * @param endAtEpochMs when it stopped for good
 * @param utcOffsetS how far local time was ahead; {@link RecordedActivity#UNKNOWN_OFFSET} where
 *     unknown
 * @param figures of all of it
 * @param laps in order; where there are none, all of it is written as one
 */
public record ActivityOutline(
    String name,
    String sport,
    String deviceName,
    long startAtEpochMs,
    long endAtEpochMs,
    int utcOffsetS,
    ActivityFigures figures,
    List<ActivityLap> laps) {
  /** The end of the year 9999, behind which times have another form. */
  private static final long LAST_MS = 253_402_300_799_999L;

  public ActivityOutline {
    if (startAtEpochMs < 0 || startAtEpochMs > LAST_MS) {
      throw new IllegalArgumentException("startAtEpochMs out of range: " + startAtEpochMs);
    }
    if (endAtEpochMs < startAtEpochMs || endAtEpochMs > LAST_MS) {
      throw new IllegalArgumentException("endAtEpochMs out of range: " + endAtEpochMs);
    }
    laps = List.copyOf(laps);
    for (int i = 1; i < laps.size(); i++) {
      if (laps.get(i).startAtEpochMs() < laps.get(i - 1).startAtEpochMs()) {
        throw new IllegalArgumentException("laps[" + i + "] starts before the one before it");
      }
    }
  }

  boolean hasUtcOffset() {
    return utcOffsetS != RecordedActivity.UNKNOWN_OFFSET;
  }

  long elapsedMs() {
    return endAtEpochMs - startAtEpochMs;
  }

  /** At least one. */
  List<ActivityLap> lapsOrAll() {
    return laps.isEmpty()
        ? List.of(new ActivityLap(startAtEpochMs, endAtEpochMs, "", figures))
        : laps;
  }
}
