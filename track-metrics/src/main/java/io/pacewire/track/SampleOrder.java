package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one order in which the samples of all sensors are folded, however they were cut into batches:
 * by event time, each sensor's own sequence kept (a sample that is older than the one before counts
 * as taken with it), and at the same time start and resume, what lies before in {@link #lanes}, other
 * marks.
 *
 * <p>A batch may end where one sensor is ahead of another. So the newest {@value #PATIENCE_MS} ms
 * wait in the state, as far as a lane's few places go, until later samples or the finish release
 * them. What is released depends on the samples alone, not on the batches, as long as at the border
 * of two batches no sensor lags another by more than that, and by no more than a lane has places: of
 * a receiver with ten fixes a second {@value FixLane#CAPACITY} wait, or 0.4 s. A device that seals
 * what all its sensors gave up to one moment, as the SDK does, has no such lag. A time that is more
 * than {@value Turn#LEAD_MS} ms ahead releases nothing until the next of the same sensor confirms it; one that lies behind goes with the next ({@link Turn}).
 */
final class SampleOrder {
  static final long PATIENCE_MS = 2_000;

  /** A strap without contact says 0, a broken one anything: neither is a heart rate. */
  private static final int HIGHEST_BPM = 250;

  /** 100 m/s; nothing on wheels or feet is faster. */
  private static final int HIGHEST_CMS = 10_000;

  /** Track cyclists reach 250 revolutions, sprinters 290 steps. */
  private static final int HIGHEST_PER_MIN = 300;

  /** Sprinters reach 2,500 W; and twelve bits hold it. */
  private static final int HIGHEST_W = 4_095;

  /** Below the lowest valley. */
  private static final int HIGHEST_PA = 120_000;

  /** A last time that nothing confirms is believed after a gap, where nobody says when the end was. */
  private static final long SILENCE_AT_END_MS = TrackFold.GAP_S * 1_000L;

  /** A receiver that gives one fix a second is never quite in time, and misses one now and then. */
  private static final long HURRY_MS = 5_000;

  private static final SampleBatch NOTHING = new SampleBatch();

  private final MarkLane marks = new MarkLane();
  private final MotionLane motion = new MotionLane();
  private final ScalarLane heartRates = new ScalarLane(2, HIGHEST_BPM, SensorFold::heartRate);
  private final ScalarLane speeds = new ScalarLane(3, HIGHEST_CMS, SensorFold::speed);
  private final ScalarLane cadences = new ScalarLane(4, HIGHEST_PER_MIN, SensorFold::cadence);
  private final ScalarLane powers = new ScalarLane(5, HIGHEST_W, SensorFold::power);
  private final ScalarLane pressures = new ScalarLane(6, HIGHEST_PA, SensorFold::pressure);
  private final FixLane fixes = new FixLane();
  private final SensorLane[] sensors = {
    motion, heartRates, speeds, cadences, powers, pressures, fixes
  };
  private final Lane[] lanes = {
    marks, motion, heartRates, speeds, cadences, powers, pressures, fixes
  };

  private long beganAtMs = Lane.BEFORE_ALL;

  void step(FoldState state, SampleBatch batch, FoldSink out) {
    attach(state, batch);
    if (marks.isFinishing()) {
      motion.listen(reachedMs());
      close(finishedBy(marks.finishAtMs()));
      drain(state, Lane.NEVER - 1, out);
      TrackFold.finish(state, marks.finishAtMs(), marks.finishBatchCount(), out);
    } else {
      long horizonMs = horizonMs();
      motion.listen(horizonMs);
      drain(state, horizonMs, out);
    }
    for (Lane lane : lanes) {
      lane.keep();
    }
  }

  /** No batch will follow: takes what waits. */
  void end(FoldState state, FoldSink out) {
    attach(state, NOTHING);
    marks.close();
    motion.listen(reachedMs());
    close(reachedMs() + Lane.LEAP_MS);
    drain(state, Lane.NEVER - 1, out);
    for (Lane lane : lanes) {
      lane.keep();
    }
  }

  /**
   * Takes what waits, but for times so far ahead that only a later sample could confirm them. Nothing
   * can follow.
   */
  void hurry(FoldState state) {
    attach(state, NOTHING);
    close(reachedMs() + HURRY_MS);
    drain(state, Lane.NEVER - 1, FoldSink.NONE);
  }

  /** A finish well before the samples is of a clock that was wrong: they have to tell for themselves. */
  private long finishedBy(long finishAtMs) {
    long reached = reachedMs();
    return finishAtMs >= reached - PATIENCE_MS
        ? finishAtMs + PATIENCE_MS
        : reached + SILENCE_AT_END_MS;
  }

  private void close(long untilMs) {
    for (SensorLane sensor : sensors) {
      sensor.close(untilMs);
    }
  }

  private void attach(FoldState state, SampleBatch batch) {
    motion.attach(batch.accels());
    heartRates.attach(batch.heartRates());
    speeds.attach(batch.speeds());
    cadences.attach(batch.cadences());
    powers.attach(batch.powers());
    pressures.attach(batch.pressures());
    fixes.attach(batch.fixes());
    marks.attach(batch.marks());
    long firstAtMs = firstAtMs();
    long startAtMs = startMs(state);
    beganAtMs = startAtMs != Lane.BEFORE_ALL ? startAtMs : beganMs(state, firstAtMs);
    boolean spoke = false;
    for (SensorLane sensor : sensors) {
      sensor.open(startAtMs);
      spoke |= sensor.spoke();
    }
    long tailMs = tailAtMs();
    for (SensorLane sensor : sensors) {
      sensor.reach(tailMs);
    }
    marks.open(tailMs, firstAtMs, spoke, state);
  }

  /** By the start mark; {@link Lane#BEFORE_ALL} where none was taken, waits or is new. */
  private long startMs(FoldState state) {
    long start = marks.startAtMs();
    if (start != Lane.NEVER) {
      return start;
    }
    return state.hasBegun() ? state.timer().startAtMs() : Lane.BEFORE_ALL;
  }

  /** Without a start mark: when the first thing of all was. */
  private long beganMs(FoldState state, long firstAtMs) {
    if (state.timer().isStarted()) {
      return state.timer().startAtMs();
    }
    long first = Math.min(marks.firstAtMs(), firstAtMs);
    return first == Lane.NEVER ? Lane.BEFORE_ALL : first;
  }
  /** Of all sensors, what waits or is new. */
  private long firstAtMs() {
    long first = Lane.NEVER;
    for (SensorLane sensor : sensors) {
      first = Math.min(first, sensor.firstAtMs());
    }
    return first;
  }

  private long horizonMs() {
    long newest = Math.max(marks.tailAtMs(), tailAtMs());
    return newest == Lane.BEFORE_ALL ? newest : newest - PATIENCE_MS;
  }

  /** What is certain; where that is nothing, when it began. */
  private long reachedMs() {
    long newest = Math.max(marks.tailAtMs(), tailAtMs());
    return newest == Lane.BEFORE_ALL ? Math.max(0, beganAtMs) : newest;
  }

  /** Of all sensors. */
  private long tailAtMs() {
    long newest = Lane.BEFORE_ALL;
    for (SensorLane sensor : sensors) {
      newest = Math.max(newest, sensor.tailAtMs());
    }
    return newest;
  }

  private void drain(FoldState state, long untilMs, FoldSink out) {
    for (Lane first = first(); first != null; first = first()) {
      if (first.headAtMs() > untilMs) {
        if (!isFull()) {
          return;
        }
        // Others have got there, for want of places.
        long reachedAtMs = first.headAtMs();
        motion.listen(reachedAtMs);
        Lane earliest = first();
        first = earliest == null ? first : earliest;
      }
      first.take(state, out);
    }
  }

  private boolean isFull() {
    for (Lane lane : lanes) {
      if (lane.left() > lane.capacity()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Lane first() {
    Lane first = null;
    for (Lane lane : lanes) {
      long at = lane.headAtMs();
      if (at == Lane.NEVER) {
        continue;
      }
      if (first == null
          || at < first.headAtMs()
          || (at == first.headAtMs() && lane.headRank() < first.headRank())) {
        first = lane;
      }
    }
    return first;
  }

  /** What waits lies within {@link #PATIENCE_MS}, so two bytes say when. */
  void write(ByteBuffer out) {
    long baseMs = Lane.NEVER;
    for (Lane lane : lanes) {
      baseMs = Math.min(baseMs, lane.firstWaitingMs());
    }
    baseMs = baseMs == Lane.NEVER ? 0 : baseMs;
    StateBytes.put48(out, baseMs);
    marks.write(out);
    motion.write(out, baseMs);
    heartRates.write(out, baseMs);
    speeds.write(out, baseMs);
    cadences.write(out, baseMs);
    powers.write(out, baseMs);
    pressures.write(out, baseMs);
    fixes.write(out);
  }

  void read(ByteBuffer in) {
    long baseMs = StateBytes.get48(in);
    marks.read(in);
    motion.read(in, baseMs);
    heartRates.read(in, baseMs);
    speeds.read(in, baseMs);
    cadences.read(in, baseMs);
    powers.read(in, baseMs);
    pressures.read(in, baseMs);
    fixes.read(in);
  }
}
