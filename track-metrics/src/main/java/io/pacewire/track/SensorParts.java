package io.pacewire.track;

import java.nio.ByteBuffer;

/** Writes the parts whose sensors spoke, and one byte that says which. */
final class SensorParts {
  /** Longer than any part. */
  private static final int ROOM = 128;

  private final SensorPart[] parts;

  /** What new ones write: those of a state that is used again become new by reading it. */
  private final byte[][] fresh;

  /** @param parts new ones, at most eight */
  SensorParts(SensorPart... parts) {
    this.parts = parts;
    fresh = new byte[parts.length][ROOM];
    for (int i = 0; i < parts.length; i++) {
      parts[i].write(ByteBuffer.wrap(fresh[i]));
    }
  }

  void write(ByteBuffer out) {
    int touched = 0;
    for (int i = 0; i < parts.length; i++) {
      touched |= parts[i].isTouched() ? 1 << i : 0;
    }
    out.put((byte) touched);
    for (SensorPart part : parts) {
      if (part.isTouched()) {
        part.write(out);
      }
    }
  }

  void read(ByteBuffer in) {
    int touched = in.get();
    for (int i = 0; i < parts.length; i++) {
      if ((touched & 1 << i) != 0) {
        parts[i].read(in);
      } else if (parts[i].isTouched()) {
        parts[i].read(ByteBuffer.wrap(fresh[i]));
      }
    }
  }
}
