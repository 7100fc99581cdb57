package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {
  @Test
  void figuresCoverTheNewestFix_andTheFoldGoesOnAsItWould() {
    RecordedRun run = RecordedRun.of(40);
    FoldState watched = FoldState.start(AthleteParameters.defaults());
    FoldState alone = FoldState.start(AthleteParameters.defaults());
    for (int seq = 0; seq < 30; seq++) {
      TrackFold.step(watched, BatchCodec.decode(run.record(seq).bytes()), FoldSink.NONE);
      TrackFold.step(alone, BatchCodec.decode(run.record(seq).bytes()), FoldSink.NONE);
      Figures figures = LiveFigures.of(watched);
      int fixes = (seq + 1) * RecordedRun.FIXES_A_BATCH;
      assertThat(figures.elapsedS()).isEqualTo(fixes - 1.0);
      assertThat(figures.fixCount()).isEqualTo(fixes);
      assertThat(figures.distanceM()).isCloseTo((fixes - 1) * 3.0, within(6.0));
      assertThat(figures.elapsedS()).isGreaterThan(alone.figures().elapsedS());
    }
    assertThat(watched.encode()).isEqualTo(alone.encode());
  }

  @Test
  void whatIsFinished_isToldAsItIs() {
    RecordedRun run = RecordedRun.of(2);
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (TelemetryRecord record : run.all()) {
      TrackFold.step(state, BatchCodec.decode(record.bytes()), FoldSink.NONE);
    }
    assertThat(LiveFigures.of(state).elapsedS()).isEqualTo(state.figures().elapsedS());
  }
}
