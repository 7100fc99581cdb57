package io.pacewire.ingest;

import io.vertx.core.buffer.Buffer;

/**
 * What a device is asked to do.
 *
 * @param id so that the same one is queued once
 * @param payload JSON, as who sent it wrote it
 */
record DeviceCommand(String id, long expiresAtMs, Buffer payload) {
  static final int MAX_BYTES = 16_384;
  private static final int MAX_ID = 64;

  /** 1 January 3000: what tells a far time in other units from one. */
  private static final long LATEST_MS = 32_503_680_000_000L;

  DeviceCommand {
    if (expiresAtMs < 0 || expiresAtMs > LATEST_MS) {
      throw new IllegalArgumentException("expires-at out of range: " + expiresAtMs);
    }
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException("id must have 1.." + MAX_ID + " characters, was " + id);
    }
    if (payload.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "payload must have at most " + MAX_BYTES + " bytes, had " + payload.length());
    }
  }
}
