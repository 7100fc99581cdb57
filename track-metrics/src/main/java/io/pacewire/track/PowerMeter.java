package io.pacewire.track;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Mechanical power: mean, highest, work, and normalized power (Allen and Coggan, Training and Racing
 * with a Power Meter, chapter 7): the fourth root of the mean fourth power of the 30 s rolling mean,
 * second by second on the stopwatch. A value holds until the next, for ten seconds at most.
 */
final class PowerMeter implements SensorPart {
  private static final long LONGEST_MS = 10_000;
  private static final int WINDOW_S = 30;
  private static final int SECOND_MS = 1_000;

  /** More than there are; and one more is still a number. */
  private static final int MOST_SECONDS = 1 << 30;

  private long atMs = StateBytes.NONE;
  private int watts;
  private int highestW;
  private long workMj;
  private int begunMs;
  private int begunMj;
  private final short[] window = new short[WINDOW_S];
  private int windowSumW;
  private int seconds;
  private double fourthPowers;

  void add(long epochMs, int value, boolean counts) {
    holdUntil(epochMs, counts);
    atMs = epochMs;
    watts = value;
    if (counts) {
      highestW = Math.max(highestW, value);
    }
  }

  /** The value before holds until then. */
  void holdUntil(long epochMs, boolean counts) {
    long ms = atMs == StateBytes.NONE ? 0 : epochMs - atMs;
    if (counts && ms > 0 && atMs > 0) {
      hold((int) Math.min(LONGEST_MS, ms));
    }
  }

  /** All of it. */
  void forget() {
    atMs = StateBytes.NONE;
    watts = 0;
    highestW = 0;
    workMj = 0;
    begunMs = 0;
    begunMj = 0;
    Arrays.fill(window, (short) 0);
    windowSumW = 0;
    seconds = 0;
    fourthPowers = 0;
  }

  /** The stopwatch stopped or started: nothing is held over that. */
  void interrupt() {
    if (atMs != StateBytes.NONE) {
      atMs = 0;
    }
  }

  private void hold(int ms) {
    workMj += (long) watts * ms;
    int left = ms;
    while (begunMs + left >= SECOND_MS) {
      int part = SECOND_MS - begunMs;
      second((begunMj + watts * part + SECOND_MS / 2) / SECOND_MS);
      left -= part;
      begunMs = 0;
      begunMj = 0;
    }
    begunMs += left;
    begunMj += watts * left;
  }

  private void second(int meanW) {
    int slot = seconds % WINDOW_S;
    windowSumW += meanW - window[slot];
    window[slot] = (short) meanW;
    seconds++;
    if (seconds >= WINDOW_S) {
      double mean = (double) windowSumW / WINDOW_S;
      fourthPowers += mean * mean * mean * mean;
    }
  }

  /** NaN without a sensor. */
  double averageW() {
    return measuredMs() == 0 ? Double.NaN : (double) workMj / measuredMs();
  }

  int highestW() {
    return highestW;
  }

  double workKj() {
    return workMj / 1e6;
  }

  private long measuredMs() {
    return (long) seconds * SECOND_MS + begunMs;
  }

  double measuredS() {
    return measuredMs() / 1e3;
  }

  /** NaN before the first 30 s. */
  double normalizedW() {
    int windows = seconds - WINDOW_S + 1;
    return windows > 0 ? Math.sqrt(Math.sqrt(fourthPowers / windows)) : Double.NaN;
  }

  @Override
  public boolean isTouched() {
    return atMs != StateBytes.NONE;
  }

  @Override
  public void write(ByteBuffer out) {
    StateBytes.put48(out, atMs);
    out.putShort((short) watts).putShort((short) highestW);
    StateBytes.put48(out, workMj);
    out.putShort((short) begunMs).putInt(begunMj);
    long packed = 0;
    int bits = 0;
    for (short mean : window) { // 12 bits each: the lane lets nothing above 4,095 W through
      packed |= (long) mean << bits;
      bits += 12;
      while (bits >= 8) {
        out.put((byte) packed);
        packed >>= 8;
        bits -= 8;
      }
    }
    out.putInt(seconds).putDouble(fourthPowers);
  }

  @Override
  public void read(ByteBuffer in) {
    atMs = StateBytes.get48(in);
    watts = in.getShort();
    highestW = in.getShort();
    workMj = StateBytes.get48(in);
    begunMs = FoldState.count(in.getShort(), SECOND_MS, "milliseconds of a second");
    begunMj = in.getInt();
    windowSumW = 0;
    long packed = 0;
    int bits = 0;
    for (int i = 0; i < WINDOW_S; i++) {
      while (bits < 12) {
        packed |= (in.get() & 0xFFL) << bits;
        bits += 8;
      }
      window[i] = (short) (packed & 0xFFF);
      windowSumW += window[i];
      packed >>= 12;
      bits -= 12;
    }
    seconds = FoldState.count(in.getInt(), MOST_SECONDS, "seconds of power");
    fourthPowers = in.getDouble();
  }
}
