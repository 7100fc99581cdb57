package io.pacewire.training.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What becomes one session: an activity of a file, or the stretch of it that was spent on one sport.
 *
 * @param fromMs the first time that belongs to it
 * @param beforeMs the first that does not
 * @param zone of the athlete, where the file does not say another
 */
record Recording(ActivityTape tape, String sport, long fromMs, long beforeMs, ZoneId zone) {

  /** What local time was called: the athlete's zone where the file agrees with it. */
  ZoneId zoneAt(long atMs) {
    if (tape.utcOffsetS == io.pacewire.activity.RecordedActivity.UNKNOWN_OFFSET) {
      return zone;
    }
    int usual = zone.getRules().getOffset(Instant.ofEpochMilli(atMs)).getTotalSeconds();
    try {
      return usual == tape.utcOffsetS ? zone : ZoneOffset.ofTotalSeconds(tape.utcOffsetS);
    } catch (DateTimeException e) {
      return zone; // no place on Earth is so far from Greenwich
    }
  }
}
