package io.pacewire.track;

/**
 * After a silence, or beside where the filter expects it, a fix may be a jump of the receiver that no
 * gate can tell from a bend. The next fix can: where that one fits the track as it was before, and not
 * as it is with the doubtful one, the doubtful one was a jump.
 *
 * <p>So such a fix waits: for one that goes on from it, and it is taken; or for one that goes on from
 * before, and it is left out, as it is where the track is taken up elsewhere. What fits neither is
 * doubted by the usual checks. A mark or the end takes what waits.
 */
final class SpikeCheck {
  /** Chi-square of two degrees of freedom: one in seven, and fewer, as the gate's sigmas are wide. */
  private static final double DOUBTFUL_SURPRISE = 4;

  private final Fix waiting = new Fix();
  private final PositionFilter with = new PositionFilter();

  /** Whether a fix that passed all checks has to wait for the next. */
  static boolean isDoubtful(FoldState state, Fix fix) {
    FixMemory memory = state.fixes;
    boolean follows = memory.hasAccepted()
        && !memory.isInterrupted()
        && !state.timer().isPaused()
        && fix.atMs > memory.acceptedAtMs();
    return follows && (isAfterGap(memory, fix) || fix.surprise > DOUBTFUL_SURPRISE);
  }

  private static boolean isAfterGap(FixMemory memory, Fix fix) {
    return fix.atMs - memory.acceptedAtMs() > TrackFold.GAP_S * 1_000L;
  }

  /** The next fix has come, and is none that says nothing of places. */
  void decide(FoldState state, Fix next, FoldSink out) {
    state.fixes.look(waiting);
    waiting.surprise = TrackFold.surprise(state, waiting);
    if (fitsWith(state, next)) {
      take(state, out);
    } else if (fits(state, next, TrackFold.surprise(state, next))) {
      leaveOut(state, out);
    }
  }

  /** What waits is taken: nothing speaks against it. */
  void take(FoldState state, FoldSink out) {
    FixMemory memory = state.fixes;
    if (memory.isWaiting()) {
      memory.look(waiting);
      waiting.surprise = TrackFold.surprise(state, waiting);
      memory.waitNoMore();
      TrackFold.accept(state, waiting, out);
    }
  }

  /** What waits was a jump. */
  void leaveOut(FoldState state, FoldSink out) {
    FixMemory memory = state.fixes;
    if (memory.isWaiting()) {
      memory.look(waiting);
      waiting.surprise = TrackFold.surprise(state, waiting);
      memory.waitNoMore();
      memory.reject(true);
      TrackOutputs.tell(state, waiting, doubt(state), out);
    }
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

  private boolean fitsWith(FoldState state, Fix next) {
    double seconds = (next.atMs - waiting.atMs) / 1e3;
    double way = Geodesy.distanceM(
        waiting.latitudeDeg, waiting.longitudeDeg, next.latitudeDeg, next.longitudeDeg);
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
