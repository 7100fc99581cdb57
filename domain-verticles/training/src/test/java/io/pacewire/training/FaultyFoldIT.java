package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.stack.Await;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.Lap;
import io.pacewire.track.Split;
import io.pacewire.track.TrackPoint;
import io.pacewire.track.Verdict;
import io.pacewire.training.SessionHead.State;
import io.pacewire.wire.SeqRanges;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one session or training makes somebody throw, beside the fold and in it, costs it alone. */
class FaultyFoldIT extends TrainingDatabase {
  private static final int BATCHES = 40;
  /** Within the hour after which chunks are sealed. */
  private static final long LATER_MS = 1_200_000;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void anEndlessRecursionInAFold_setsItsSessionAside_andIsCounted() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(BATCHES);
    core.apply(run.records(0, 1));
    SessionHead head = core.head(run);
    TrainingMeters meters = TrainingMeters.of(vertx);
    double before = meters.aside().count();
    ContiguousFold folding = new ContiguousFold(
        core.chunks,
        new SessionsAside(
            core.sessions,
            new SessionHeads(core.sessions, new Partitions(vertx, pool), new PartitionReads()),
            new WriterFolds(10),
            meters),
        key -> new Bottomless(),
        meters);
    SequenceFold sequence = new SequenceFold(FoldState.start(head.athlete()), 0, new SeqRanges());
    WriterFold fold = new WriterFold(new WriterKey(run.key(), 0), head, sequence, 0);

    Optional<WriterFold> left = Await.get(folding.advance(fold, run.all()));

    assertThat(left).isEmpty();
    assertThat(core.head(run).state()).isEqualTo(State.QUARANTINED);
    assertThat(meters.aside().count()).isEqualTo(before + 1);
    assertThat(Metrics.of(vertx).find("pacewire.training.sessions.aside").counter())
        .isNotNull();
  }

  @Test
  void aTrainingOfWhichOnePartIsRotten_doesNotSetTheOtherAside() throws Exception {
    RecordedRun first = RecordedRun.of(BATCHES);
    RecordedRun second = first.next(LATER_MS, BATCHES);
    core.apply(first.all());
    core.apply(second.records(0, 19));
    core.apply(second.records(21, BATCHES - 1));
    long overMs = second.record(BATCHES - 1).receivedAtMs() + TrainingCore.MISSING.toMillis();
    core.consumedUntil(overMs + 10_000);
    Training into = core.written(first);
    var merged = Await.get(core.edits.merge(
        new Target(first.athlete, into.trainingId(), null),
        List.of(core.written(second).trainingId())));
    core.sql("UPDATE chunk SET body = '\\x0102' WHERE seq = 10 AND session_id = '" + first.session
        + "'");

    double aside = TrainingMeters.of(vertx).aside().count();
    core.apply(second.record(20, overMs + 20_000));
    core.consumedUntil(overMs + 20_000 + TrainingCore.REVISION.toMillis() + 60_000);

    assertThat(TrainingMeters.of(vertx).aside().count()).as("set aside").isEqualTo(aside);
    assertThat(core.head(second).state()).isEqualTo(State.FINISHED);
    assertThat(core.written(second).complete()).isTrue();
    assertThat(core.written(first).revision()).isEqualTo(merged.revision());
    assertThat(core.head(first).state()).isEqualTo(State.FINISHED);
  }

  @Test
  void whatWasSplitOff_isBroughtUpToDate_thoughTheRestWasMergedWithWhatIsRotten() throws Exception {
    RecordedRun first = RecordedRun.of(BATCHES);
    RecordedRun second = first.next(LATER_MS, BATCHES);
    core.apply(first.all());
    core.apply(second.records(0, 29));
    core.apply(second.records(31, BATCHES - 1));
    long overMs = second.record(BATCHES - 1).receivedAtMs() + TrainingCore.MISSING.toMillis();
    core.consumedUntil(overMs + 10_000);
    Target own = new Target(first.athlete, second.session, null);
    long middleMs = RecordedRun.START_MS + LATER_MS + 200_000;
    Training unused = Await.get(core.edits.split(own, middleMs));
    UUID splitOff = Await.get(core.trainings.listMadeOf(second.key())).stream()
        .filter(id -> !id.equals(second.session))
        .findFirst()
        .orElseThrow();
    Training merged = Await.get(core.edits.merge(own, List.of(first.session)));
    core.sql("UPDATE chunk SET body = '\\x0102' WHERE seq = 10 AND session_id = '" + first.session
        + "'");

    core.apply(second.record(30, overMs + 20_000));
    core.consumedUntil(overMs + 20_000 + TrainingCore.REVISION.toMillis() + 60_000);

    assertThat(core.written(second).revision()).isEqualTo(merged.revision());
    assertThat(core.head(second).state()).isEqualTo(State.FINISHED);
    Training other = Await.get(core.trainings.find(first.athlete, splitOff)).orElseThrow();
    assertThat(other.complete()).isTrue();
    assertThat(other.revision()).isEqualTo(2);
  }

  @Test
  void somebodysDamagedPrint_costsNobodyATraining() throws Exception {
    RecordedRun damaged = RecordedRun.of(BATCHES * 5);
    core.apply(damaged.all());
    core.sql("UPDATE training_print SET hashes = array_append(hashes, NULL)"
        + " WHERE cardinality(hashes) > 0");
    RecordedRun copy = RecordedRun.of(BATCHES * 5);
    core.apply(copy.all());
    assertThat(core.training(copy)).isPresent();
    assertThat(core.head(copy).state()).isEqualTo(State.FINISHED);
  }

  @Test
  void aTrainingThatCannotBeComputedAnew_isNamed_andTheNextOnesTurnComes() throws Exception {
    RecordedRun rotten = RecordedRun.of(BATCHES);
    RecordedRun sound = rotten.next(LATER_MS, BATCHES);
    core.apply(rotten.all());
    core.apply(sound.all());
    core.sql("UPDATE chunk SET body = '\\x0102' WHERE seq = 10 AND session_id = '" + rotten.session
        + "'");
    var page = Await.get(core.recompute.page(rotten.athlete, null, 10, new Turnstile(4, 32)))
        .getJsonArray("trainings");
    assertThat(page).hasSize(2);
    for (int i = 0; i < page.size(); i++) {
      boolean bad = page.getJsonObject(i).getString("trainingId").equals(rotten.session.toString());
      assertThat(page.getJsonObject(i).getString("reason")).isEqualTo(bad ? "not-computed" : null);
    }
  }

  /** What a merged training has of a recording is its batches. */
  @Test
  void aRecordingThatIsAPart_isFoldedWithoutPointsOfItsOwn() throws Exception {
    RecordedRun run = RecordedRun.of(BATCHES);
    core.apply(run.all());
    core.apply(run.watch(1).all());
    int[] batches = new int[1];
    FoldedSession folded =
        Await.get(core.folds.runWithoutPoints(core.head(run), batch -> batches[0]++));
    assertThat(folded.track().points()).isEmpty();
    assertThat(folded.figures().distanceM())
        .isEqualTo(Await.get(core.folds.run(core.head(run))).figures().distanceM());
    assertThat(batches[0]).isGreaterThanOrEqualTo(BATCHES);
  }

  /** As a defect of what the fold calls might. */
  private static final class Bottomless implements FoldSink {
    @Override
    @SuppressWarnings("InfiniteRecursion")
    public void point(TrackPoint point) {
      point(point);
    }

    @Override
    public void split(Split split) {}

    @Override
    public void verdict(Verdict verdict) {}

    @Override
    public void lap(Lap lap) {}
  }
}
