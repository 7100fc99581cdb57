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
  public static final int ALGORITHM_VERSION = 3;

  /** A longer silence of the receiver is a gap, seconds. */
  static final int GAP_S = 30;

  private static final int REANCHOR_AFTER = 5;

  /** Receivers that leave out what they find dull do so for some intervals. */
  private static final double SILENT_INTERVALS = 12;

  /** Of the sport's least moving speed: who rests walks about. */
  private static final double RESTING_SHARE = 0.25;

  /** Between a receiver's last fix and its first. */
  private static final double STRAYED_M = 20;

  /** Faster than anybody walks without shaking what is worn. */
  private static final double CARRIED_MPS = 2;

  private TrackFold() {}

  /** Folds the writer's next batch into {@code state}, in place. After the finish nothing changes. */
  public static void step(FoldState state, SampleBatch batch, FoldSink out) {
    if (!state.finished()) {
      state.order().step(state, batch, out);
    }
  }

  /** The next batches, {@code fromSeq} to {@code toSeq}, will never be there. */
  public static void gap(FoldState state, int fromSeq, int toSeq, FoldSink out) {
    if (fromSeq > toSeq) {
      throw new IllegalArgumentException("gap from " + fromSeq + " to " + toSeq);
    }
    state.gap();
  }

  /** Ends a recording whose finish will never come, with its last sample. */
  public static void end(FoldState state, FoldSink out) {
    if (!state.finished()) {
      state.order().end(state, out);
      finish(state, state.timer().lastAtMs(), -1, out);
    }
  }

  static void mark(FoldState state, Mark.Kind kind, long atMs, FoldSink out) {
    SessionTimer timer = state.timer();
    switch (kind) {
      case START:
        timer.start(atMs);
        interrupt(state, atMs);
        break;
      case PAUSE:
        state.heartRate().pause(atMs, state.athlete());
        timer.pause(atMs);
        interrupt(state, atMs);
        break;
      case RESUME:
        timer.resume(atMs);
        interrupt(state, atMs);
        break;
      case LAP:
        timer.at(atMs);
        out.lap(state.distance().lap(timer.timerMs(atMs), atMs));
        break;
      case FINISH:
      case SKIP:
        timer.at(atMs);
        break;
    }
  }

  private static void interrupt(FoldState state, long atMs) {
    SensorFold.interrupt(state, atMs);
    state.grade().interrupt(state.distance().distanceUm(), state.sport().gait());
    state.fixes.interrupt();
    state.elevation().interrupt();
    state.pace().clear();
  }

  static void finish(FoldState state, long atMs, int batchCount, FoldSink out) {
    if (state.timer().isStarted()) {
      state.timer().at(atMs);
    }
    state.finish(batchCount);
    Split last = state.figures().currentSplit();
    if (last.distanceM() > 0) {
      out.split(last);
    }
  }

  static void fix(FoldState state, Fix fix, FoldSink out) {
    FixMemory memory = state.fixes;
    boolean known = memory.hasAccepted() && fix.atMs > memory.acceptedAtMs();
    fix.surprise = known && !memory.isInterrupted() ? surprise(state, fix) : 0;
    FixChecks.Doubt doubt = FixChecks.first(fix, state);
    memory.seen(fix, doubt == null);
    if (doubt == null) {
      state.timer().at(fix.atMs);
      accept(state, fix, out);
    } else if (doubt.speaksAgainstTheTrack() && memory.rejectedInARow() + 1 >= REANCHOR_AFTER) {
      state.timer().at(fix.atMs);
      cross(state, fix, out);
    } else {
      memory.reject(doubt.speaksAgainstTheTrack());
      tell(state, fix, doubt, out);
    }
  }

  /** Looks ahead without moving: a fix that is refused must leave the filter as it was. */
  private static double surprise(FoldState state, Fix fix) {
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

  private static void accept(FoldState state, Fix fix, FoldSink out) {
    FixMemory memory = state.fixes;
    boolean paused = state.timer().isPaused();
    boolean clockSetBack = memory.hasAccepted() && fix.atMs <= memory.acceptedAtMs();
    if (!memory.hasAccepted() || memory.isInterrupted() || paused || clockSetBack) {
      begin(state, fix, out, TrackPoint.BREAK | (paused ? TrackPoint.PAUSED : 0));
      if (paused) {
        memory.interrupt();
      }
      return;
    }
    double seconds = (fix.atMs - memory.acceptedAtMs()) / 1e3;
    if (seconds > GAP_S) {
      cross(state, fix, out);
      return;
    }
    state.usual().went(memory.wayM(fix), seconds);
    PositionFilter filter = state.filter();
    filter.predict(seconds);
    filter.update(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, fix.surprise);
    long timerMs = state.timer().timerMs(fix.atMs);
    DistanceMeter distance = state.distance();
    state.motion().carried(filter.leastSpeedMps() >= CARRIED_MPS);
    if (state.motion().isStandingAt(fix.atMs)) {
      distance.anchor(filter.latitudeDeg(), filter.longitudeDeg(), timerMs, fix.atMs);
    } else {
      distance.move(fix.sigmaM, timerMs, fix.atMs, state, out);
      if (filter.speedMps() >= state.sport().movingMps()) {
        state.moved(fix.atMs - memory.acceptedAtMs());
      }
    }
    climb(state, fix, seconds);
    state.stride().measured(distance.distanceUm());
    state.gapWalk().restart(fix.atMs);
    memory.accept(fix);
    point(state, fix, 0, out);
  }

  /** The first fix, or the first after a pause: a line begins here. */
  private static void begin(FoldState state, Fix fix, FoldSink out, int flags) {
    state.stride().interrupt();
    state.gapWalk().restart(fix.atMs);
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, state.sport());
    state
        .distance()
        .anchor(fix.latitudeDeg, fix.longitudeDeg, state.timer().timerMs(fix.atMs), fix.atMs);
    state.fixes.accept(fix);
    if (!state.timer().isPaused()) {
      climb(state, fix, 0);
    }
    point(state, fix, flags, out);
  }

  /** After a silence, or where the track was wrong: straight across if anybody could have gone so. */
  private static void cross(FoldState state, Fix fix, FoldSink out) {
    DistanceMeter distance = state.distance();
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    double way = distance.wayM(fix.latitudeDeg, fix.longitudeDeg);
    double speed = way / seconds;
    if (rested(state, fix, way, seconds, out)) {
      return;
    }
    double limit = state.sport().maxSpeedMps(seconds);
    boolean plausible = speed <= limit;
    if (plausible && state.motion().isStillFrom(state.fixes.acceptedAtMs(), fix.atMs)) {
      begin(state, fix, out, TrackPoint.BREAK); // it lay there all the time: the receiver strayed
      return;
    }
    tell(
        state,
        fix,
        plausible
            ? new FixChecks.Doubt(Verdict.Reason.GAP_BRIDGED, 0.5, seconds, GAP_S)
            : new FixChecks.Doubt(Verdict.Reason.GAP_NOT_BRIDGED, 0.8, speed, limit),
        out);
    if (!plausible) {
      begin(state, fix, out, TrackPoint.BREAK);
      return;
    }
    long timerMs = state.timer().timerMs(fix.atMs);
    distance.bridge(fix.latitudeDeg, fix.longitudeDeg, timerMs, fix.atMs, state, out);
    if (speed >= state.sport().movingMps() && !state.gapWalk().hasWalked()) {
      state.moved(fix.atMs - state.fixes.acceptedAtMs());
    }
    state.stride().interrupt();
    state.gapWalk().restart(fix.atMs);
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM, state.sport());
    state.fixes.accept(fix);
    climb(state, fix, seconds);
    point(state, fix, TrackPoint.ESTIMATED, out);
  }

  /**
   * A recording that is silent for long, by its own rhythm, and goes on at the same place was paused,
   * where the athlete's own stopwatch says nothing of pauses.
   */
  private static boolean rested(
      FoldState state, Fix fix, double wayM, double seconds, FoldSink out) {
    double silence = Math.max(GAP_S, SILENT_INTERVALS * state.usual().intervalS());
    double least = RESTING_SHARE * state.sport().movingMps();
    if (state.timer().hasMarks()
        || seconds <= silence
        || state.gapWalk().isHeard(seconds)
        || (wayM - STRAYED_M) / seconds >= least) {
      return false;
    }
    state.timer().rested(fix.atMs - state.fixes.acceptedAtMs());
    tell(
        state, fix, new FixChecks.Doubt(Verdict.Reason.PAUSE_DETECTED, 0.7, seconds, silence), out);
    begin(state, fix, out, TrackPoint.BREAK);
    return true;
  }

  private static void climb(FoldState state, Fix fix, double seconds) {
    boolean begins = state.elevation().fix(fix, state.filter().speedMps() * seconds, seconds);
    if (begins) {
      state.grade().interrupt(state.distance().distanceUm(), state.sport().gait());
    }
    state
        .grade()
        .reach(
            state.distance().distanceUm(),
            state.elevation().smoothedM(),
            state.sport().gait());
  }

  private static void point(FoldState state, Fix fix, int flags, FoldSink out) {
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
        state.distance().distanceM(),
        timerMs / 1e3,
        paused ? Double.NaN : Figures.pace(state, timerMs),
        paused ? Double.NaN : state.pace().speedMps(timerMs, state.sport().instantS()),
        state.heartRate().bpmAt(fix.atMs),
        fix.altitudeM,
        fix.accuracyCm > 0 ? fix.accuracyCm / Fix.CM_A_M : Double.NaN,
        flags));
  }

  private static void tell(FoldState state, Fix fix, FixChecks.Doubt doubt, FoldSink out) {
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
