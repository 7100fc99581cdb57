package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.replay.Timeline;
import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.Lap;
import io.pacewire.track.Split;
import io.pacewire.track.TrackFold;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A timeline through the wire's codec and the fold, in batches of ten seconds, as a device sends it. */
final class TimelineFold implements FoldSink {
  private static final long BATCH_MS = 10_000;

  /** Well below what the wire lets into a batch, marks included. */
  private static final int BATCH_EVENTS = 200;

  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000000");

  private final FoldState state = FoldState.start(AthleteParameters.defaults());
  private final SampleBatch decoded = new SampleBatch();
  private final SampleBatch batch = new SampleBatch();
  private final Map<Long, Double> speedMps = new HashMap<>();
  private final Map<Long, Lap> laps = new HashMap<>();
  private int seq;

  private TimelineFold() {}

  static TimelineFold of(Timeline timeline) {
    TimelineFold fold = new TimelineFold();
    fold.fold(timeline);
    return fold;
  }

  Figures figures() {
    return state.figures();
  }

  /** Instant, by the epoch milliseconds of its fix. */
  Map<Long, Double> speedMps() {
    return speedMps;
  }

  /** By the epoch milliseconds at which they ended. */
  Map<Long, Lap> laps() {
    return laps;
  }

  @Override
  public void point(TrackPoint point) {
    speedMps.put(point.atEpochMs(), point.speedMps());
  }

  @Override
  public void lap(Lap lap) {
    laps.put(lap.endAtEpochMs(), lap);
  }

  @Override
  public void split(Split split) {}

  @Override
  public void verdict(Verdict verdict) {}

  private void fold(Timeline timeline) {
    long first = timeline.firstAtEpochMs();
    batch.header(SESSION, 0, 0, 0);
    batch.addMark(Mark.start(first, 0, timeline.sport(), "UTC", 0, "", "", 0));
    long until = first + BATCH_MS;
    int waiting = 0;
    for (Timeline.Event event : timeline.events()) {
      if (event.atEpochMs() >= until || waiting >= BATCH_EVENTS) {
        send();
        until = event.atEpochMs() + BATCH_MS;
        waiting = 0;
      }
      add(batch, event, event.atEpochMs() - first);
      waiting++;
    }
    long last = timeline.lastAtEpochMs();
    batch.addMark(Mark.finish(last, last - first, seq + 1));
    send();
  }

  private void send() {
    if (batch.isEmpty()) {
      return; // what was measured in these seconds is not folded yet
    }
    byte[] bytes = BatchCodec.encode(batch);
    BatchCodec.decode(bytes, 0, bytes.length, decoded);
    TrackFold.step(state, decoded, this);
    batch.clear();
    batch.header(SESSION, 0, 0, ++seq);
  }

  /** As a device would put it into its batch. */
  static void add(SampleBatch batch, Timeline.Event event, long monotonicMs) {
    long at = event.atEpochMs();
    if (event instanceof Timeline.Fix fix) {
      batch
          .fixes()
          .add(
              at,
              monotonicMs,
              (int) Math.round(fix.latitudeDeg() * 1e7),
              (int) Math.round(fix.longitudeDeg() * 1e7),
              centimetres(fix.altitudeM()),
              centimetres(fix.accuracyM()),
              SampleBatch.ABSENT,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT);
    } else if (event instanceof Timeline.HeartRate rate) {
      batch.heartRates().add(at, monotonicMs, rate.bpm(), SampleBatch.ABSENT);
    } else if (event instanceof Timeline.Cadence cadence) {
      batch.cadences().add(at, monotonicMs, cadence.perMinute());
    } else if (event instanceof Timeline.Power power) {
      batch.powers().add(at, monotonicMs, power.watt());
    } else if (event instanceof Timeline.SensorSpeed speed) {
      batch.speeds().add(at, monotonicMs, centimetres(speed.speedMps()));
    } else if (event instanceof Timeline.Pressure pressure) {
      batch.pressures().add(at, monotonicMs, (int) Math.round(pressure.pressurePa()));
    } else if (event instanceof Timeline.Pause) {
      batch.addMark(Mark.pause(at, monotonicMs));
    } else if (event instanceof Timeline.Resume) {
      batch.addMark(Mark.resume(at, monotonicMs));
    } else if (event instanceof Timeline.Lap) {
      batch.addMark(Mark.lap(at, monotonicMs));
    }
  }

  private static int centimetres(double metres) {
    return Double.isNaN(metres) ? SampleBatch.ABSENT : (int) Math.round(metres * 100);
  }
}
