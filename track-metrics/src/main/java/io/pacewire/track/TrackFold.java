package io.pacewire.track;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.List;

/**
 * The fold: a state and the writer's next batch give the next state. Pure and deterministic. Samples
 * of all sensors are taken in order of event time, so a recording cut into other batches at other
 * times gives the same bits. Thread-safe, since it keeps nothing itself.
 */
public final class TrackFold {
  /** Changes whenever the same samples would give other figures. */
  public static final int ALGORITHM_VERSION = 1;

  /** A longer silence of the receiver is a gap, seconds. */
  static final int GAP_S = 30;

  private static final double E7 = 1e7;

  /** Where a device states none: recorded files, whose positions were filtered before. */
  private static final double ASSUMED_SIGMA_M = 1.5;

  private static final double LEAST_SIGMA_M = 1;
  private static final int REANCHOR_AFTER = 5;

  private TrackFold() {}

  /** Folds the writer's next batch into {@code state}, in place. After the finish nothing changes. */
  public static void step(FoldState state, SampleBatch batch, FoldSink out) {
    FixColumn fixes = batch.fixes();
    HeartRateColumn rates = batch.heartRates();
    List<Mark> marks = batch.marks();
    Fix scratch = new Fix();
    int fix = 0;
    int rate = 0;
    int mark = 0;
    while (!state.finished()) {
      long fixAt = fix < fixes.size() ? fixes.atEpochMs(fix) : Long.MAX_VALUE;
      long rateAt = rate < rates.size() ? rates.atEpochMs(rate) : Long.MAX_VALUE;
      long markAt = mark < marks.size() ? marks.get(mark).atEpochMs() : Long.MAX_VALUE;
      long sampleAt = Math.min(fixAt, rateAt);
      if (mark < marks.size() && markGoesFirst(marks.get(mark), markAt, sampleAt)) {
        mark(state, marks.get(mark++), out);
      } else if (rateAt <= fixAt && rate < rates.size()) {
        heartRate(state, rateAt, rates.bpm(rate++));
      } else if (fix < fixes.size()) {
        load(scratch, fixes, fix++);
        fix(state, scratch, out);
      } else {
        return;
      }
    }
  }

  /** The next batches, {@code fromSeq} to {@code toSeq}, will never be there. */
  public static void gap(FoldState state, int fromSeq, int toSeq, FoldSink out) {
    if (fromSeq > toSeq) {
      throw new IllegalArgumentException("gap from " + fromSeq + " to " + toSeq);
    }
    state.gap();
  }

  /** At the same time a start or resume comes before the samples, anything else behind them. */
  private static boolean markGoesFirst(Mark mark, long markAt, long sampleAt) {
    boolean opens = mark.kind() == Mark.Kind.START || mark.kind() == Mark.Kind.RESUME;
    return opens ? markAt <= sampleAt : markAt < sampleAt;
  }

  private static void mark(FoldState state, Mark mark, FoldSink out) {
    SessionTimer timer = state.timer();
    long at = mark.atEpochMs();
    switch (mark.kind()) {
      case START:
        timer.start(at);
        state.started(new StartNote(
            mark.sport(),
            mark.timeZone(),
            mark.utcOffsetS(),
            mark.deviceName(),
            mark.appVersion()));
        break;
      case PAUSE:
        timer.pause(at);
        interrupt(state);
        break;
      case RESUME:
        timer.resume(at);
        interrupt(state);
        break;
      case LAP:
        timer.at(at);
        out.lap(state.distance().lap(timer.timerMs(at), at));
        break;
      case FINISH:
        timer.at(at);
        finish(state, mark, out);
        break;
      case SKIP:
        timer.at(at);
        break;
    }
  }

  private static void interrupt(FoldState state) {
    state.fixes.interrupt();
    state.elevation().interrupt();
    state.pace().clear();
  }

  private static void finish(FoldState state, Mark mark, FoldSink out) {
    state.finish(mark.batchCount());
    Split last = state.figures().currentSplit();
    if (last.distanceM() > 0) {
      out.split(last);
    }
  }

  private static void heartRate(FoldState state, long atMs, int bpm) {
    state.timer().at(atMs);
    state.heartRate().add(atMs, bpm, !state.timer().isPaused(), state.athlete());
  }

