package io.pacewire.track;

import java.nio.ByteBuffer;

/** Heart rate as it comes: latest, mean, highest, and time in zones. */
final class HeartRateMeter {
  /** A longer silence counts for no zone. */
  private static final long LONGEST_MS = 10_000;

  private static final long NONE = Long.MIN_VALUE / 2;

  private long latestAtMs = NONE;
  private long zoneFromMs = NONE;
  private int latestBpm;
  private int maxBpm;
  private long sumBpm;
  private long count;
  private long splitSumBpm;
  private long splitCount;
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
      splitSumBpm += bpm;
      splitCount++;
      maxBpm = Math.max(maxBpm, bpm);
    }
  }

  /** The stopwatch stops: no zone gets what follows. */
  void pause(long epochMs, AthleteParameters athlete) {
    spend(epochMs, athlete);
    zoneFromMs = NONE;
  }

  /** The time since the latest rate belongs to that rate's zone. */
  private void spend(long epochMs, AthleteParameters athlete) {
    int zone = HeartRateZones.zone(latestBpm, athlete.maxHeartRateBpm());
    long since = epochMs - zoneFromMs;
    if (zone > 0 && since >= 0 && since <= LONGEST_MS) {
      zoneMs[zone - 1] += since;
    }
  }

  /** The newest that is not too old at this time; 0 where there is none. */
  int bpmAt(long epochMs) {
    return epochMs - latestAtMs <= LONGEST_MS ? latestBpm : 0;
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
    out.putLong(latestAtMs)
        .putLong(zoneFromMs)
        .putInt(latestBpm)
        .putInt(maxBpm)
        .putLong(sumBpm)
        .putLong(count)
        .putLong(splitSumBpm)
        .putLong(splitCount);
    for (long ms : zoneMs) {
      out.putLong(ms);
    }
  }

  void read(ByteBuffer in) {
    latestAtMs = in.getLong();
    zoneFromMs = in.getLong();
    latestBpm = in.getInt();
    maxBpm = in.getInt();
    sumBpm = in.getLong();
    count = in.getLong();
    splitSumBpm = in.getLong();
    splitCount = in.getLong();
    for (int i = 0; i < zoneMs.length; i++) {
      zoneMs[i] = in.getLong();
    }
  }
}
