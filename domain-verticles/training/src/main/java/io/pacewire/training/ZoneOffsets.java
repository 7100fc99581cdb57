package io.pacewire.training;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much the clocks of a place were ahead of UTC, as a database can look it up. Its own tables of zones may be of
 * another release than ours, and it reads a name as UTC+3 the other way round.
 *
 * @param changesAtMs when the clocks were changed, ascending
 * @param offsetsS ahead of UTC: before the first change, after it, and so on; one more than changes
 */
record ZoneOffsets(List<Long> changesAtMs, List<Integer> offsetsS) {
  /** As they are from one moment to another, both included. */
  static ZoneOffsets of(ZoneId zone, Instant from, Instant to) {
    ZoneRules rules = zone.getRules();
    List<Long> changesAtMs = new ArrayList<>();
    List<Integer> offsetsS = new ArrayList<>();
    ZoneOffset first = rules.getOffset(from);
    offsetsS.add(first.getTotalSeconds());
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && !change.getInstant().isAfter(to)) {
      changesAtMs.add(change.getInstant().toEpochMilli());
      offsetsS.add(change.getOffsetAfter().getTotalSeconds());
      change = rules.nextTransition(change.getInstant());
    }
    return new ZoneOffsets(changesAtMs, offsetsS);
  }

  Long[] changes() {
    return changesAtMs.toArray(new Long[0]);
  }

  Integer[] offsets() {
    return offsetsS.toArray(new Integer[0]);
  }
}