  private static void load(Fix fix, FixColumn fixes, int index) {
    int accuracyCm = fixes.accuracyCm(index);
    int altitudeCm = fixes.altitudeCm(index);
    fix.atMs = fixes.atEpochMs(index);
    fix.latitudeDeg = fixes.latitudeE7(index) / E7;
    fix.longitudeDeg = fixes.longitudeE7(index) / E7;
    fix.altitudeM = altitudeCm == SampleBatch.ABSENT ? Double.NaN : altitudeCm / 100.0;
    fix.sigmaM = accuracyCm == SampleBatch.ABSENT || accuracyCm < 0
        ? ASSUMED_SIGMA_M
        : Math.max(LEAST_SIGMA_M, accuracyCm / 100.0);
  }

  private static void fix(FoldState state, Fix fix, FoldSink out) {
    state.timer().at(fix.atMs);
    FixMemory memory = state.fixes;
    boolean known = memory.hasAccepted() && fix.atMs > memory.acceptedAtMs();
    fix.surprise = known && !memory.isInterrupted() ? surprise(state, fix) : 0;
    FixChecks.Doubt doubt = FixChecks.first(fix, state);
    memory.seen(fix.atMs);
    if (doubt == null) {
      accept(state, fix, out);
      return;
    }
    tell(state, fix, doubt, out);
    memory.reject(doubt.speaksAgainstTheTrack());
    if (memory.rejectedInARow() >= REANCHOR_AFTER) {
      cross(state, fix, out);
    }
  }

  /** Looks ahead without moving: a fix that is refused must leave the filter as it was. */
  private static double surprise(FoldState state, Fix fix) {
    double seconds = (fix.atMs - state.fixes.acceptedAtMs()) / 1e3;
    return state.filter().surpriseAfter(seconds, fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
  }

  private static void accept(FoldState state, Fix fix, FoldSink out) {
    FixMemory memory = state.fixes;
    boolean paused = state.timer().isPaused();
    if (!memory.hasAccepted() || memory.isInterrupted() || paused) {
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
    PositionFilter filter = state.filter();
    filter.predict(seconds);
    filter.update(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
    long timerMs = state.timer().timerMs(fix.atMs);
    state
        .distance()
        .move(filter.latitudeDeg(), filter.longitudeDeg(), timerMs, fix.atMs, state, out);
    if (filter.speedMps() >= state.sport().movingMps()) {
      state.moved(fix.atMs - memory.acceptedAtMs());
    }
    climb(state, fix, seconds);
    memory.accept(fix.atMs, fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
    point(state, fix, 0, out);
  }

  /** The first fix, or the first after a pause: a line begins here. */
  private static void begin(FoldState state, Fix fix, FoldSink out, int flags) {
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
    state
        .distance()
        .anchor(fix.latitudeDeg, fix.longitudeDeg, state.timer().timerMs(fix.atMs), fix.atMs);
    state.fixes.accept(fix.atMs, fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
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
    double limit = state.sport().maxSpeedMps();
    boolean plausible = speed <= limit;
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
    if (speed >= state.sport().movingMps()) {
      state.moved(fix.atMs - state.fixes.acceptedAtMs());
    }
    state.filter().reset(fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
    state.fixes.accept(fix.atMs, fix.latitudeDeg, fix.longitudeDeg, fix.sigmaM);
    climb(state, fix, seconds);
    point(state, fix, TrackPoint.ESTIMATED, out);
  }

  private static void climb(FoldState state, Fix fix, double seconds) {
    if (!Double.isNaN(fix.altitudeM)) {
      state.elevation().add(fix.altitudeM, seconds);
    }
  }

  private static void point(FoldState state, Fix fix, int flags, FoldSink out) {
    boolean paused = (flags & TrackPoint.PAUSED) != 0;
    if (!paused) {
      state.pace().add(state.timer().timerMs(fix.atMs), state.distance().distanceUm());
    }
    out.point(new TrackPoint(
        fix.atMs,
        state.filter().latitudeDeg(),
        state.filter().longitudeDeg(),
        state.distance().distanceM(),
        paused ? Double.NaN : Figures.pace(state),
        state.heartRate().bpmAt(fix.atMs),
        fix.altitudeM,
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
