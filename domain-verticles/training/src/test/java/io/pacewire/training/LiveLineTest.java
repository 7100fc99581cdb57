package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.track.TrackPoint;
import io.pacewire.training.Recomputation.Folded;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in memory of a recording of many hours while somebody looks at it. */
class LiveLineTest {
  private static final long START_MS = 1_780_000_000_000L;
  private static final int A_DAY_S = 86_400;
  private static final int FIXES_A_BATCH = 3_600;
  private static final int MOST_COLLECTIONS = 100;

  @Test
  void ofADaysRecording_soManyPointsAreKept_toItsEnd() {
    CollectedTrack track = LiveLine.room();
    fold(track, true, A_DAY_S);
    assertThat(track.points()).hasSizeBetween(LiveSnapshot.MAX_POINTS, LiveLine.MOST_POINTS);
    assertIsWhole(track.points());
  }

  @Test
  void whatWaitsForViewers_isBounded_andLeadsToTheEnd() {
    LiveSession session = new LiveSession();
    FoldState unused = TrackFolds.of(session, true, A_DAY_S);
    assertThat(session.points()).hasSizeLessThanOrEqualTo(LiveSession.MOST_POINTS);
    assertIsWhole(session.points());
    assertThat(session.splits()).hasSizeGreaterThan(100);
    session.told();
    assertThat(session.points()).isEmpty();
  }

  @Test
  void onlyTheLinesPoints_areKept_ofSixteenWriters() {
    LiveLine line = new LiveLine();
    List<WeakReference<CollectedTrack>> tracks = new ArrayList<>();
    for (int writer = 0; writer < 16; writer++) {
      CollectedTrack own = LiveLine.room();
      line.add(writer, fold(own, writer >= 3, 600), own);
      tracks.add(new WeakReference<>(own));
    }
    int left = tracks.size();
    for (int i = 0; i < MOST_COLLECTIONS && left > 1; i++) {
      System.gc();
      left = (int) tracks.stream().filter(one -> one.get() != null).count();
    }
    assertThat(left).isEqualTo(1);
    assertThat(line.line().writer()).isEqualTo(3);
    assertThat(line.track()).isSameAs(tracks.get(3).get());
  }

  private static void assertIsWhole(List<TrackPoint> points) {
    assertThat(points.get(0).atEpochMs()).isEqualTo(START_MS);
    assertThat(points.get(points.size() - 1).atEpochMs())
        .isEqualTo(START_MS + (A_DAY_S - 1) * 1_000L);
  }

  private static Folded fold(CollectedTrack track, boolean started, int seconds) {
    return new Folded(TrackFolds.of(track, started, seconds), 1, true, List.of());
  }

  /** A fix a second, due north at 3 m/s. */
  private static final class TrackFolds {
    private TrackFolds() {}

    static FoldState of(io.pacewire.track.FoldSink sink, boolean started, int seconds) {
      FoldState state = FoldState.start(AthleteParameters.defaults());
      for (int from = 0; from < seconds; from += FIXES_A_BATCH) {
        SampleBatch batch = new SampleBatch();
        if (started && from == 0) {
          batch.addMark(Mark.start(START_MS, 0, "run", "UTC", 0, "Phone", "1.0", 1));
        }
        for (int second = from; second < Math.min(seconds, from + FIXES_A_BATCH); second++) {
          long ms = second * 1_000L;
          batch
              .fixes()
              .add(
                  START_MS + ms,
                  ms,
                  100_000_000 + second * 270,
                  134_000_000,
                  15_000,
                  400,
                  -1,
                  -1,
                  -1);
        }
        if (started && from + FIXES_A_BATCH >= seconds) {
          batch.addMark(Mark.finish(START_MS + (seconds - 1) * 1_000L, (seconds - 1) * 1_000L, 1));
        }
        TrackFold.step(state, batch, sink);
      }
      TrackFold.end(state, sink);
      return state;
    }
  }
}
