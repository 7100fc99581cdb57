package io.pacewire.track;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Heart rate as it comes: latest, mean, highest, and time in zones. */
final class HeartRateMeter {
  /** A rate holds until the next, and no longer than that: watches leave out what hardly changes. */
  private static final long LONGEST_MS = 30_000;

  /** What was heard longer ago is not shown with a fix. */
  private static final long FRESH_MS = 10_000;

  /** What three bytes hold. */
  private static final int MOST_OF_A_SPLIT = (1 << 23) - 1;

  /** Long ago, so that nothing is near to it. */
  private static final long NONE = -1L << 46;

  private long latestAtMs = NONE;
  private long zoneFromMs = NONE;
  private int latestBpm;
  private int maxBpm;
  private long sumBpm;
  private long count;
  private long splitSumBpm;
  private long splitCount;
  private double impulse;
  private long heardMs;
  private final long[] zoneMs = new long[HeartRateZones.COUNT];

  /** @param bpm 0 where the sensor feels nothing */
  void add(long epochMs, int bpm, boolean counts, AthleteParameters athlete) {
    spend(epochMs, athlete);
    latestBpm = bpm;
    latestAtMs = epochMs;
    zoneFromMs = counts && bpm > 0 ? epochMs : NONE;
    if (zoneFromMs != NONE) {
      sumBpm += bpm;
      count++;
      if (splitCount < MOST_OF_A_SPLIT) {
        splitSumBpm += bpm;
        splitCount++;
      }
      maxBpm = Math.max(maxBpm, bpm);
    }
  }

  /** All but the latest rate. */
  void forget() {
    zoneFromMs = NONE;
    maxBpm = 0;
    sumBpm = 0;
    count = 0;
    splitSumBpm = 0;
    splitCount = 0;
    impulse = 0;
    heardMs = 0;
    Arrays.fill(zoneMs, 0);
  }

  /** The stopwatch stops: no zone gets what follows. */
  void pause(long epochMs, AthleteParameters athlete) {
    spend(epochMs, athlete);
    zoneFromMs = NONE;
  }

  /** The time since the latest rate belongs to that rate's zone. */
  private void spend(long epochMs, AthleteParameters athlete) {
    long since = Math.min(LONGEST_MS, epochMs - zoneFromMs);
    if (zoneFromMs == NONE || since < 0) {
      return;
    }
    heardMs += since;
    int zone = HeartRateZones.zone(latestBpm, athlete.maxHeartRateBpm());
    if (zone > 0) {
      zoneMs[zone - 1] += since;
    }
    impulse += TrainingImpulse.of(latestBpm, since / 60e3, athlete);
  }

  /** So long of the stopwatch a rate was known. */
  double heardS() {
    return heardMs / 1e3;
  }

  /** Banister's TRIMP so far. */
  double impulse() {
    return impulse;
  }

  boolean isHeard() {
    return count > 0;
  }

  /** Rates while the stopwatch ran. */
  long count() {
    return count;
  }

  /** The newest that is not too old at this time; 0 where there is none. */
  int bpmAt(long epochMs) {
    return epochMs - latestAtMs <= FRESH_MS ? latestBpm : 0;
  }

  int maxBpm() {
    return maxBpm;
  }

  double averageBpm() {
    return count == 0 ? 0 : (double) sumBpm / count;
  }

  double splitAverageBpm() {
    return splitCount == 0 ? 0 : (double) splitSumBpm / splitCount;
  }

  void nextSplit() {
    splitSumBpm = 0;
    splitCount = 0;
  }

  double[] zoneS() {
    double[] seconds = new double[zoneMs.length];
    for (int i = 0; i < zoneMs.length; i++) {
      seconds[i] = zoneMs[i] / 1e3;
    }
    return seconds;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, latestAtMs);
    StateBytes.putFlag(out, zoneFromMs != NONE); // then it is that of the latest
    out.put((byte) latestBpm).put((byte) maxBpm);
    StateBytes.put48(out, sumBpm);
    out.putInt((int) count).putInt((int) splitSumBpm);
    StateBytes.put24(out, (int) splitCount);
    for (long ms : zoneMs) {
      out.putInt((int) ms); // 24 days of a heart that is heard every ten seconds
    }
    out.putInt((int) heardMs).putDouble(impulse);
  }

  void read(ByteBuffer in) {
    latestAtMs = StateBytes.get48(in);
    zoneFromMs = StateBytes.getFlag(in) ? latestAtMs : NONE;
    latestBpm = in.get() & 0xFF;
    maxBpm = in.get() & 0xFF;
    sumBpm = StateBytes.get48(in);
    count = in.getInt();
    splitSumBpm = in.getInt();
    splitCount = StateBytes.get24(in);
    for (int i = 0; i < zoneMs.length; i++) {
      zoneMs[i] = in.getInt();
    }
    heardMs = in.getInt();
    impulse = in.getDouble();
  }
}
