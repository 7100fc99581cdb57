package io.pacewire.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;

/**
 * The fold: a state and the writer's next batch give the next state. Pure and deterministic. Samples
 * of all sensors are taken in one order ({@link SampleOrder}), so a recording cut into other batches
 * gives the same bits; the newest two seconds wait for what may belong before them, until the finish.
 * Thread-safe, since it keeps nothing itself.
 */
public final class TrackFold {
  /** Changes whenever the same samples would give other figures. */
  public static final int ALGORITHM_VERSION = 14;

  /** A longer silence of the receiver is a gap, seconds. */
  static final int GAP_S = 30;

  private static final int REANCHOR_AFTER = 5;

  /** So many doubted fixes before one that the gate lets through may be no jump of one alone. */
  private static final int MOVED_AFTER = 2;

  /** Faster than anybody walks without shaking what is worn. */
  private static final double CARRIED_MPS = 2;

  /** Slower than anybody walks on for long; a receiver's straying seldom looks faster. */
  private static final double STRAYING_MPS = 1;

  /** No receiver strays further from where it lies; whoever got there went, felt or not. */
  private static final double STRAYED_M = 50;

  /** Nor from a table, whatever accuracy it states, before it is believed against an accelerometer. */
  private static final double STRAYED_FROM_TABLE_M = 150;

  private static final double STRAYED_SIGMAS = 15;

  /** From one fix to the next, faster than anybody sets off. */
  private static final double LEAP_MPS = 20;

  /** Fixes that are further apart show a speed that no drift has. */
  private static final double RARE_S = 2.5;

  /** Of the least moving speed: what is covered lags a little behind. */
  private static final double COVERED_SHARE = 0.5;

  static final double SURE = 0.95;
  private static final double LIKELY = 0.7;

  private TrackFold() {}

  /** Folds the writer's next batch into {@code state}, in place. After the finish nothing changes. */
  public static void step(FoldState state, SampleBatch batch, FoldSink out) {
    if (!state.finished()) {
      state.order().step(state, batch, out);
    }
  }

  /** The next batches, {@code fromSeq} to {@code toSeq}, will never be there. Says nothing after the finish. */
  public static void gap(FoldState state, int fromSeq, int toSeq, FoldSink out) {
    if (fromSeq > toSeq) {
      throw new IllegalArgumentException("gap from " + fromSeq + " to " + toSeq);
    }
    if (!state.finished()) {
      state.gap();
    }
  }

  /** Ends a recording whose finish will never come, with its last sample. */
  public static void end(FoldState state, FoldSink out) {
    if (!state.finished()) {
      state.order().end(state, out);
      finish(state, state.timer().lastAtMs(), -1, out);
    }
  }

  /**
   * Figures as a viewer wants them now: what waits two seconds for samples of other sensors counts as
   * if none came. What the next sample may refute, a jump or a time ahead, is left out. The state stays
   * as it is; costs about what its bytes cost to write and read, some microseconds.
   */
  public static Figures preview(FoldState state) {
    if (state.finished()) {
      return state.figures();
    }
    FoldState copy = FoldState.decode(state.encode());
    copy.order().hurry(copy);
    copy.spikes().leaveOut(copy, FoldSink.NONE);
    return copy.figures();
  }

  static void mark(FoldState state, Mark.Kind kind, long atMs, FoldSink out) {
    SessionTimer timer = state.timer();
    state.spikes().take(state, out);
    switch (kind) {
      case START:
        if (state.begin()) {
          state.distance().settle(out); // by the stopwatch as it was
          boolean went = state.distance().distanceUm() > 0;
          timer.start(atMs, went);
          if (!went) {
            state.forgetSensors();
            state.distance().start(timer.timerMs(atMs), atMs);
          }
          interrupt(state, atMs, out);
        } else {
          timer.at(atMs);
        }
        break;
      case PAUSE:
        state.gapWalk().stop(state, out);
        SensorFold.hold(state, atMs);
        timer.pause(atMs);
        interrupt(state, atMs, out);
        break;
      case RESUME:
        timer.resume(atMs);
        interrupt(state, atMs, out);
        state.distance().resume(timer.timerMs(atMs), atMs);
        break;
      case LAP:
        timer.at(atMs);
        state.distance().lap(!timer.isPaused(), timer.timerMs(atMs), atMs, out);
        break;
      case FINISH:
      case SKIP:
        timer.at(atMs);
        break;
    }
  }

  private static void interrupt(FoldState state, long atMs, FoldSink out) {
    state.distance().settle(out);
    SensorFold.interrupt(state, atMs);
    state.fixes.interrupt();
    state.elevation().pause();
    state.pace().clear();
  }

