package io.pacewire.wire;

import java.util.Random;
import java.util.UUID;

/** Makes session ids: UUIDv7 (RFC 9562, 5.7), so that they sort by the time they were made. */
public final class SessionIds {
  private SessionIds() {}

  /**
   * @param epochMs 0 or later
   * @param random a secure one: who can guess ids can mix up one athlete's own sessions
   */
  public static UUID next(long epochMs, Random random) {
    if (epochMs < 0 || epochMs > WireLimits.MAX_EPOCH_MS) {
      throw new IllegalArgumentException("epochMs out of range: " + epochMs);
    }
    long most = epochMs << 16 | 0x7000 | random.nextInt(1 << 12);
    long least = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }
}
