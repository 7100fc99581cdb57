package io.pacewire.track;

import java.nio.ByteBuffer;

/** A part of the state that stays as it was made until its sensor speaks, and few wear all of them. */
interface SensorPart {
  /** Whether it may differ from a new one. */
  boolean isTouched();

  void write(ByteBuffer out);

  void read(ByteBuffer in);
}
