package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Distance in whole micrometres, so that a sum does not depend on what it is made of; and the splits and
 * laps it is cut into. How long the way is that a receiver saw, the {@link ChordLine} says. What is being
 * walked counts as far as it got, and never shrinks.
 */
final class DistanceMeter {
  private static final double UM_A_M = 1e6;

  /** The stopwatch at the start of a split, which lies between two fixes, is kept to so much. */
  private static final double SPLIT_A_MS = 64;

  /** Twice round the Earth and more; whoever claims to have gone further is not counted on. */
  private static final long LONGEST_UM = 100_000_000_000_000L;

  /** Who presses lap and then stop wants no lap between. */
  private static final long LEAST_LAP_UM = 1_000_000;

  private static final long LEAST_LAP_MS = 3_000;

  private static final long UM_A_SPLIT = 1_000_000_000L;

  private long distanceUm;
  private long estimatedUm;
  private final ChordLine line = new ChordLine();
  private long countedTimerMs;
  private long countedAtMs;
  private double splitStartTimerMs;
  private float splitStartAscentM;
  private long lapStartUm;
  private long lapStartTimerMs;
  private int lapIndex = 1;
  /** Of a lap mark since the way was last counted; it gets its share of what is counted next. */
  private long lapAtMs = StateBytes.NONE;

  /** Goes on from here without counting the way. */
  void anchor(double latitude, double longitude, long timerMs, long epochMs, FoldSink out) {
    settle(out);
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
    line.begin(latitude, longitude, distanceUm);
  }

