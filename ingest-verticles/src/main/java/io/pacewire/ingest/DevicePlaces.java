package io.pacewire.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many connections each device has on this node, bounded. Thread-safe. */
final class DevicePlaces {
  private final int most;
  private final Map<UUID, Integer> open = new HashMap<>();

  /** @param most 0 for any number */
  DevicePlaces(int most) {
    this.most = most;
  }

  /** Whether one more would have to be turned away. */
  synchronized boolean isFull(UUID deviceId) {
    return most > 0 && open.getOrDefault(deviceId, 0) >= most;
  }

  /** Whether there was room; what was taken is to be given back. */
  synchronized boolean take(UUID deviceId) {
    if (isFull(deviceId)) {
      return false;
    }
    int unused = open.merge(deviceId, 1, Integer::sum);
    return true;
  }

  synchronized void giveBack(UUID deviceId) {
    Integer unused = open.computeIfPresent(deviceId, (id, count) -> count > 1 ? count - 1 : null);
  }
}
