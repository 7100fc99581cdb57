package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.track.Verdict;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class FoldedPartsTest {
  private static final long START_MS = 1_780_000_000_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final int PARTS = 16;
  private static final int MOST_COLLECTIONS = 100;

  private final CollectedTrack track = new CollectedTrack();

  @Test
  void whatTheRecordingsHold_isLetGo_aPartAfterTheOther() {
    List<WeakReference<CollectedTrack>> recordings = new ArrayList<>();
    FoldedParts parts = new FoldedParts(recipe(PARTS), track);
    for (int i = 0; i < PARTS; i++) {
      CollectedTrack recording = new CollectedTrack();
      parts.add(session(i, recording, verdict -> recording.points().size()));
      recordings.add(new WeakReference<>(recording));
    }
    assertThat(left(recordings, 2)).as("while the last is folded").isLessThanOrEqualTo(2);
    FoldedSession result = parts.result(figuresAt(0));
    assertThat(left(recordings, 0)).isZero();
    assertThat(result.complete()).isTrue();
    assertThat(result.who()).isNull();
  }

  @Test
  void aVerdict_isOnAFixOfTheWriterThatSaysSoInItsPart_howeverLateItIsTold() {
    FoldedParts parts = new FoldedParts(recipe(2), track);
    parts.add(session(0, new CollectedTrack(), verdict -> 7));
    Verdict late = verdictAt(START_MS + 1_000);
    track.verdict(late);
    parts.add(session(1, new CollectedTrack(), verdict -> 9));
    assertThat(parts.result(figuresAt(0)).writerOf().applyAsInt(late)).isEqualTo(7);
  }

  private static int left(List<WeakReference<CollectedTrack>> recordings, int most) {
    int left = recordings.size();
    for (int i = 0; i < MOST_COLLECTIONS && left > most; i++) {
      System.gc();
      left = (int) recordings.stream().filter(one -> one.get() != null).count();
    }
    return left;
  }

  private static Recipe recipe(int parts) {
    List<TrainingPart> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(TrainingPart.whole(new UUID(0, i)));
    }
    return new Recipe(all, null, Elevation.AS_RECORDED);
  }

  private static FoldedSession session(
      int number, CollectedTrack recording, ToIntFunction<Verdict> writerOf) {
    return new FoldedSession(figuresAt(number), recording, true, List.of(), null, writerOf);
  }

  private static Figures figuresAt(int hour) {
    long startMs = START_MS + hour * HOUR_MS;
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch batch = new SampleBatch();
    batch.addMark(Mark.start(startMs, 0, "run", "UTC", 0, "Phone", "1.0", 1));
    batch.addMark(Mark.finish(startMs + 60_000, 60_000, 1));
    TrackFold.step(state, batch, new CollectedTrack());
    return state.figures();
  }

  /** Two fixes at one time: the second is refused. */
  private static Verdict verdictAt(long atMs) {
    CollectedTrack told = new CollectedTrack();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch batch = new SampleBatch();
    for (int i = 0; i < 3; i++) {
      batch.fixes().add(atMs, 0, 557_500_000, 376_000_000, 15_000, 800, -1, -1, -1);
    }
    batch.addMark(Mark.finish(atMs + 60_000, 60_000, 1));
    TrackFold.step(state, batch, told);
    return told.verdicts().get(0);
  }
}
