package io.pacewire.track;

/** What the fold tells of its way: points and verdicts, numbered as they come. */
final class TrackOutputs {
  private TrackOutputs() {}

  /** The way went on without a fix, by what other sensors say. */
  static void walked(FoldState state, long atMs, FoldSink out) {
    long timerMs = state.timer().timerMs(atMs);
    state.pace().add(timerMs, state.distance().distanceUm());
    int index = state.nextPoint();
    if (out.wantsPoints()) {
      out.point(new TrackPoint(
          index,
          atMs,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          state.distance().distanceM(),
          timerMs / 1e3,
          Figures.pace(state, timerMs),
          state.pace().speedMps(timerMs, state.sport().instantS()),
          state.heartRate().bpmAt(atMs),
          Double.NaN,
          Double.NaN,
          TrackPoint.ESTIMATED));
    }
  }

  static void point(FoldState state, Fix fix, int flags, FoldSink out) {
    boolean paused = (flags & TrackPoint.PAUSED) != 0;
    if (!paused) {
      state.pace().add(state.timer().timerMs(fix.atMs), state.distance().distanceUm());
    }
    int index = state.nextPoint();
    if (!out.wantsPoints()) {
      return;
    }
    long timerMs = state.timer().timerMs(fix.atMs);
    out.point(new TrackPoint(
        index,
        fix.atMs,
        state.filter().latitudeDeg(),
        state.filter().longitudeDeg(),
        fix.latitudeDeg,
        fix.longitudeDeg,
        state.distance().distanceM(),
        timerMs / 1e3,
        paused ? Double.NaN : Figures.pace(state, timerMs),
        paused ? Double.NaN : state.pace().speedMps(timerMs, state.sport().instantS()),
        state.heartRate().bpmAt(fix.atMs),
        fix.altitudeM,
        fix.accuracyCm > 0 ? fix.accuracyCm / Fix.CM_A_M : Double.NaN,
        flags));
  }

  static void tell(FoldState state, Fix fix, FixChecks.Doubt doubt, FoldSink out) {
    out.verdict(new Verdict(
        state.nextVerdict(),
        fix.atMs,
        doubt.reason,
        doubt.confidence,
        doubt.value,
        doubt.limit,
        fix.latitudeDeg,
        fix.longitudeDeg));
  }
}
