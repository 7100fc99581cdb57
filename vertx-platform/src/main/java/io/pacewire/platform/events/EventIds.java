package io.pacewire.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids of facts, made from what names the fact: version 5 UUIDs (RFC 9562, 5.5). */
final class EventIds {
  /** Of Pacewire's facts; drawn once, never to be changed. */
  private static final UUID NAMESPACE = UUID.fromString("6d1c3f5e-9a0b-4c57-8f21-70e4b8a2d913");

  private EventIds() {}

  static UUID of(String naturalKey) {
    return of(NAMESPACE, naturalKey);
  }

  static UUID of(UUID namespace, String name) {
    ByteBuffer hash = ByteBuffer.wrap(sha1(namespace, name));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] sha1(UUID namespace, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(ByteBuffer.allocate(16)
          .putLong(namespace.getMostSignificantBits())
          .putLong(namespace.getLeastSignificantBits())
          .array());
      return digest.digest(name.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
