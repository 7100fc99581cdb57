package io.pacewire.ingest;

import io.pacewire.platform.web.KeyCounts;
import java.util.UUID;

/** How many connections each device has on this node, bounded. Thread-safe. */
final class DevicePlaces {
  private final int most;
  private final KeyCounts<UUID> open = new KeyCounts<>();

  /** @param most 0 for any number */
  DevicePlaces(int most) {
    this.most = most;
  }

  /** Whether one more would have to be turned away. */
  synchronized boolean isFull(UUID deviceId) {
    return most > 0 && open.of(deviceId) >= most;
  }

  /** Whether there was room; what was taken is to be given back. */
  synchronized boolean take(UUID deviceId) {
    if (isFull(deviceId)) {
      return false;
    }
    open.more(deviceId);
    return true;
  }

  synchronized void giveBack(UUID deviceId) {
    open.less(deviceId);
  }
}
