package io.pacewire.track;

import io.pacewire.wire.WireLimits;
import java.nio.ByteBuffer;

/**
 * Narrow forms of what the state keeps, so that it stays within a KiB. All of them are exact:
 * times and durations are bounded where they come in ({@link Lane#bounded}), and fit six bytes.
 */
final class StateBytes {
  /** A time that is not known. */
  static final long NONE = Long.MIN_VALUE;

  static final int HIGHEST_24 = (1 << 23) - 1;

  /** Of a duration in four bytes, without a sign: 49 days in ms. */
  static final long HIGHEST_32 = 0xFFFF_FFFFL;

  private static final long NONE_STORED = -1L << 47;
  private static final int HIGH_BITS = 32;

  private StateBytes() {}

  /** A time, a duration in ms, or a distance in mm or um (140,000 km); or {@link #NONE}. */
  static void put48(ByteBuffer out, long value) {
    long stored = value == NONE ? NONE_STORED : value;
    out.putShort((short) (stored >> HIGH_BITS)).putInt((int) stored);
  }

  static long get48(ByteBuffer in) {
    long high = in.getShort();
    long value = (high << HIGH_BITS) | (in.getInt() & 0xFFFF_FFFFL);
    return value == NONE_STORED ? NONE : value;
  }

  /** -8,388,608 to 8,388,607. */
  static void put24(ByteBuffer out, int value) {
    out.put((byte) (value >> 16)).putShort((short) value);
  }

  static int get24(ByteBuffer in) {
    int high = in.get();
    return (high << 16) | (in.getShort() & 0xFFFF);
  }

  static void putFlag(ByteBuffer out, boolean flag) {
    out.put((byte) (flag ? 1 : 0));
  }

  static boolean getFlag(ByteBuffer in) {
    return in.get() != 0;
  }

  /** A time of the wire, from 1970 to the year 3000. */
  static long boundedMs(long epochMs) {
    return Math.max(0, Math.min(WireLimits.MAX_EPOCH_MS, epochMs));
  }
}
