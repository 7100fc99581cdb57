package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * Distance in whole micrometres, so that a sum does not depend on what it is made of. It is the
 * length of chords that are longer than the filter's uncertainty, which keeps a receiver's trembling
 * out. The chord that is being walked counts as far as it got, and never shrinks.
 */
final class DistanceMeter {
  private static final double LEAST_CHORD_M = 0.8;

  /** In sigmas of the filtered position. */
  private static final double CHORD_SIGMAS = 4;

  /** Who is slower than so many times the sport's least moving speed may be standing, and drift. */
  private static final double SLOW = 1.5;

  private static final double SLOW_CHORD_SIGMAS = 8;

  private static final long UM_A_SPLIT = 1_000_000_000L;

  private long distanceUm;
  /** Up to where the chord begins. */
  private long chordStartUm;

  private long estimatedUm;
  private double latitudeDeg;
  private double longitudeDeg;
  private long countedTimerMs;
  private long countedAtMs;
  private double splitStartTimerMs;
  private double splitStartAscentM;
  private long lapStartUm;
  private long lapStartTimerMs;
  private int lapIndex = 1;

  /** Goes on from here without counting the way. */
  void anchor(double latitude, double longitude, long timerMs, long epochMs) {
    chord(latitude, longitude);
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  private void chord(double latitude, double longitude) {
    latitudeDeg = latitude;
    longitudeDeg = longitude;
    chordStartUm = distanceUm;
  }

  /** The way from where it was last counted. */
  double wayM(double latitude, double longitude) {
    return Geodesy.distanceM(latitudeDeg, longitudeDeg, latitude, longitude);
  }

  /** The athlete is here now, as far as the filter can tell. */
  void move(
      double latitude,
      double longitude,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    double way = wayM(latitude, longitude);
    count(chordStartUm + Math.round(way * 1e6), timerMs, epochMs, state, out);
    if (way >= leastChordM(state)) {
      chord(latitude, longitude);
    }
  }

  private static double leastChordM(FoldState state) {
    PositionFilter filter = state.filter();
    boolean slow = filter.speedMps() < SLOW * state.sport().movingMps();
    double sigmas = slow ? SLOW_CHORD_SIGMAS : CHORD_SIGMAS;
    return Math.max(LEAST_CHORD_M, sigmas * filter.sigmaM());
  }

  /** Counts a straight line across missing fixes. */
  void bridge(
      double latitude,
      double longitude,
      long timerMs,
      long epochMs,
      FoldState state,
      FoldSink out) {
    long before = distanceUm;
    long way = Math.round(wayM(latitude, longitude) * 1e6);
    count(chordStartUm + way, timerMs, epochMs, state, out);
    estimatedUm += distanceUm - before;
    chord(latitude, longitude);
  }

  /** Goes on by what other sensors say while there are no fixes. */
  void walk(long um, long timerMs, long epochMs, FoldState state, FoldSink out) {
    if (countedAtMs == 0) {
      countedTimerMs = timerMs;
      countedAtMs = epochMs;
    }
    count(distanceUm + um, timerMs, epochMs, state, out);
    estimatedUm += um;
  }

  private void count(long reachedUm, long timerMs, long epochMs, FoldState state, FoldSink out) {
    long before = distanceUm;
    distanceUm = Math.max(before, reachedUm);
    for (long full = before / UM_A_SPLIT + 1; distanceUm >= full * UM_A_SPLIT; full++) {
      double share = (double) (full * UM_A_SPLIT - before) / (double) (distanceUm - before);
      double boundaryTimerMs =
          (double) countedTimerMs + share * (double) (timerMs - countedTimerMs);
      long boundaryAtMs = countedAtMs + Math.round(share * (double) (epochMs - countedAtMs));
      out.split(split((int) full, UM_A_SPLIT, boundaryTimerMs, boundaryAtMs, state, false));
      splitStartTimerMs = boundaryTimerMs;
      splitStartAscentM = state.elevation().ascentM();
      state.heartRate().nextSplit();
    }
    countedTimerMs = timerMs;
    countedAtMs = epochMs;
  }

  /** The begun kilometre. */
  Split current(long timerMs, long epochMs, FoldState state) {
    int index = (int) (distanceUm / UM_A_SPLIT) + 1;
    return split(index, distanceUm % UM_A_SPLIT, (double) timerMs, epochMs, state, true);
  }

  private Split split(
      int index, long lengthUm, double endTimerMs, long endAtMs, FoldState state, boolean partial) {
    return new Split(
        index,
        lengthUm / 1e6,
        Math.max(0, endTimerMs - splitStartTimerMs) / 1e3,
        state.heartRate().splitAverageBpm(),
        Math.max(0, state.elevation().ascentM() - splitStartAscentM),
        endAtMs,
        partial);
  }

  Lap lap(long timerMs, long epochMs) {
    Lap lap = new Lap(
        lapIndex++, (distanceUm - lapStartUm) / 1e6, (timerMs - lapStartTimerMs) / 1e3, epochMs);
    lapStartUm = distanceUm;
    lapStartTimerMs = timerMs;
    return lap;
  }

  long distanceUm() {
    return distanceUm;
  }

  double distanceM() {
    return distanceUm / 1e6;
  }

  double estimatedM() {
    return estimatedUm / 1e6;
  }

  void write(ByteBuffer out) {
    out.putLong(distanceUm).putLong(chordStartUm).putLong(estimatedUm);
    out.putDouble(latitudeDeg).putDouble(longitudeDeg);
    StateBytes.put48(out, countedTimerMs);
    StateBytes.put48(out, countedAtMs);
    out.putDouble(splitStartTimerMs).putDouble(splitStartAscentM).putLong(lapStartUm);
    StateBytes.put48(out, lapStartTimerMs);
    out.putInt(lapIndex);
  }

  void read(ByteBuffer in) {
    distanceUm = in.getLong();
    chordStartUm = in.getLong();
    estimatedUm = in.getLong();
    latitudeDeg = in.getDouble();
    longitudeDeg = in.getDouble();
    countedTimerMs = StateBytes.get48(in);
    countedAtMs = StateBytes.get48(in);
    splitStartTimerMs = in.getDouble();
    splitStartAscentM = in.getDouble();
    lapStartUm = in.getLong();
    lapStartTimerMs = StateBytes.get48(in);
    lapIndex = in.getInt();
  }
}
