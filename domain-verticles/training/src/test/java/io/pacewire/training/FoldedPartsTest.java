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
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
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

  @Test
  void aPart_isComplete_whereNoHoleOfItsRecordingIsInIt() {
    List<MissingBatches> hole = List.of(hole(10, 20));
    assertThat(part(10L, null, true, hole).complete()).isFalse();
    assertThat(part(19L, 30L, false, hole).complete()).isFalse();
    assertThat(part(null, 11L, false, hole).complete()).isFalse();
    assertThat(part(null, null, true, hole).complete()).isFalse();

    assertThat(part(20L, null, true, hole).complete()).isTrue();
    assertThat(part(20L, 30L, false, hole).complete()).isTrue();
    assertThat(part(null, 10L, false, hole).complete()).isTrue();
    assertThat(part(null, 10L, false, hole).missing()).isEmpty();
    assertThat(part(20L, null, false, hole).complete())
        .as("more may come of its end")
        .isFalse();
    assertThat(part(20L, 30L, true, Collections.nCopies(MissingBatches.MOST_NAMED, hole(10, 20)))
            .complete())
        .as("others may be in it that are not named")
        .isFalse();
    assertThat(part(9L, 30L, true, List.of(hole(9, 9))).missing())
        .as("of no length")
        .hasSize(1);
  }

  private static MissingBatches hole(long fromAtMs, long toAtMs) {
    return new MissingBatches(0, 1, 2, MissingBatches.Reason.MISSING, fromAtMs, toAtMs);
  }

  /** Of a recording with holes. */
  private static FoldedSession part(
      @Nullable Long fromMs, @Nullable Long toMs, boolean ended, List<MissingBatches> missing) {
    CollectedTrack track = new CollectedTrack();
    TrainingPart part = new TrainingPart(new UUID(0, 0), fromMs, toMs);
    FoldedParts parts =
        new FoldedParts(new Recipe(List.of(part), null, Elevation.AS_RECORDED), track);
    SampleBatch last = new SampleBatch();
    if (ended) {
      last.addMark(Mark.finish(30, 30, 1));
    }
    parts.hear(last);
    parts.add(
        new FoldedSession(figuresAt(0), new CollectedTrack(), false, missing, null, verdict -> 0));
    return parts.result(figuresAt(0));
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
