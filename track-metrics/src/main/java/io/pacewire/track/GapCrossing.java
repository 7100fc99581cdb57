package io.pacewire.track;

/** What becomes of a stretch without usable fixes: a line straight across it, a pause, or a break. */
final class GapCrossing {
  /** Receivers that leave out what they find dull do so for some intervals. */
  private static final double SILENT_INTERVALS = 12;

  /** Of the sport's least moving speed: who rests walks about. */
  private static final double RESTING_SHARE = 0.25;

  /** Between a receiver's last fix and its first. */
  private static final double STRAYED_M = 20;

  /** Than usual, or than from one fix to the next. */
  private static final double FASTER = 1.25;

  /** And so much faster it is another way of going. */
  private static final double SUDDEN = 2;

  /** A straight line may be the way or not. */
  private static final double EVEN = 0.5;

  private static final double LIKELY = 0.8;

  private GapCrossing() {}

  /**
   * After a silence, or where the track was wrong: straight across if anybody could have gone so.
   *
   * @return false where nobody could
   */
  static boolean cross(FoldState state, Fix fix, FoldSink out) {
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    // From a coarse fix the line across may be nothing but its error.
    boolean better = state.fixes.isFromCoarse(fix);
    double mostM = better ? state.usual().speedMps() * seconds : Double.POSITIVE_INFINITY;
    return cross(state, fix, false, mostM, out);
  }

  /**
   * Where the track was wrong, by fixes that were doubted. What the line across is longer for than one gets
   * at the usual speed, or at that of those fixes, is how far the receiver was off, before or now.
   *
   * @param mps from the fix before to this one, both of which were doubted
   */
  static boolean move(FoldState state, Fix fix, double mps, FoldSink out) {
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    boolean goes = mps <= state.sport().maxSpeedMps(0);
    double mostM = goes ? wentM(state, mps, seconds) : 0;
    if (mps > SUDDEN * state.usual().speedMps()) {
      state.usual().forget(); // who sets off, or is carried, is not who went before
    }
    return cross(state, fix, true, mostM, out);
  }

  /** Whether a fix that follows doubted ones lies further off than one got meanwhile. */
  static boolean isMoved(FoldState state, Fix fix, double mps) {
    FixMemory memory = state.fixes;
    double seconds = (fix.atMs - memory.acceptedAtMs()) / 1e3;
    double most = FASTER * wentM(state, mps, seconds);
    return !memory.isInterrupted()
        && !state.timer().isPaused()
        && seconds > 0 // else the clock was set back
        && seconds <= TrackFold.GAP_S
        && memory.wayM(fix) > most + fix.sigmaM + memory.acceptedSigmaM();
  }

  /** At the usual speed, or at that between two doubted fixes; a receiver that repeats itself says none. */
  private static double wentM(FoldState state, double mps, double seconds) {
    return mps == 0 ? Double.POSITIVE_INFINITY : Math.max(state.usual().speedMps(), mps) * seconds;
  }

  private static boolean cross(
      FoldState state, Fix fix, boolean moved, double mostM, FoldSink out) {
    DistanceMeter distance = state.distance();
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    double way = distance.wayM(fix.latitudeDeg, fix.longitudeDeg);
    double speed = way / seconds;
    if (rested(state, fix, way, seconds, out)) {
      return true;
    }
    double limit = state.sport().maxSpeedMps(seconds);
    boolean better = state.fixes.isFromCoarse(fix);
    boolean plausible = better || speed <= limit;
    if (plausible && state.motion().isStillFrom(state.fixes.acceptedAtMs(), fix.atMs)) {
      TrackOutputs.tell(
          state,
          fix,
          new FixChecks.Doubt(Verdict.Reason.STANDING_STILL, TrackFold.SURE, speed, 0),
          out);
      TrackFold.begin(
          state, fix, out, TrackPoint.BREAK); // it lay there all the time: the receiver strayed
      return true;
    }
    if (!better || seconds > TrackFold.GAP_S) {
      TrackOutputs.tell(state, fix, doubt(moved, seconds, speed, limit), out);
    }
    long timerMs = state.timer().timerMs(fix.atMs);
    boolean doubted = moved ? !isAfterSilence(state, seconds) : state.fixes.rejectedInARow() > 0;
    if (!plausible) {
      if (moved && !state.motion().isStandingAt(fix.atMs)) {
        distance.bridge(
            fix.latitudeDeg, fix.longitudeDeg, doubted, mostM, timerMs, fix.atMs, state, out);
      }
      TrackFold.begin(state, fix, out, TrackPoint.BREAK);
      return false;
    }
    distance.bridge(
        fix.latitudeDeg, fix.longitudeDeg, doubted, mostM, timerMs, fix.atMs, state, out);
    if (speed >= state.sport().movingMps() && !state.gapWalk().hasWalked()) {
      state.moved(fix.atMs - state.fixes.acceptedAtMs());
    }
    state.stride().interrupt();
    state.gapWalk().restart(fix);
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, state.sport());
    state.fixes.accept(fix);
    TrackFold.climb(state, fix, seconds);
    TrackOutputs.point(state, fix, TrackPoint.ESTIMATED, out);
    return true;
  }

  /**
   * Whether what was doubted came after a silence: who turned back in it was as far away as he was last seen.
   * The doubted fixes themselves came at the receiver's usual interval.
   */
  private static boolean isAfterSilence(FoldState state, double seconds) {
    UsualMotion usual = state.usual();
    return seconds - state.fixes.rejectedInARow() * usual.intervalS() >= usual.silenceS();
  }

  private static FixChecks.Doubt doubt(boolean moved, double seconds, double speed, double limit) {
    boolean plausible = speed <= limit;
    if (moved) {
      return new FixChecks.Doubt(
          Verdict.Reason.TRACK_MOVED, plausible ? EVEN : LIKELY, speed, limit);
    }
    return plausible
        ? new FixChecks.Doubt(Verdict.Reason.GAP_BRIDGED, EVEN, seconds, TrackFold.GAP_S)
        : new FixChecks.Doubt(Verdict.Reason.GAP_NOT_BRIDGED, LIKELY, speed, limit);
  }

  /**
   * A recording that is silent for long, by its own rhythm, and goes on at the same place was paused,
   * where the athlete's own stopwatch says nothing of pauses and nothing that was recorded is missing.
   */
  private static boolean rested(
      FoldState state, Fix fix, double wayM, double seconds, FoldSink out) {
    double silence = Math.max(TrackFold.GAP_S, SILENT_INTERVALS * state.usual().intervalS());
    double least = RESTING_SHARE * state.sport().movingMps();
    if (state.timer().hasMarks()
        || state.fixes.mayHaveLost()
        || seconds <= silence
        || state.gapWalk().isHeard(seconds)
        || state.gapWalk().hasWalked()
        || (wayM - STRAYED_M) / seconds >= least) {
      return false;
    }
    state.distance().settleAtRest(out);
    state.timer().rested(fix.atMs - state.fixes.acceptedAtMs());
    TrackOutputs.tell(
        state, fix, new FixChecks.Doubt(Verdict.Reason.PAUSE_DETECTED, 0.7, seconds, silence), out);
    TrackFold.begin(state, fix, out, TrackPoint.BREAK);
    return true;
  }
}
