package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.Test;

/** A partition goes to another consumer and comes back: what memory holds of it is of the past. */
class TakeoverIT extends TrainingDatabase {
  private static final int BATCHES = 40;
  private static final String LIVE = "telemetry.live.v1";

  private final RecordedRun run = RecordedRun.of(BATCHES);
  private final TrainingCore sleeper = new TrainingCore(vertx, pool);
  private final TrainingCore heir = new TrainingCore(vertx, pool);
  private final long lastMs = run.record(BATCHES - 1).receivedAtMs();
  private final long graceMs = TrainingCore.MISSING.toMillis() + 10_000;
  private final long debounceMs = TrainingCore.REVISION.toMillis() + 10_000;

  @Test
  void whoGetsAPartitionBack_goesOnFromWhatTheOtherStored() throws Exception {
    sleeper.taking.reads().read(PartitionReadsTest.poll(LIVE, 0, 0, 9));
    sleeper.apply(run.records(0, 9));
    heir.apply(run.records(10, 19));
    sleeper.taking.reads().read(PartitionReadsTest.poll(LIVE, 0, 20, 39));
    sleeper.apply(run.records(20, BATCHES - 1));
    assertThat(sleeper.training(run))
        .as("finished at once, and not when nobody waits any more")
        .hasValueSatisfying(training -> assertThat(training.complete()).isTrue());
  }

  /** Else whoever is killed once a minute reads all of each recording each time. */
  @Test
  void whoTakesOver_savesWhatIsNotForAMinute() throws Exception {
    sleeper.apply(run.records(0, 4)); // of ten seconds each
    heir.apply(run.records(5, 8));
    Await.get(heir.taking.consumer().settled());
    var saved =
        Await.get(pool.preparedQuery("SELECT position FROM checkpoint WHERE athlete_id = $1")
            .execute(Tuple.of(run.athlete)));
    assertThat(saved)
        .singleElement()
        .satisfies(row -> assertThat(row.getInteger(0)).isEqualTo(9));
  }

  @Test
  void theOthersWriter_isFinishedToo() throws Exception {
    RecordedRun watch = run.watch(1);
    sleeper.taking.reads().read(PartitionReadsTest.poll(LIVE, 0, 0, 9));
    sleeper.apply(watch.records(0, 9));
    sleeper.apply(run.records(0, 9));
    heir.apply(watch.records(10, BATCHES - 1));
    sleeper.taking.reads().read(PartitionReadsTest.poll(LIVE, 0, 20, 39));
    sleeper.apply(run.records(10, BATCHES - 1));
    assertThat(sleeper.training(run))
        .hasValueSatisfying(training -> assertThat(training.complete()).isTrue());
  }

  @Test
  void whatComesToASleeperThatKnowsOfNoTraining_isTakenIn() throws Exception {
    sleeper.apply(run.records(0, 9));
    heir.apply(run.records(11, BATCHES - 1));
    heir.consumedUntil(lastMs + graceMs);
    assertThat(heir.written(run).complete()).isFalse();
    long lateMs = lastMs + 600_000;
    sleeper.apply(run.record(10, lateMs));
    heir.consumedUntil(lateMs + debounceMs);
    assertThat(heir.written(run).complete()).isTrue();
    assertThat(heir.written(run).revision()).isEqualTo(2);
  }

  @Test
  void whatIsStoredWhileARevisionIsWritten_isTakenInByTheNext_thoughItWasReceivedBefore()
      throws Exception {
    heir.apply(run.records(0, 9));
    heir.apply(run.records(12, BATCHES - 1));
    heir.consumedUntil(lastMs + graceMs);
    long lateMs = lastMs + 600_000;
    heir.apply(run.record(11, lateMs));
    SessionHead read = heir.head(run);
    sleeper.apply(run.record(10, lateMs - 60_000));
    Await.get(heir.sessions.revised(read));
    heir.consumedUntil(lateMs + debounceMs);
    assertThat(heir.written(run).complete()).isTrue();
  }

