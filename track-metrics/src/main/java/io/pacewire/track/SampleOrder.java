package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one order in which the samples of all sensors are folded, however they were cut into batches:
 * by event time, each sensor's own sequence kept (a sample that is older than the one before counts
 * as taken with it), and at the same time start and resume, heart rates, fixes, other marks.
 *
 * <p>A batch may end where one sensor is ahead of another. So the newest {@value #PATIENCE_MS} ms
 * wait in the state, as far as a lane's few places go, until later samples or the finish release
 * them. What is released depends on the samples alone, not on the batches, as long as at the border
 * of two batches no sensor lags another by more than that.
 */
final class SampleOrder {
  static final long PATIENCE_MS = 2_000;

  private static final SampleBatch NOTHING = new SampleBatch();

  private final MarkLane marks = new MarkLane();
  private final HeartRateLane heartRates = new HeartRateLane();
  private final FixLane fixes = new FixLane();
  private final Lane[] lanes = {marks, heartRates, fixes};

  void step(FoldState state, SampleBatch batch, FoldSink out) {
    attach(state, batch);
    if (marks.isFinishing()) {
      fixes.know(marks.finishAtMs(), true);
      drain(state, Lane.NEVER - 1, out);
      TrackFold.finish(state, marks.finishAtMs(), marks.finishBatchCount(), out);
    } else {
      long horizonMs = horizonMs();
      fixes.know(horizonMs, false);
      drain(state, horizonMs, out);
    }
    for (Lane lane : lanes) {
      lane.keep();
    }
  }

  /** No batch will follow: takes what waits. */
  void end(FoldState state, FoldSink out) {
    attach(state, NOTHING);
    long horizonMs = horizonMs();
    fixes.know(horizonMs, true);
    drain(state, Lane.NEVER - 1, out);
    for (Lane lane : lanes) {
      lane.keep();
    }
  }

  private void attach(FoldState state, SampleBatch batch) {
    marks.attach(batch.marks(), state);
    heartRates.attach(batch.heartRates());
    fixes.attach(batch.fixes());
  }

  private long horizonMs() {
    long newest = Lane.BEFORE_ALL;
    for (Lane lane : lanes) {
      newest = Math.max(newest, lane.tailAtMs());
    }
    return newest == Lane.BEFORE_ALL ? newest : newest - PATIENCE_MS;
  }

  private void drain(FoldState state, long untilMs, FoldSink out) {
    for (Lane first = first(); first != null; first = first()) {
      if (first.headAtMs() > untilMs && !isFull()) {
        return;
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

  void write(ByteBuffer out) {
    marks.write(out);
    heartRates.write(out);
    fixes.write(out);
  }

  void read(ByteBuffer in) {
    marks.read(in);
    heartRates.read(in);
    fixes.read(in);
  }
}