  static void finish(FoldState state, long atMs, int batchCount, FoldSink out) {
    SessionTimer timer = state.timer();
    state.spikes().take(state, out);
    if (timer.isStarted()) {
      timer.at(atMs);
    }
    state.gapWalk().stop(state, out);
    SensorFold.hold(state, atMs);
    state.distance().settle(out);
    state.distance().endLap(timer.timerMs(timer.lastAtMs()), timer.lastAtMs(), out);
    state.finish(batchCount);
    Split last = state.figures().currentSplit();
    if (last.distanceM() > 0) {
      out.split(last);
    }
  }

  static void fix(FoldState state, Fix fix, FoldSink out) {
    FixMemory memory = state.fixes;
    if (memory.isWaiting() && FixChecks.isPlace(fix, state)) {
      state.spikes().decide(state, fix, out);
    }
    boolean known = memory.hasAccepted() && fix.atMs > memory.acceptedAtMs();
    fix.surprise = known ? surprise(state, fix) : 0;
    FixChecks.Doubt doubt = FixChecks.first(fix, state);
    if (doubt == null && memory.isWaiting()) {
      state.spikes().take(state, out); // long after, this one fits both as little
      fix(state, fix, out);
      return;
    }
    boolean doubted = doubt != null || memory.rejectedInARow() > 0;
    double mps = doubted ? memory.speedSinceSeenMps(fix) : 0;
    boolean fast = doubt != null && isCarried(state, doubt, mps);
    memory.seen(fix, doubt == null, doubt == null || doubt.speaksAgainstTheTrack());
    if (doubt == null) {
      state.timer().sample(fix.atMs);
      if (memory.rejectedInARow() >= MOVED_AFTER && GapCrossing.isMoved(state, fix, mps)) {
        boolean unused = GapCrossing.move(state, fix, mps, out);
      } else if (SpikeCheck.isDoubtful(state, fix)) {
        SpikeCheck.await(state, fix);
      } else {
        accept(state, fix, out);
      }
    } else if (doubt.speaksAgainstTheTrack() && memory.rejectedInARow() + 1 >= REANCHOR_AFTER) {
      state.timer().sample(fix.atMs);
      double fromLatitudeDeg = memory.acceptedLatitudeDeg();
      double fromLongitudeDeg = memory.acceptedLongitudeDeg();
      double seconds = (fix.atMs - memory.acceptedAtMs()) / 1e3;
      state.spikes().leaveOut(state, out);
      boolean plausible = GapCrossing.move(state, fix, mps, out);
      if (!plausible && fast) {
        state.filter().carry(fromLatitudeDeg, fromLongitudeDeg, seconds, fix.sigmaM);
      }
    } else {
      memory.reject(doubt.speaksAgainstTheTrack());
      TrackOutputs.tell(state, fix, doubt, out);
    }
  }

  /** Too fast since the fix before, too: it is no jump of the receiver. */
  private static boolean isCarried(FoldState state, FixChecks.Doubt doubt, double mps) {
    return doubt.reason == Verdict.Reason.TOO_FAST && mps > state.sport().maxSpeedMps(0);
  }

  /** Looks ahead without moving: a fix that is refused must leave the filter as it was. */
  static double surprise(FoldState state, Fix fix) {
    if (state.fixes.isInterrupted()) {
      return 0;
    }
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    return state
        .filter()
        .surpriseAfter(
            seconds,
            fix.latitudeDeg,
            fix.longitudeDeg,
            fix.gateSigmaM(),
            state.usual().strayM(seconds));
  }

  static void accept(FoldState state, Fix fix, FoldSink out) {
    FixMemory memory = state.fixes;
    boolean paused = state.timer().isPaused();
    boolean clockSet =
        memory.hasAccepted() && isAcross(fix.atMs, memory.acceptedAtMs(), state.timer());
    if (!memory.hasAccepted() || memory.isInterrupted() || paused || clockSet) {
      if (!paused && memory.isInterrupted()) {
        state.gapWalk().stop(state, out); // since the stopwatch went on
      }
      begin(state, fix, out, TrackPoint.BREAK | (paused ? TrackPoint.PAUSED : 0));
      if (paused) {
        memory.interrupt();
      }
      return;
    }
    double seconds = (fix.atMs - memory.acceptedAtMs()) / 1e3;
    if (seconds > GAP_S || memory.isFromCoarse(fix)) {
      boolean unused = GapCrossing.cross(state, fix, out);
      return;
    }
    state.usual().went(memory.wayM(fix), seconds);
    PositionFilter filter = state.filter();
    filter.predict(seconds);
    filter.update(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, fix.surprise);
    state.motion().carried(filter.leastSpeedMps() >= CARRIED_MPS);
    boolean goes = goesOn(state, fix, seconds, out);
    climb(state, fix, seconds);
    state.stride().measured(state.distance().distanceUm());
    state.gapWalk().restart(fix);
    long sinceMs = fix.atMs - memory.acceptedAtMs();
    memory.accept(fix);
    TrackOutputs.point(state, fix, 0, out);
    if (goes && moves(state, fix)) {
      state.moved(sinceMs);
    }
  }

