package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which batches are live: not by the device's word alone, or a backlog that is called live would be held to
 * no quota of backlog (ADR 43). Kept of those devices alone whose clock is off, bounded; a device has one
 * clock, whatever its connections. Thread-safe.
 */
final class DeviceClocks {
  static final int MOST = 100_000;
  private static final long SWEEP_MS = 10_000;

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
    return LaneRules.isNewHere(claimed.header().lastAtEpochMs(), nowMs)
        ? Lane.LIVE
        : look(deviceId, claimed.sentAtMs(), nowMs);
  }

  synchronized int size() {
    return clocks.size();
  }

  private synchronized Lane look(UUID deviceId, long sentAtMs, long nowMs) {
    sweep(nowMs);
    DeviceClock known = clocks.get(deviceId);
    if (known == null) {
      if (clocks.size() >= MOST) {
        return Lane.BACKLOG;
      }
      known = new DeviceClock(nowMs);
      clocks.put(deviceId, known);
    }
    return known.look(sentAtMs, nowMs);
  }

  private void sweep(long nowMs) {
    if (Math.abs(nowMs - sweptMs) > SWEEP_MS) {
      sweptMs = nowMs;
      clocks.values().removeIf(one -> one.isIdle(nowMs));
    }
  }
}
