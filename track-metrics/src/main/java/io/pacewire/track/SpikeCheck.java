package io.pacewire.track;

/**
 * After a silence, or beside where the filter expects it, a fix may be a jump of the receiver that no
 * gate can tell from a bend. The next fix can: where that one fits the track as it was
 * before, and not as it is with the doubtful one, and nobody goes there and back at his usual speed,
 * the doubtful one was a jump.
 *
 * <p>So such a fix waits: for one that goes on from it, and it is taken; or for one that goes on from
 * before, and it is left out, as it is where the track is taken up elsewhere. What fits neither is
 * doubted by the usual checks. A mark, the end, ten seconds of another sensor, and an accelerometer
 * that feels no step take what waits: it is then judged by what was known when it came.
 */
final class SpikeCheck {
  /** Chi-square of two degrees of freedom: one in seven, and fewer, as the gate's sigmas are wide. */
  private static final double DOUBTFUL_SURPRISE = 4;

  private static final long LONGEST_WAIT_MS = 10_000;

  /** Who goes a little faster than he did for a minute. */
  private static final double USUAL = 1.5;

  private final Fix waiting = new Fix();
  private final PositionFilter with = new PositionFilter();

  /** Whether a fix that passed all checks has to wait for the next. */
  static boolean isDoubtful(FoldState state, Fix fix) {
    FixMemory memory = state.fixes;
    boolean follows = memory.hasAccepted()
        && !memory.isInterrupted()
        && !state.timer().isPaused()
        && fix.atMs > memory.acceptedAtMs();
    return follows
        && (isAfterGap(memory, fix)
            ? isRare(state) && !state.gapWalk().isGoing()
            : fix.surprise > DOUBTFUL_SURPRISE);
  }

  /** Who has a fix a minute is never long without one. */
  private static boolean isRare(FoldState state) {
    return 2 * state.usual().intervalS() < TrackFold.GAP_S;
  }

  private static boolean isAfterGap(FixMemory memory, Fix fix) {
    return fix.atMs - memory.acceptedAtMs() > TrackFold.GAP_S * 1_000L;
  }

  /** The fix waits; sensors go on from it. */
  static void await(FoldState state, Fix fix) {
    if (!isAfterGap(state.fixes, fix)) {
      state.gapWalk().restart(fix.atMs);
    }
    state.fixes.await(fix);
  }

  /** The next fix has come, and is none that says nothing of places. */
  void decide(FoldState state, Fix next, FoldSink out) {
    look(state);
    if (fitsWith(state, next) || isUsual(state, next)) {
      take(state, out);
    } else if (fits(state, next, TrackFold.surprise(state, next))) {
      leaveOut(state, out);
    }
  }

  /** A sensor tells of way, which after a silence begins with the fix that waits. */
  void walks(FoldState state, FoldSink out) {
    FixMemory memory = state.fixes;
    if (memory.isWaiting()) {
      memory.look(waiting);
      if (isAfterGap(memory, waiting)) {
        take(state, out);
      }
    }
  }

  /** Another sensor has reached this time. */
  void heard(FoldState state, long epochMs, FoldSink out) {
    if (state.fixes.isWaiting() && epochMs - state.fixes.waitingAtMs() > LONGEST_WAIT_MS) {
      take(state, out);
    }
  }

  /** What waits is taken: nothing speaks against it. */
  void take(FoldState state, FoldSink out) {
    if (state.fixes.isWaiting()) {
      look(state);
      state.fixes.waitNoMore();
      TrackFold.accept(state, waiting, out);
    }
  }

  /** What waits was a jump. */
  void leaveOut(FoldState state, FoldSink out) {
    if (state.fixes.isWaiting()) {
      look(state);
      state.fixes.waitNoMore();
      state.fixes.reject(true);
      TrackOutputs.tell(state, waiting, doubt(state), out);
    }
  }

  /** As it was when it came: neither the track nor the filter went on since. */
  private void look(FoldState state) {
    state.fixes.look(waiting);
    waiting.surprise = TrackFold.surprise(state, waiting);
  }

  private FixChecks.Doubt doubt(FoldState state) {
    double most = state.sport().maxSurprise();
    return new FixChecks.Doubt(
        Verdict.Reason.JUMP, TrackFold.SURE, Math.sqrt(waiting.surprise), Math.sqrt(most));
  }

  /** Whether the next fix goes on from the track as it was before. */
  private static boolean fits(FoldState state, Fix next, double surprise) {
    FixMemory memory = state.fixes;
    double seconds = (next.atMs - memory.acceptedAtMs()) / 1e3;
    double limit = state.sport().maxSpeedMps(seconds);
    double noise = 3 * (next.sigmaM + memory.acceptedSigmaM());
    boolean reached = Math.max(0, memory.wayM(next) - noise) <= limit * seconds;
    return reached && (isAfterGap(memory, next) || surprise <= state.sport().maxSurprise());
  }

  /** Whether one gets from the waiting fix to the next at the usual speed. */
  private boolean isUsual(FoldState state, Fix next) {
    double seconds = (next.atMs - waiting.atMs) / 1e3;
    double noise = next.sigmaM + waiting.sigmaM;
    return wayM(next) - noise <= USUAL * state.usual().speedMps() * seconds;
  }

  private double wayM(Fix next) {
    return Geodesy.distanceM(
        waiting.latitudeDeg, waiting.longitudeDeg, next.latitudeDeg, next.longitudeDeg);
  }

  private boolean fitsWith(FoldState state, Fix next) {
    double seconds = (next.atMs - waiting.atMs) / 1e3;
    double way = wayM(next);
    double noise = 3 * (next.sigmaM + waiting.sigmaM);
    if (Math.max(0, way - noise) > state.sport().maxSpeedMps(seconds) * seconds) {
      return false;
    }
    if (seconds > TrackFold.GAP_S) {
      return true;
    }
    with.copy(state.filter());
    if (isAfterGap(state.fixes, waiting)) {
      with.reset(waiting.latitudeDeg, waiting.longitudeDeg, waiting.sigmaM, state.sport());
    } else {
      with.predict((waiting.atMs - state.fixes.acceptedAtMs()) / 1e3);
      with.update(waiting.latitudeDeg, waiting.longitudeDeg, waiting.sigmaM, waiting.surprise);
    }
    double surprise = with.surpriseAfter(
        seconds,
        next.latitudeDeg,
        next.longitudeDeg,
        next.gateSigmaM(),
        state.usual().strayM(seconds));
    return surprise <= state.sport().maxSurprise();
  }
}
