package io.pacewire.platform.live;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which athletes somebody watches, for as long as that is renewed. Bounded: where too many are watched,
 * all that share an address with another one count as watched. Times are of one monotonic clock.
 * Thread-safe.
 */
final class WatchLeases {
  private final long leaseMs;
  private final int mostAthletes;

  /** The longest not renewed first. */
  private final Map<UUID, Long> untilMs = new LinkedHashMap<>();

  private final Map<Integer, Long> slotsUntilMs = new LinkedHashMap<>();

  WatchLeases(long leaseMs, int mostAthletes) {
    this.leaseMs = leaseMs;
    this.mostAthletes = mostAthletes;
  }

  synchronized void renew(UUID athlete, int slot, long nowMs) {
    Long unused = untilMs.remove(athlete); // to the end of the line
    dropOver(nowMs);
    if (untilMs.size() < mostAthletes) {
      untilMs.put(athlete, nowMs + leaseMs);
    } else {
      renewAll(slot, nowMs);
    }
  }

  /** Of everybody on this address. */
  synchronized void renewAll(int slot, long nowMs) {
    slotsUntilMs.put(slot, nowMs + leaseMs);
  }

  synchronized boolean isWatched(UUID athlete, int slot, long nowMs) {
    return lasts(untilMs.get(athlete), nowMs) || lasts(slotsUntilMs.get(slot), nowMs);
  }

  private static boolean lasts(@Nullable Long untilMs, long nowMs) {
    return untilMs != null && untilMs > nowMs;
  }

  private void dropOver(long nowMs) {
    Iterator<Long> eldest = untilMs.values().iterator();
    while (eldest.hasNext() && eldest.next() <= nowMs) {
      eldest.remove();
    }
  }
}
