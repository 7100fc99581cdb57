package io.pacewire.training;

import static io.pacewire.training.RecordedRun.START_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.training.SessionHead.State;
import io.pacewire.training.StoredLedger.Range;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of batches, whatever happens to them on their way, on a real PostgreSQL. */
class TrackConsumerIT extends TrainingDatabase {
  private static final long LATER_MS = START_MS + 86_400_000;
  /** Many more in the long form of the tests. */
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 300 : 8;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void aRun_makesOneTraining_andOneFactOfEachKind() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.all());
    Training training = core.written(run);
    assertThat(training.revision()).isEqualTo(1);
    assertThat(training.complete()).isTrue();
    assertThat(training.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(6.0));
    assertThat(training.figures().getDouble("timerS")).isEqualTo(399.0);
    assertThat(training.splits()).hasSize(2);
    assertThat(core.facts(run.athlete, "training.started")).hasSize(1);
    assertThat(core.facts(run.athlete, "training.finished")).hasSize(1);
    assertThat(core.head(run).state()).isEqualTo(State.FINISHED);
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 39));
  }

  @Test
  void shuffledRepeatedAndCutByTwoConsumers_itIsTheSameTraining() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      shuffled();
    }
  }

  private void shuffled() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RecordedRun run = RecordedRun.of(40);
    TrainingCore one = new TrainingCore(vertx, pool);
    TrainingCore other = new TrainingCore(vertx, pool);
    List<TelemetryRecord> batches = new ArrayList<>(run.all());
    batches.addAll(run.all().subList(0, 13));
    Collections.shuffle(batches, random);
    int from = 0;
    while (from < batches.size()) {
      int to = Math.min(batches.size(), from + 1 + random.nextInt(9));
      (random.nextBoolean() ? one : other).apply(batches.subList(from, to));
      from = to;
    }
    // Whoever stored the last one did not see all the others: the sweep picks such sessions up.
    one.consumedUntil(LATER_MS);
    assertSame(core.written(run), undisturbed(40), "seed " + seed);
    assertThat(core.facts(run.athlete, "training.finished")).as("seed %d", seed).hasSize(1);
    assertThat(core.facts(run.athlete, "training.revised")).as("seed %d", seed).isEmpty();
  }

  @Test
  void aConsumerThatTakesOver_goesOnFromTheCheckpoint_orFromTheChunksWithoutOne() throws Exception {
    RecordedRun run = RecordedRun.of(150);
    core.apply(run.records(0, 99));
    new TrainingCore(vertx, pool).apply(run.records(100, 119));
    core.sql("UPDATE checkpoint SET state = '\\x00' WHERE athlete_id = '" + run.athlete + "'");
    new TrainingCore(vertx, pool).apply(run.records(120, 129));
    core.sql("DELETE FROM checkpoint WHERE athlete_id = '" + run.athlete + "'");
    new TrainingCore(vertx, pool).apply(run.records(130, 149));
    assertSame(core.written(run), undisturbed(150), "taken over");
  }

  @Test
  void batchesThatTheDeviceDropped_areAGap_andNotWaitedFor() throws Exception {
    RecordedRun run = RecordedRun.of(40).skipping(20, 10, 14);
    core.apply(run.records(0, 9));
    core.apply(run.records(15, 39));
    Training training = core.written(run);
    assertThat(training.complete()).isFalse();
    assertThat(training.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(6.0));
    assertThat(training.figures().getDouble("estimatedM")).isCloseTo(51 * 3.0, within(6.0));
    assertThat(hole(training).getString("reason")).isEqualTo("DROPPED");
    assertThat(hole(training).getInteger("fromSeq")).isEqualTo(10);
    assertThat(hole(training).getInteger("toSeq")).isEqualTo(14);
  }

  @Test
  void aDroppedBatchThatHadArrivedAllTheSame_counts() throws Exception {
    RecordedRun run = RecordedRun.of(40).skipping(20, 10, 14);
    core.apply(run.records(0, 9));
    core.apply(run.records(15, 30));
    core.apply(run.records(10, 14)); // by the slower lane
    core.consumedUntil(START_MS + 310_000);
    core.apply(run.records(31, 39));
    Training training = core.written(run);
    assertThat(training.complete()).isTrue();
    assertThat(training.figures().getDouble("estimatedM")).isZero();
  }

  @Test
  void aDeviceCannotGiveUpWhatIsStillToCome() throws Exception {
    RecordedRun run = RecordedRun.of(40).skipping(5, 3, 39);
    core.apply(run.records(0, 2));
    core.apply(run.record(5));
    core.apply(run.records(3, 4));
    core.apply(run.records(6, 39));
    assertThat(core.written(run).complete()).isTrue();
  }

  @Test
  void aFinishWaitsForWhatIsMissing_thenGoesWithoutIt_andIsRevisedWhenItComes() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    long lastMs = run.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis());
    assertThat(core.training(run)).isEmpty();

    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    Training withGap = core.written(run);
    assertThat(withGap.complete()).isFalse();
    assertThat(withGap.revision()).isEqualTo(1);
    assertThat(hole(withGap))
        .isEqualTo(new JsonObject()
            .put("writer", 0)
            .put("fromSeq", 20)
            .put("toSeq", 24)
            .put("reason", "MISSING")
            .put("fromAtMs", START_MS + 199_000)
            .put("toAtMs", START_MS + 250_000));
    assertThat(core.facts(run.athlete, "training.finished").get(0).getBoolean("complete"))
        .isFalse();

    long lateMs = lastMs + 3_600_000;
    for (int seq = 20; seq < 25; seq++) {
      core.apply(run.record(seq, lateMs));
    }
    core.consumedUntil(lateMs + TrainingCore.REVISION.toMillis());
    assertThat(core.written(run).revision()).isEqualTo(1);
    core.consumedUntil(lateMs + TrainingCore.REVISION.toMillis() + 10_000);
    assertThat(core.written(run).revision()).isEqualTo(2);
    assertSame(core.written(run), undisturbed(40), "revised");
    assertThat(core.written(run).findings().containsKey("missing")).isFalse();
    assertThat(core.facts(run.athlete, "training.revised"))
        .singleElement()
        .satisfies(fact -> assertThat(fact.getInteger("revision")).isEqualTo(2))
        .satisfies(fact -> assertThat(fact.getBoolean("complete")).isTrue());

    core.apply(run.record(22, lateMs + 60_000)); // once more, with nothing new in it
    core.consumedUntil(lateMs + 3_600_000);
    assertThat(core.written(run).revision()).isEqualTo(2);
  }

  /** Thousands end with a race: those behind the first must not wait for the next sweeps. */
  @Test
  void manyThatAreDueAtOnce_areAllDone_beforeTimeGoesOn() throws Exception {
    List<RecordedRun> runs = new ArrayList<>();
    List<TelemetryRecord> poll = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      RecordedRun run = RecordedRun.of(4);
      poll.addAll(run.records(0, 1));
      poll.add(run.record(3));
      runs.add(run);
    }
    core.apply(poll);
    long dueMs = runs.get(0).record(3).receivedAtMs() + TrainingCore.MISSING.toMillis() + 10_000;
    core.consumedUntil(dueMs);
    for (int polls = 0; polls < 50; polls++) {
      core.consumedAfterAJump(dueMs);
    }
    for (RecordedRun run : runs) {
      assertThat(core.written(run).complete()).isFalse();
    }
  }

  @Test
  void whatADeviceSendsOnceMore_isNoReasonToFoldAgain_butAPollThatIsRepeatedIs() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    long lastMs = run.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    assertThat(isRevisionWanted(run)).isFalse();
    core.apply(run.record(7, lastMs + 600_000));
    core.apply(run.record(0, lastMs + 600_000), run.record(39, lastMs + 600_000));
    assertThat(isRevisionWanted(run)).as("they were there").isFalse();

    TelemetryRecord late = run.record(22, lastMs + 700_000);
    core.apply(run.record(22, lastMs + 800_000), late);
    assertThat(isRevisionWanted(run)).as("it was not").isTrue();
    notNoted(run);
    new TrainingCore(vertx, pool).apply(late, run.record(22, lastMs + 800_000));
    assertThat(isRevisionWanted(run))
        .as("whoever did it before may have died then")
        .isTrue();
    notNoted(run);
    core.apply(run.record(22, lastMs + 900_000));
    assertThat(isRevisionWanted(run)).isFalse();

    core.sql("UPDATE session_head SET seal = 0 WHERE session_id = '" + run.session + "'");
    core.consumedUntil(lastMs + 900_000 + TrainingCore.SEALING.toMillis() * 2);
    notNoted(run);
    new TrainingCore(vertx, pool).apply(run.record(8, lastMs + 2 * 86_400_000));
    assertThat(isRevisionWanted(run)).as("sealed").isFalse();
    new TrainingCore(vertx, pool).apply(run.record(8));
    assertThat(isRevisionWanted(run)).as("sealed, repeated").isTrue();
  }

  /** As if its consumer had been killed between storing and noting. */
  private void notNoted(RecordedRun run) throws Exception {
    core.sql("UPDATE session_head SET revision_wanted = false, wanted_since_ms = NULL"
        + " WHERE session_id = '" + run.session + "'");
  }

  private static boolean isRevisionWanted(RecordedRun run) throws Exception {
    return Await.get(pool.query(
                "SELECT revision_wanted FROM session_head WHERE session_id = '" + run.session + "'")
            .execute())
        .iterator()
        .next()
        .getBoolean("revision_wanted");
  }

  @Test
  void anHourInWhichNobodyCouldSend_endsNoWait() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    long lastMs = run.record(39).receivedAtMs();
    core.consumedUntil(lastMs + 60_000);
    long backMs = lastMs + 3_600_000;
    core.consumedAfterAJump(backMs);
    core.consumedUntil(backMs + TrainingCore.MISSING.toMillis() - 10_000);
    assertThat(core.training(run)).as("its device may be trying to come back").isEmpty();
    core.apply(run.records(20, 23));
    core.consumedUntil(backMs + TrainingCore.MISSING.toMillis() + 10_000);
    assertThat(core.written(run).complete())
        .as("the wait begins anew, and ends")
        .isFalse();
  }

  private static JsonObject hole(Training training) {
    assertThat(training.findings().getJsonArray("missing")).hasSize(1);
    return training.findings().getJsonArray("missing").getJsonObject(0);
  }

  @Test
  void theGraceForWhatIsMissing_countsFromTheLastArrival() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    long lastMs = run.record(39).receivedAtMs();
    long graceMs = TrainingCore.MISSING.toMillis();
    core.apply(run.record(22, lastMs + graceMs - 1_000));
    core.consumedUntil(lastMs + graceMs + 60_000);
    assertThat(core.training(run)).as("more is on its way").isEmpty();
    core.consumedUntil(lastMs + 2 * graceMs + 10_000);
    assertThat(core.written(run).findings().getJsonArray("missing")).hasSize(2);
  }

  @Test
  void whoGoesOnSendingLate_isNotWaitedForWithoutEnd() throws Exception {
    RecordedRun run = RecordedRun.of(60);
    core.apply(run.records(0, 9));
    core.apply(run.records(50, 59));
    long lateMs = run.record(59).receivedAtMs() + 3_600_000;
    core.consumedUntil(lateMs);
    assertThat(core.written(run).revision()).isEqualTo(1);
    int seq = 10;
    for (long at = lateMs; seq < 50; at += 20_000) {
      core.apply(run.record(seq++, at));
      core.consumedUntil(at + 1_000);
    }
    assertThat(core.written(run).revision())
        .as("every ten waits, not with every batch and not only at the end")
        .isBetween(3, 4);
    core.consumedUntil(lateMs + 7_200_000);
    assertSame(core.written(run), undisturbed(60), "all came");
  }

  @Test
  void aSessionThatNobodyFinishes_isClosedWhenItWasSilentForLong() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(30);
    core.apply(run.all());
    long lastMs = run.record(29).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.SILENCE.toMillis());
    assertThat(core.training(run)).isEmpty();
    core.consumedUntil(lastMs + TrainingCore.SILENCE.toMillis() + 10_000);
    Training training = core.written(run);
    assertThat(training.complete()).isFalse();
    assertThat(training.figures().getDouble("distanceM")).isCloseTo(299 * 3.0, within(6.0));
    assertThat(core.live(run)).isEmpty();
  }

  @Test
  void aSessionWithoutASample_isClosedWithoutATraining() throws Exception {
    RecordedRun run = RecordedRun.of(1);
    core.apply(run.record(0, START_MS, new byte[] {1, 2, 3}));
    core.consumedUntil(LATER_MS);
    assertThat(core.training(run)).isEmpty();
    assertThat(core.head(run).state()).isEqualTo(State.FINISHED);
  }

  @Test
  void aBatchThatCannotBeDecoded_keepsItsPlace_andIsRefused() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 9));
    core.apply(run.record(10, START_MS, new byte[] {1, 2, 3}));
    core.apply(run.records(11, 39));
    assertThat(core.written(run).complete()).isFalse();
    assertThat(hole(core.written(run)).getString("reason")).isEqualTo("REFUSED");
    assertThat(hole(core.written(run)).getInteger("fromSeq")).isEqualTo(10);
    assertThat(core.ledger(run).refused())
        .containsExactly(new StoredLedger.Refused(10, "malformed"));
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 9), new Range(11, 39));
  }

  @Test
  void anotherContentForAPlaceThatIsTaken_isRefused() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 20));
    core.apply(run.forgery().record(7));
    core.apply(run.records(21, 39));
    assertThat(core.ledger(run).refused())
        .containsExactly(new StoredLedger.Refused(7, "conflicting-content"));
    assertSame(core.written(run), undisturbed(40), "with a forged batch");
  }

  @Test
  void aSessionThatCannotBeTold_isSetAside_andHoldsUpNobody() throws Exception {
    RecordedRun unwritable = RecordedRun.ofSport("ru\u0000n", 20);
    RecordedRun run = RecordedRun.of(20);
    List<TelemetryRecord> poll = new ArrayList<>(unwritable.all());
    poll.addAll(run.all());
    core.apply(poll);
    assertThat(core.written(run).complete()).isTrue();
    assertThat(core.head(unwritable).state()).isEqualTo(State.QUARANTINED);
    assertThat(core.ledger(unwritable).stored()).containsExactly(new Range(0, 19));
  }

  private Training undisturbed(int batches) throws Exception {
    RecordedRun run = RecordedRun.of(batches);
    new TrainingCore(vertx, pool).apply(run.all());
    return core.written(run);
  }

  @Test
  void whatPassesFind_isToldWithTheTraining_andACopyIsKnown() throws Exception {
    RecordedRun run = RecordedRun.of(60);
    core.apply(run.all());
    JsonObject detail = TrainingJson.detail(core.written(run));
    assertThat(detail.getJsonArray("bestEfforts").stream()
            .map(one -> ((JsonObject) one).getDouble("lengthM")))
        .startsWith(400.0, 804.672, 1_000.0, 1_609.344);
    assertThat(detail.getJsonArray("bestEfforts").getJsonObject(0).getDouble("elapsedS"))
        .isCloseTo(400 / 3.0, within(2.0));
    assertThat(detail.getJsonArray("mileSplits").getJsonObject(0).getDouble("distanceM"))
        .isEqualTo(1_609.344);
    RecordedRun copy = RecordedRun.of(60);
    core.apply(copy.all());
    JsonObject replayed = suspicion(core.written(copy), "REPLAYED_TRACK");
    assertThat(replayed.getDouble("value")).isEqualTo(1);
    assertThat(replayed.getDouble("limit")).isEqualTo(0.1);
    assertThat(replayed.getDouble("confidence")).isGreaterThan(0.9);
    assertThat(core.written(copy).counts()).isTrue();
  }

  @Test
  void aSwimByBoat_isDoubted_withValueAndLimit_andCounts() throws Exception {
    RecordedRun boat = RecordedRun.ofSport("swim", 60);
    core.apply(boat.all());
    JsonObject told = suspicion(core.written(boat), "VEHICLE_SPEED");
    assertThat(told.getDouble("value")).isCloseTo(3, within(0.02));
    assertThat(told.getDouble("limit")).isEqualTo(2.6);
    assertThat(told.getString("unit")).isEqualTo("m/s");
    assertThat(told.getDouble("confidence")).isEqualTo(0.72); // 1 - (2.6 / 3)^4 / 2
    assertThat(told.getLong("toAtMs") - told.getLong("fromAtMs")).isEqualTo(300_000);
    assertThat(core.written(boat).counts()).isTrue();
  }

  private static JsonObject suspicion(Training training, String reason) {
    return TrainingJson.detail(training).getJsonArray("suspicions").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("reason").equals(reason))
        .findFirst()
        .orElseThrow();
  }

  private static void assertSame(Training actual, Training expected, String what) {
    assertThat(actual.figures()).as(what).isEqualTo(expected.figures());
    assertThat(actual.splits()).as(what).isEqualTo(expected.splits());
    assertThat(actual.verdicts()).as(what).isEqualTo(expected.verdicts());
    assertThat(actual.complete()).as(what).isTrue();
  }
}
