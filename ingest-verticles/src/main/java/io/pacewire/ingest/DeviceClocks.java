package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which batches are live: not by the device's word alone, or a backlog that is called live would be held to
 * no quota of backlog (ADR 43). Kept of those devices alone whose clock is off or whose batches are wide, bounded; a device has one
 * clock, whatever its connections. Thread-safe.
 */
final class DeviceClocks {
  static final int MOST = 100_000;
  private static final long SWEEP_MS = 10_000;

  /** For who sends every ten minutes, and misses one. */
  private static final long KEEP_MS = 25 * 60_000;

  /** Where half of the room is taken. */
  private static final long KEEP_LITTLE_MS = 60_000;

  private final InstantSource clock;
  private final Map<UUID, DeviceClock> clocks = new HashMap<>();
  private long sweptMs;

  DeviceClocks(InstantSource clock) {
    this.clock = clock;
    this.sweptMs = clock.millis();
  }

  /** @param claimed as its device says what it is */
  Lane judge(UUID deviceId, Admitted claimed) {
    long nowMs = clock.millis();
    if (claimed.backfill()) {
      return Lane.BACKLOG;
    }
    long lastAtMs = claimed.header().lastAtEpochMs();
    return !LaneRules.isWide(claimed.header().firstAtEpochMs(), lastAtMs)
            && LaneRules.isNewHere(lastAtMs, nowMs)
        ? Lane.LIVE
        : look(deviceId, claimed, nowMs);
  }

  synchronized int size() {
    return clocks.size();
  }

  private synchronized Lane look(UUID deviceId, Admitted claimed, long nowMs) {
    sweep(nowMs);
    DeviceClock known = clocks.get(deviceId);
    if (known == null) {
      if (clocks.size() >= MOST) {
        return Lane.BACKLOG;
      }
      known = new DeviceClock(nowMs);
      clocks.put(deviceId, known);
    }
    long firstAtMs = claimed.header().firstAtEpochMs();
    long lastAtMs = claimed.header().lastAtEpochMs();
    return LaneRules.isWide(firstAtMs, lastAtMs)
        ? known.wide(nowMs)
        : known.look(firstAtMs, Math.max(claimed.sentAtMs(), lastAtMs), nowMs);
  }

  private void sweep(long nowMs) {
    if (Math.abs(nowMs - sweptMs) > SWEEP_MS) {
      sweptMs = nowMs;
      long keepMs = clocks.size() < MOST / 2 ? KEEP_MS : KEEP_LITTLE_MS;
      clocks.values().removeIf(one -> one.isIdle(nowMs, keepMs));
    }
  }
}
