package io.pacewire.track;

import java.nio.ByteBuffer;

/** Steps or revolutions a minute, by time; standing still and coasting are left out of the mean. */
final class CadenceMeter implements SensorPart {
  /** A value holds until the next, and no longer than that. */
  private static final long LONGEST_MS = 10_000;

  private long atMs = StateBytes.NONE;
  private int perMin;
  private int highestPerMin;
  private long turnsTimesMinuteMs;
  private long turningMs;

  void add(long epochMs, int value, boolean counts) {
    hold(epochMs, counts);
    atMs = epochMs;
    perMin = value;
    if (counts) {
      highestPerMin = Math.max(highestPerMin, value);
    }
  }

  /** The value before holds until then. */
  void hold(long untilMs, boolean counts) {
    long ms = atMs == StateBytes.NONE ? 0 : untilMs - atMs;
    if (counts && ms > 0 && perMin > 0) {
      long held = Math.min(Math.min(LONGEST_MS, ms), StateBytes.HIGHEST_32 - turningMs);
      turnsTimesMinuteMs += perMin * held;
      turningMs += held;
    }
  }

  /** All of it. */
  void forget() {
    atMs = StateBytes.NONE;
    perMin = 0;
    highestPerMin = 0;
    turnsTimesMinuteMs = 0;
    turningMs = 0;
  }

  /** The stopwatch stopped or started. */
  void interrupt() {
    perMin = 0;
  }

  /** NaN where nothing turned. */
  double averagePerMin() {
    return turningMs == 0 ? Double.NaN : (double) turnsTimesMinuteMs / turningMs;
  }

  double turningS() {
    return turningMs / 1e3;
  }

  int highestPerMin() {
    return highestPerMin;
  }

  /** All turns, or steps. */
  double turns() {
    return turnsTimesMinuteMs / 60e3;
  }

  @Override
  public boolean isTouched() {
    return atMs != StateBytes.NONE;
  }

  @Override
  public void write(ByteBuffer out) {
    StateBytes.put48(out, atMs);
    out.putShort((short) perMin).putShort((short) highestPerMin);
    StateBytes.put48(out, turnsTimesMinuteMs);
    out.putInt((int) turningMs);
  }

  @Override
  public void read(ByteBuffer in) {
    atMs = StateBytes.get48(in);
    perMin = in.getShort();
    highestPerMin = in.getShort();
    turnsTimesMinuteMs = StateBytes.get48(in);
    turningMs = in.getInt() & StateBytes.HIGHEST_32;
  }
}
