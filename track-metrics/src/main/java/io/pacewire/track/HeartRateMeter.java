package io.pacewire.track;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Heart rate as it comes: latest, mean, highest, and time in zones. */
final class HeartRateMeter implements SensorPart {
  /** A rate holds until the next, and no longer than that: watches leave out what hardly changes. */
  private static final long LONGEST_MS = 30_000;

  /** What was heard longer ago is not shown with a fix. */
  private static final long FRESH_MS = 10_000;

  /** Long ago, so that nothing is near to it. */
  private static final long NONE = -1L << 46;

  private long latestAtMs = NONE;
  private long zoneFromMs = NONE;
  private int latestBpm;
  private int maxBpm;
  private long count;
  private double impulse;
  private long heardMs;
  private long heardBpmMs;
  private long splitMs;
  private long splitBpmMs;
  private final long[] zoneMs = new long[HeartRateZones.COUNT];

  /** @param bpm 0 where the sensor feels nothing */
  void add(long epochMs, int bpm, boolean counts, AthleteParameters athlete) {
    spend(epochMs, athlete);
    latestBpm = bpm;
    latestAtMs = epochMs;
    zoneFromMs = counts && bpm > 0 ? epochMs : NONE;
    if (zoneFromMs != NONE) {
      count++;
      maxBpm = Math.max(maxBpm, bpm);
    }
  }

  /** All but the latest rate. */
  void forget() {
    zoneFromMs = NONE;
    maxBpm = 0;
    count = 0;
    impulse = 0;
    heardMs = 0;
    heardBpmMs = 0;
    splitMs = 0;
    splitBpmMs = 0;
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
    if (zoneFromMs == NONE || since < 0 || heardMs + since > StateBytes.HIGHEST_32) {
      return;
    }
    heardMs += since;
    heardBpmMs += latestBpm * since;
    splitMs += since;
    splitBpmMs += latestBpm * since;
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

  /** Over the time that rates held: who writes what changes writes more of an effort than of a rest. */
  double averageBpm() {
    return average(heardBpmMs, heardMs);
  }

  double splitAverageBpm() {
    return average(splitBpmMs, splitMs);
  }

  /**
   * Ends the split at a time that lies between two samples: the rate that holds then belongs to both
   * splits, to each for its own part.
   *
   * @return the mean of the split that ends
   */
  double endSplit(long epochMs) {
    long heldMs = zoneFromMs == NONE ? 0 : Math.max(0, Math.min(LONGEST_MS, epochMs - zoneFromMs));
    long heldBpmMs = latestBpm * heldMs;
    double average = average(splitBpmMs + heldBpmMs, splitMs + heldMs);
    splitMs = -heldMs; // it is counted whole with the next sample
    splitBpmMs = -heldBpmMs;
    return average;
  }

  private double average(long bpmMs, long ms) {
    if (ms > 0) {
      return (double) bpmMs / ms;
    }
    return zoneFromMs == NONE ? 0 : latestBpm;
  }

  double[] zoneS() {
    double[] seconds = new double[zoneMs.length];
    for (int i = 0; i < zoneMs.length; i++) {
      seconds[i] = zoneMs[i] / 1e3;
    }
    return seconds;
  }

  @Override
  public boolean isTouched() {
    return latestAtMs != NONE;
  }

  @Override
  public void write(ByteBuffer out) {
    StateBytes.put48(out, latestAtMs);
    StateBytes.putFlag(out, zoneFromMs != NONE); // then it is that of the latest
    out.put((byte) latestBpm).put((byte) maxBpm);
    out.putInt((int) count).putInt((int) heardMs).putInt((int) splitMs);
    StateBytes.put48(out, heardBpmMs);
    StateBytes.put48(out, splitBpmMs);
    for (long ms : zoneMs) {
      out.putInt((int) ms);
    }
    out.putDouble(impulse);
  }

  @Override
  public void read(ByteBuffer in) {
    latestAtMs = StateBytes.get48(in);
    zoneFromMs = StateBytes.getFlag(in) ? latestAtMs : NONE;
    latestBpm = in.get() & 0xFF;
    maxBpm = in.get() & 0xFF;
    count = in.getInt() & StateBytes.HIGHEST_32;
    heardMs = in.getInt() & StateBytes.HIGHEST_32;
    splitMs = in.getInt();
    heardBpmMs = StateBytes.get48(in);
    splitBpmMs = StateBytes.get48(in);
    for (int i = 0; i < zoneMs.length; i++) {
      zoneMs[i] = in.getInt() & StateBytes.HIGHEST_32;
    }
    impulse = in.getDouble();
  }
}