  /** Counts the way to a fix; false where it is the receiver's straying. */
  private static boolean goesOn(FoldState state, Fix fix, double seconds, FoldSink out) {
    PositionFilter filter = state.filter();
    DistanceMeter distance = state.distance();
    long timerMs = state.timer().timerMs(fix.atMs);
    boolean stood = state.motion().stands();
    boolean stands = stands(state, fix, out);
    double strayed = distance.wayM(filter.latitudeDeg(), filter.longitudeDeg());
    boolean carried = stood && !stands && state.motion().isStillAt(fix.atMs);
    if (stood && stands && strayed <= mostStrayedM(state, fix)) {
      distance.stand(timerMs, fix.atMs, out);
      return false;
    }
    boolean leaps = stands && leaps(state, fix, seconds);
    if (leaps || (stood != stands && !carried)) {
      distance.anchor(filter.latitudeDeg(), filter.longitudeDeg(), timerMs, fix.atMs, out);
      return false;
    }
    if (stood) {
      state.motion().overrule();
    }
    distance.move(fix, seconds, timerMs, state, out);
    return true;
  }

  /** Whoever gets away from where nobody goes does so by and by; a receiver leaps. */
  private static boolean leaps(FoldState state, Fix fix, double seconds) {
    double way = state.fixes.wayM(fix);
    return way > STRAYED_M && way > LEAP_MPS * seconds;
  }

  /** So far a receiver strays from where nobody goes. */
  private static double mostStrayedM(FoldState state, Fix fix) {
    MotionMeter motion = state.motion();
    boolean lies = motion.isStandingAt(fix.atMs) && !motion.isOverruled();
    return Math.max(lies ? STRAYED_FROM_TABLE_M : STRAYED_M, STRAYED_SIGMAS * fix.sigmaM);
  }

  /**
   * Whether the athlete moves: by the filter, which follows at once; and where it may be a receiver's drift,
   * by what was covered lately, too. Over a longer interval a drift is no faster than who stands.
   */
  private static boolean moves(FoldState state, Fix fix) {
    PositionFilter filter = state.filter();
    double least = state.sport().movingMps();
    if (filter.leastSpeedMps() >= least || state.usual().intervalS() >= RARE_S) {
      return filter.speedMps() >= least;
    }
    long timerMs = state.timer().timerMs(fix.atMs);
    double covered = state.pace().speedMps(timerMs, state.sport().instantS());
    return filter.speedMps() >= least && !(covered < COVERED_SHARE * least);
  }

  /** Whether the clock was set since the fix before: back, or to a date that took the start along. */
  private static boolean isAcross(long atMs, long beforeMs, SessionTimer timer) {
    long start = timer.startAtMs();
    return atMs <= beforeMs || (beforeMs < start && atMs >= start);
  }

  /**
   * Whether the device lies still, or who wears it sways but makes no step, and the receiver strays
   * no faster than it does from a place. Told once a stretch.
   */
  private static boolean stands(FoldState state, Fix fix, FoldSink out) {
    MotionMeter motion = state.motion();
    double speed = state.filter().speedMps();
    boolean still = motion.isStandingAt(fix.atMs);
    boolean sways =
        state.sport().isOnFoot() && motion.isSteplessAt(fix.atMs) && speed < STRAYING_MPS;
    if ((still || sways) && motion.beginsToStand()) {
      double confidence = still ? SURE : LIKELY;
      TrackOutputs.tell(
          state,
          fix,
          new FixChecks.Doubt(
              Verdict.Reason.STANDING_STILL, confidence, speed, still ? 0 : STRAYING_MPS),
          out);
    }
    if (!still && !sways) {
      motion.goes();
    }
    return still || sways;
  }

  /** The first fix, or the first after a pause: a line begins here. */
  static void begin(FoldState state, Fix fix, FoldSink out, int flags) {
    state.stride().interrupt();
    state.gapWalk().restart(fix);
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, state.sport());
    state
        .distance()
        .anchor(fix.latitudeDeg, fix.longitudeDeg, state.timer().timerMs(fix.atMs), fix.atMs, out);
    state.fixes.accept(fix);
    if (!state.timer().isPaused()) {
      climb(state, fix, 0);
    }
    TrackOutputs.point(state, fix, flags, out);
  }

  static void climb(FoldState state, Fix fix, double seconds) {
    boolean begins = state.sport().climbs()
        && state.elevation().fix(fix, state.filter().speedMps() * seconds, seconds);
    if (begins) {
      state.grade().interrupt(state.distance().distanceUm(), state.sport().gait());
    }
    state
        .grade()
        .reach(
            state.distance().distanceUm(),
            state.elevation().smoothedM(),
            state.elevation().slopeM(fix),
            state.sport().gait());
  }
}
