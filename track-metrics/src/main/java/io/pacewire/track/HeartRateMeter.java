package io.pacewire.track;

import java.nio.ByteBuffer;

/** Heart rate as it comes: latest, mean, highest, and time in zones. */
final class HeartRateMeter {
  /** A longer silence counts for no zone. */
  private static final long LONGEST_MS = 10_000;

  private long latestAtMs = Long.MIN_VALUE / 2;
  private int latestBpm;
  private int maxBpm;
  private long sumBpm;
  private long count;
  private long splitSumBpm;
  private long splitCount;
  private final long[] zoneMs = new long[HeartRateZones.COUNT];

  void add(long epochMs, int bpm, boolean counts, AthleteParameters athlete) {
    if (bpm <= 0 || bpm > 250) {
      return; // a strap without contact says 0, a broken one anything
    }
    long since = epochMs - latestAtMs;
    if (since < 0) {
      return;
    }
    if (counts) {
      int zone = HeartRateZones.zone(latestBpm, athlete.maxHeartRateBpm());
      if (since <= LONGEST_MS && zone > 0) {
        zoneMs[zone - 1] += since;
      }
      sumBpm += bpm;
      count++;
      splitSumBpm += bpm;
      splitCount++;
      maxBpm = Math.max(maxBpm, bpm);
    }
    latestBpm = bpm;
    latestAtMs = epochMs;
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