  /** Stays where the chord begins: time goes by, no way. */
  void stand(long timerMs, long epochMs, FoldSink out) {
    settle(out);
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  /** The stopwatch goes on: laps count from here, not from before the pause. */
  void resume(long timerMs, long epochMs) {
    if (countedAtMs != 0) {
      countedTimerMs = timerMs;
      countedAtMs = epochMs;
    }
  }

  /** The stopwatch starts: what a receiver said before is on no lap and in no split. */
  void start(long timerMs, long epochMs) {
    resume(timerMs, epochMs);
    lapStartTimerMs = timerMs;
    splitStartTimerMs = timerMs;
  }

  /** The way from the furthest place of the chord that is being walked. */
  double wayM(double latitude, double longitude) {
    return line.wayM(latitude, longitude);
  }

  /** The receiver has another fix, which the filter knows. */
  void move(Fix fix, double seconds, long timerMs, FoldState state, FoldSink out) {
    long sinceMs = Math.max(0, fix.atMs - countedAtMs);
    count(line.reachUm(fix, seconds, sinceMs, state), timerMs, fix.atMs, state, out);
  }

  /**
   * Counts a straight line across missing fixes.
   *
   * @param doubted as {@link ChordLine#acrossUm} has it
   * @param mostM no more of it counts
   */
  void bridge(
      double latitude,
      double longitude,
      boolean doubted,
      double mostM,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    long before = distanceUm;
    long acrossUm = line.acrossUm(latitude, longitude, doubted);
    count(Math.min(acrossUm, most(before, mostM)), timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
    line.begin(latitude, longitude, distanceUm);
  }

  private static long most(long fromUm, double metres) {
    return fromUm
        + Math.min(LONGEST_UM, Math.round(metres * UM_A_M)); // of infinity, the highest long
  }

  /** Goes on by what other sensors say while there are no fixes. */
  void walk(long um, long timerMs, long epochMs, FoldState state, FoldSink out) {
    if (countedAtMs == 0) {
      countedTimerMs = timerMs;
      countedAtMs = epochMs;
    }
    long before = distanceUm;
    count(before + um, timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
  }

  private void count(long reachedUm, long timerMs, long epochMs, FoldState state, FoldSink out) {
    long before = distanceUm;
    distanceUm = Math.min(LONGEST_UM, Math.max(before, reachedUm));
    if (lapAtMs != StateBytes.NONE) {
      double share = (double) (lapAtMs - countedAtMs) / (double) (epochMs - countedAtMs);
      lap(
          before + Math.round(Math.max(0, Math.min(1, share)) * (double) (distanceUm - before)),
          out);
    }
    for (long full = before / UM_A_SPLIT + 1; distanceUm >= full * UM_A_SPLIT; full++) {
      double share = (double) (full * UM_A_SPLIT - before) / (double) (distanceUm - before);
      double boundaryTimerMs =
          (double) countedTimerMs + share * (double) (timerMs - countedTimerMs);
      long boundaryAtMs = countedAtMs + Math.round(share * (double) (epochMs - countedAtMs));
      double bpm = state.heartRate().endSplit(boundaryAtMs);
      out.split(split((int) full, UM_A_SPLIT, boundaryTimerMs, boundaryAtMs, bpm, state, false));
      splitStartTimerMs = Math.round(boundaryTimerMs * SPLIT_A_MS) / SPLIT_A_MS;
      splitStartAscentM = (float) state.elevation().ascentM();
    }
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  /** The begun kilometre. */
  Split current(long timerMs, long epochMs, FoldState state) {
    int index = (int) (distanceUm / UM_A_SPLIT) + 1;
    double bpm = state.heartRate().splitAverageBpm();
    return split(index, distanceUm % UM_A_SPLIT, (double) timerMs, epochMs, bpm, state, true);
  }

  private Split split(
      int index,
      long lengthUm,
      double endTimerMs,
      long endAtMs,
      double averageBpm,
      FoldState state,
      boolean partial) {
    return new Split(
        index,
        lengthUm / UM_A_M,
        Math.max(0, endTimerMs - splitStartTimerMs) / 1e3,
        averageBpm,
        Math.max(0, state.elevation().ascentM() - splitStartAscentM),
        endAtMs,
        partial);
  }

  /**
   * A lap mark. Where fixes are seconds apart, its place lies between two of them, so it waits for
   * the next.
   *
   * @param runs whether the stopwatch does
   */
  void lap(boolean runs, long timerMs, long epochMs, FoldSink out) {
    settle(out);
    if (runs && countedAtMs != 0 && epochMs > countedAtMs) {
      lapAtMs = epochMs;
    } else {
      lap(distanceUm, timerMs, epochMs, out);
    }
  }

  /** The recording ends: what follows the last lap mark is a lap as well, where there are marks. */
  void endLap(long timerMs, long epochMs, FoldSink out) {
    boolean more =
        distanceUm - lapStartUm >= LEAST_LAP_UM || timerMs - lapStartTimerMs >= LEAST_LAP_MS;
    if (lapIndex > 1 && more) {
      lap(distanceUm, timerMs, epochMs, out);
    }
  }

  /** No way follows that a lap mark could get a share of. */
  void settle(FoldSink out) {
    if (lapAtMs != StateBytes.NONE) {
      lap(distanceUm, out);
    }
  }

  /** The same where one rested: neither way nor time follows. */
  void settleAtRest(FoldSink out) {
    if (lapAtMs != StateBytes.NONE) {
      long atMs = lapAtMs;
      lapAtMs = StateBytes.NONE;
      lap(distanceUm, countedTimerMs, atMs, out);
    }
  }

  /** The mark that waits; since then the stopwatch ran on. */
  private void lap(long endUm, FoldSink out) {
    long atMs = lapAtMs;
    lapAtMs = StateBytes.NONE;
    lap(endUm, countedTimerMs + atMs - countedAtMs, atMs, out);
  }

  private void lap(long endUm, long timerMs, long epochMs, FoldSink out) {
    out.lap(new Lap(
        lapIndex, (endUm - lapStartUm) / UM_A_M, (timerMs - lapStartTimerMs) / 1e3, epochMs));
    lapIndex = Math.min(StateBytes.HIGHEST_24, lapIndex + 1);
    lapStartUm = endUm;
    lapStartTimerMs = timerMs;
  }

  long distanceUm() {
    return distanceUm;
  }

  double distanceM() {
    return distanceUm / UM_A_M;
  }

  double estimatedM() {
    return estimatedUm / UM_A_M;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, distanceUm);
    StateBytes.put48(out, estimatedUm);
    line.write(out);
    StateBytes.put48(out, countedTimerMs);
    StateBytes.put48(out, countedAtMs);
    StateBytes.put48(out, Math.round(splitStartTimerMs * SPLIT_A_MS));
    out.putFloat(splitStartAscentM);
    StateBytes.put48(out, lapStartUm);
    StateBytes.put48(out, lapStartTimerMs);
    StateBytes.put48(out, lapAtMs);
    StateBytes.put24(out, lapIndex);
  }

  void read(ByteBuffer in) {
    distanceUm = StateBytes.get48(in);
    estimatedUm = StateBytes.get48(in);
    line.read(in);
    countedTimerMs = StateBytes.get48(in);
    countedAtMs = StateBytes.get48(in);
    splitStartTimerMs = StateBytes.get48(in) / SPLIT_A_MS;
    splitStartAscentM = in.getFloat();
    lapStartUm = StateBytes.get48(in);
    lapStartTimerMs = StateBytes.get48(in);
    lapAtMs = StateBytes.get48(in);
    lapIndex = StateBytes.get24(in);
  }
}
