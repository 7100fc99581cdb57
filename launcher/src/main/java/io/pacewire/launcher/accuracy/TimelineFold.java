package io.pacewire.launcher.accuracy;

import io.pacewire.launcher.replay.Timeline;
import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;

/** A timeline through the wire's codec and the fold, in batches of ten seconds, as a device sends it. */
final class TimelineFold {
  private static final long BATCH_MS = 10_000;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000000");

  private final FoldState state = FoldState.start(AthleteParameters.defaults());
  private final SampleBatch decoded = new SampleBatch();
  private final SampleBatch batch = new SampleBatch();
  private int seq;

  private TimelineFold() {}

  static Figures figures(Timeline timeline) {
    return new TimelineFold().fold(timeline);
  }

  private Figures fold(Timeline timeline) {
    long first = timeline.firstAtEpochMs();
    batch.header(SESSION, 0, 0, 0);
    batch.addMark(Mark.start(first, 0, timeline.sport(), "UTC", 0, "", "", 0));
    long until = first + BATCH_MS;
    for (Timeline.Event event : timeline.events()) {
      if (event.atEpochMs() >= until) {
        send();
        until = event.atEpochMs() + BATCH_MS;
      }
      add(event, event.atEpochMs() - first);
    }
    long last = timeline.lastAtEpochMs();
    batch.addMark(Mark.finish(last, last - first, seq + 1));
    send();
    return state.figures();
  }

  private void send() {
    if (batch.isEmpty()) {
      return; // what was measured in these seconds is not folded yet
    }
    byte[] bytes = BatchCodec.encode(batch);
    BatchCodec.decode(bytes, 0, bytes.length, decoded);
    TrackFold.step(state, decoded, FoldSink.NONE);
    batch.clear();
    batch.header(SESSION, 0, 0, ++seq);
  }

  private void add(Timeline.Event event, long monotonicMs) {
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
