package io.pacewire.track;

/** What the fold does with samples of sensors that know nothing of places. */
final class SensorFold {
  private static final double UM_A_M = 1e6;
  private static final long SECOND_MS = 1_000;

  /** Above the highest peak. */
  private static final int LOWEST_PA = 30_000;

  private SensorFold() {}

  static void heartRate(FoldState state, long atMs, int bpm, FoldSink out) {
    heard(state, atMs, out);
    state.heartRate().add(atMs, bpm, !state.timer().isPaused(), state.athlete());
  }

  /** A second of the accelerometer is over. */
  static void motion(
      FoldState state, long endMs, int steps, boolean still, boolean felt, FoldSink out) {
    if (steps == 0) {
      state.spikes().take(state, out); // who stops now went on when it came
    }
    heard(state, endMs, out);
    boolean counts = !state.timer().isPaused();
    state.motion().frame(endMs, steps, still, felt, counts);
    if (!counts) {
      return;
    }
    state.stride().stepped(steps);
    double stride = state.stride().strideM();
    if (stride > 0 && !state.speedSensor().isFreshAt(endMs)) {
      state.spikes().walks(state, out);
      long um = Math.round(steps * stride * UM_A_M);
      state.gapWalk().go(um, endMs - SECOND_MS, endMs, state, out);
    }
  }

  static void speed(FoldState state, long atMs, int cms, FoldSink out) {
    heard(state, atMs, out);
    boolean counts = !state.timer().isPaused();
    long fromMs = state.speedSensor().atMs();
    long um = state.speedSensor().add(atMs, cms, counts);
    if (counts) {
      state.spikes().walks(state, out);
      state.gapWalk().go(um, fromMs, atMs, state, out);
    }
  }

  static void cadence(FoldState state, long atMs, int perMin, FoldSink out) {
    heard(state, atMs, out);
    state.cadence().add(atMs, perMin, !state.timer().isPaused());
  }

  static void power(FoldState state, long atMs, int watts, FoldSink out) {
    heard(state, atMs, out);
    state.power().add(atMs, watts, !state.timer().isPaused());
  }

  /** @param pa 0 where the sensor says nothing that can be */
  static void pressure(FoldState state, long atMs, int pa, FoldSink out) {
    heard(state, atMs, out);
    if (pa >= LOWEST_PA && state.sport().climbs() && !state.timer().isPaused()) {
      boolean begins = state.elevation().pressure(pa, atMs, state.filter().speedMps());
      if (begins) {
        state.grade().interrupt(state.distance().distanceUm(), state.sport().gait());
      }
    }
  }

  private static void heard(FoldState state, long atMs, FoldSink out) {
    state.timer().sample(atMs);
    state.spikes().heard(state, atMs, out);
    if (state.fixes.isWaiting()) {
      return; // it is judged by what was heard before it
    }
    state.gapWalk().hear();
  }

  /** The stopwatch starts, stops or goes on. */
  static void interrupt(FoldState state, long atMs) {
    state.speedSensor().interrupt();
    state.cadence().interrupt();
    state.power().interrupt();
    state.stride().interrupt();
    state.gapWalk().restart(atMs);
  }

  /** The stopwatch is about to stop: what sensors said last holds up to here. */
  static void hold(FoldState state, long atMs) {
    boolean counts = !state.timer().isPaused();
    state.heartRate().pause(atMs, state.athlete());
    state.cadence().hold(atMs, counts);
    state.power().holdUntil(atMs, counts);
  }
}
