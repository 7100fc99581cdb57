package io.pacewire.ingest;

import io.pacewire.platform.web.KeyCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node holds of requests that are not answered yet: bounded in bytes, and by device and
 * athlete, so that nobody takes the room of everybody. Thread-safe: a device's connections are on any of
 * its event loops.
 */
final class HeldBodies {
  /** One on its way while another is answered; more would only take the room of others. */
  static final int MOST_A_DEVICE = 4;

  /** All devices of an athlete together. */
  static final int MOST_AN_ATHLETE = 16;

  /** An athlete may hold one part of so many of what all others leave: so a few never have all of it. */
  static final int PARTS = 4;

  private final long mostBytes;
  private final KeyCounts<UUID> devices = new KeyCounts<>();
  private final KeyCounts<UUID> athletes = new KeyCounts<>();
  private final Map<UUID, Long> bytesOf = new HashMap<>();
  private long heldBytes;

  HeldBodies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * As much as may be on its way to Kafka, without what one body of each event loop becomes while it is
   * taken apart; at least so much for each event loop that an athlete's part holds a body of each.
   */
  static HeldBodies of(IngestConfig config) {
    long apart = (1L + BatchBody.JSON_TIMES) * config.maxBodyBytes() * config.loops();
    long least = (long) PARTS * config.maxBodyBytes() * config.loops();
    return new HeldBodies(Math.max(least, config.inFlightBytes() - apart));
  }

  /** Null where there was room for so many bytes more, which are to be given back; otherwise what is full. */
  @Nullable
  synchronized WebLimit take(UUID athlete, long bytes) {
    long own = bytesOf.getOrDefault(athlete, 0L);
    if (bytes > mostBytes / PARTS - own) {
      return WebLimit.ATHLETE_BYTES;
    }
    if (bytes > (mostBytes - (heldBytes - own)) / PARTS - own) {
      return WebLimit.NODE_BYTES;
    }
    add(athlete, bytes);
    return null;
  }

  synchronized void giveBack(UUID athlete, long bytes) {
    add(athlete, -bytes);
  }

  private void add(UUID athlete, long bytes) {
    if (bytes == 0) {
      return;
    }
    heldBytes += bytes;
    Long unused =
        bytesOf.merge(athlete, bytes, (held, more) -> held + more == 0 ? null : held + more);
  }

  /** Null where it may have one more request, which is to be {@link #leave left}; otherwise what is full. */
  @Nullable
  synchronized WebLimit enter(Device device) {
    if (devices.of(device.deviceId()) >= MOST_A_DEVICE) {
      return WebLimit.DEVICE_REQUESTS;
    }
    if (athletes.of(device.athleteId()) >= MOST_AN_ATHLETE) {
      return WebLimit.ATHLETE_REQUESTS;
    }
    devices.more(device.deviceId());
    athletes.more(device.athleteId());
    return null;
  }

  synchronized void leave(Device device) {
    devices.less(device.deviceId());
    athletes.less(device.athleteId());
  }

  synchronized long heldBytes() {
    return heldBytes;
  }
}
