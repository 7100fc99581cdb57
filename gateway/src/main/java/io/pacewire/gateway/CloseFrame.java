package io.pacewire.gateway;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** The last frame to one end of a stream, which says why (RFC 6455, 5.5.1 and 7.4.1). */
record CloseFrame(int code, String reason) {
  private static final int FINAL_CLOSE = 0x88;
  private static final int MASKED = 0x80;
  private static final int GOING_AWAY = 1001;

  static CloseFrame goingAway(String reason) {
    return new CloseFrame(GOING_AWAY, reason);
  }

  Buffer toDevice() {
    Buffer payload = payload();
    return Buffer.buffer()
        .appendUnsignedByte((short) FINAL_CLOSE)
        .appendUnsignedByte((short) payload.length())
        .appendBuffer(payload);
  }

  /** As from a client, which masks. */
  Buffer toIngest() {
    byte[] payload = payload().getBytes();
    byte[] mask = new byte[Integer.BYTES];
    ThreadLocalRandom.current().nextBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % mask.length];
    }
    return Buffer.buffer()
        .appendUnsignedByte((short) FINAL_CLOSE)
        .appendUnsignedByte((short) (MASKED | payload.length))
        .appendBytes(mask)
        .appendBytes(payload);
  }

  private Buffer payload() {
    return Buffer.buffer()
        .appendUnsignedShort(code)
        .appendBytes(reason.getBytes(StandardCharsets.US_ASCII));
  }
}