  @Test
  void whoSleptSinceASessionSeemedSilent_doesNotEndIt_whenMoreCame() throws Exception {
    sleeper.apply(run.records(0, 9));
    sleeper.apply(run.records(12, BATCHES - 1));
    SessionHead silent = sleeper.head(run);
    heir.apply(run.record(10));
    assertThatThrownBy(() -> Await.get(sleeper.parts.finisher().finishSilent(silent)))
        .hasCauseInstanceOf(OvertakenException.class);
    assertThat(heir.training(run)).isEmpty();
    heir.apply(run.record(11));
    assertThat(heir.written(run).complete()).isTrue();
    assertThat(heir.written(run).revision()).isEqualTo(1);
  }

  @Test
  void norWhereThereWasNothingToMakeATrainingOf() throws Exception {
    sleeper.apply(run.record(0, RecordedRun.START_MS, new byte[] {1}));
    SessionHead silent = sleeper.head(run);
    heir.apply(run.record(1, RecordedRun.START_MS, new byte[] {1}));
    assertThatThrownBy(() -> Await.get(sleeper.parts.finisher().finishSilent(silent)))
        .hasCauseInstanceOf(OvertakenException.class);
    assertThat(heir.head(run).state()).isEqualTo(SessionHead.State.LIVE);
    assertThat(Await.get(heir.parts.finisher().finishSilent(heir.head(run)))).isEmpty();
    assertThat(heir.head(run).state()).isEqualTo(SessionHead.State.FINISHED);
  }

  @Test
  void aStartThatComesAfterTheTraining_isNotToldAfterIt() throws Exception {
    heir.apply(run.records(1, BATCHES - 1));
    heir.consumedUntil(lastMs + graceMs);
    assertThat(heir.written(run).revision()).isEqualTo(1);
    long lateMs = lastMs + 600_000;
    sleeper.apply(run.record(0, lateMs));
    heir.consumedUntil(lateMs + debounceMs);
    assertThat(heir.written(run).complete()).isTrue();
    assertThat(heir.facts(run.athlete, "training.started")).isEmpty();
    assertThat(heir.facts(run.athlete, "training.revised")).hasSize(1);
  }

  @Test
  void theBatchThatFinishes_makesNoRevision() throws Exception {
    heir.apply(run.all());
    assertThat(wanted()).isZero();
    heir.apply(run.record(BATCHES - 1, lastMs + 1_000));
    assertThat(wanted()).as("its device sends it once more").isZero();
    heir.apply(run.record(BATCHES - 1));
    assertThat(wanted())
        .as("of a poll that is repeated, the sweep looks closer")
        .isOne();
    heir.consumedUntil(lastMs + debounceMs);
    assertThat(heir.written(run).revision()).isEqualTo(1);
  }

  @Test
  void aDroppedBatchThatCameAfterAll_isFoldedByWhoTakesOver_thoughTheStateHadGonePastIt()
      throws Exception {
    RecordedRun dropping = RecordedRun.of(150).skipping(20, 10, 14);
    sleeper.apply(dropping.records(0, 9));
    sleeper.apply(dropping.records(15, 100));
    heir.apply(dropping.records(10, 14));
    new TrainingCore(vertx, pool).apply(dropping.records(101, 149)); // and no sweep in between
    RecordedRun inOrder = RecordedRun.of(150).skipping(20, 10, 14);
    new TrainingCore(vertx, pool).apply(inOrder.all());
    assertThat(state(dropping)).isEqualTo(state(inOrder));
    assertThat(heir.written(dropping).complete()).isTrue();
  }

  private static Buffer state(RecordedRun of) throws Exception {
    return Await.get(pool.preparedQuery(
                "SELECT state FROM checkpoint WHERE session_id = $1 AND position = $2")
            .execute(Tuple.of(of.session, of.batches())))
        .iterator()
        .next()
        .getBuffer("state");
  }

  private long wanted() throws Exception {
    return Await.get(pool.query("SELECT count(*) AS wanted FROM session_head WHERE session_id = '"
                + run.session + "' AND revision_wanted")
            .execute())
        .iterator()
        .next()
        .getLong("wanted");
  }
}
