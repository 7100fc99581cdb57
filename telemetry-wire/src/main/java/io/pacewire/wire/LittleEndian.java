package io.pacewire.wire;

/** Fixed-width numbers as protobuf lays them down. Plain shifts: for one number a view costs more. */
final class LittleEndian {
  private LittleEndian() {}

  static long int64(byte[] bytes, int at) {
    return (int32(bytes, at) & 0xFFFF_FFFFL) | ((long) int32(bytes, at + 4) << 32);
  }

  static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF)
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFF) << 24;
  }
}
