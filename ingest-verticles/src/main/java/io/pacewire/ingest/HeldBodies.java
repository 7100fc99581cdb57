package io.pacewire.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What an event loop holds of requests that are not answered yet, bounded in bytes, and by device. */
final class HeldBodies {
  /** One on its way while another is answered; more would only take the room of others. */
  static final int MOST_A_DEVICE = 4;

  private final long mostBytes;
  private final Map<UUID, Integer> devices = new HashMap<>();
  private long heldBytes;

  HeldBodies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Whether there was room; what was taken is to be given back. */
  boolean take(long bytes) {
    if (bytes > mostBytes - heldBytes) {
      return false;
    }
    heldBytes += bytes;
    return true;
  }

  void giveBack(long bytes) {
    heldBytes -= bytes;
  }

  /** Whether this device may have one more; each is to be {@link #leave left}. */
  boolean enter(UUID deviceId) {
    if (devices.getOrDefault(deviceId, 0) >= MOST_A_DEVICE) {
      return false;
    }
    int unused = devices.merge(deviceId, 1, Integer::sum);
    return true;
  }

  void leave(UUID deviceId) {
    Integer unused = devices.computeIfPresent(deviceId, (id, open) -> open > 1 ? open - 1 : null);
  }

  long heldBytes() {
    return heldBytes;
  }
}
