package io.pacewire.track.geo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Numbers that look like chance to all who lack the secret: HMAC-SHA-256 (RFC 2104) of a text. */
final class StableChance {
  private static final double UINT32 = 4_294_967_296.0;

  private final ByteBuffer bytes;

  private StableChance(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Good for eight numbers. */
  static StableChance of(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return new StableChance(ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Evenly from 0 to below 1, in steps of 2⁻³². */
  double next() {
    return Integer.toUnsignedLong(bytes.getInt()) / UINT32;
  }
}
