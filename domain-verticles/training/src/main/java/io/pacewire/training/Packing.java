package io.pacewire.training;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** Makes bytes fewer. Zstandard: of what delta coding left it takes a third, at 20 ns a sample. */
final class Packing {
  /** Higher ones take ten times the time for a hundredth of the bytes. */
  private static final int LEVEL = 3;

  /** What is longer was not made here. */
  private static final long MOST_BYTES = 64L << 20;

  private Packing() {}

  static byte[] pack(byte[] bytes) {
    return Zstd.compress(bytes, LEVEL);
  }

  /** @throws IllegalArgumentException where it is nothing that {@link #pack} made */
  static byte[] unpack(byte[] packed) {
    try {
      long length = packed.length == 0 ? -1 : Zstd.getFrameContentSize(packed);
      if (length < 0 || length > MOST_BYTES) {
        throw new IllegalArgumentException("packed bytes of unknown length");
      }
      return Zstd.decompress(packed, (int) length);
    } catch (ZstdException e) {
      throw new IllegalArgumentException("packed bytes cannot be read: " + e.getMessage(), e);
    }
  }
}
