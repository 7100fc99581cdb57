package io.pacewire.wire;

import java.util.UUID;

/** UUIDs as 16 bytes, big endian (RFC 9562, 4). */
final class Uuids {
  static final int LENGTH = 16;

  private Uuids() {}

  static byte[] toBytes(UUID id) {
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (id.getMostSignificantBits() >>> (56 - 8 * i));
      bytes[8 + i] = (byte) (id.getLeastSignificantBits() >>> (56 - 8 * i));
    }
    return bytes;
  }

  static UUID read(ProtoReader in, String field) {
    int length = in.length(field);
    if (length != LENGTH) {
      throw new MalformedBatchException(field + " has " + length + " bytes, not 16");
    }
    int from = in.position();
    in.advance(LENGTH);
    return new UUID(bigEndian(in.bytes(), from), bigEndian(in.bytes(), from + 8));
  }

  private static long bigEndian(byte[] bytes, int from) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[from + i] & 0xFF);
    }
    return value;
  }
}
