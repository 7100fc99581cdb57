package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rejecting, deleting and restoring, on a real PostgreSQL: each a revision with its fact. */
class TrainingLifecycleIT extends TrainingDatabase {
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final RecordedRun run = RecordedRun.of(40);
  private Training finished;

  @BeforeEach
  void record() throws Exception {
    core.apply(run.all());
    finished = core.written(run);
  }

  @Test
  void aRejectedTraining_countsNoMore_andRestored_countsAsBefore() throws Exception {
    Training rejected = Await.get(core.lifecycle.reject(run.athlete, run.session, 1, "a train"));
    assertThat(rejected.revision()).isEqualTo(2);
    assertThat(rejected.status()).isEqualTo(Training.REJECTED);
    assertThat(core.facts(run.athlete, "training.rejected"))
        .singleElement()
        .satisfies(fact -> assertThat(fact.getInteger("revision")).isEqualTo(2))
        .satisfies(fact -> assertThat(fact.getString("reason")).isEqualTo("a train"));

    Training restored = Await.get(core.lifecycle.restore(run.athlete, run.session, 2));
    assertThat(restored.revision()).isEqualTo(3);
    assertThat(restored.figures()).isEqualTo(finished.figures());
    JsonObject told = core.facts(run.athlete, "training.restored").get(0);
    JsonObject first = core.facts(run.athlete, "training.finished").get(0);
    assertThat(told.getJsonObject("figures")).isEqualTo(first.getJsonObject("figures"));
  }

  @Test
  void aDeletedTraining_isNoLongerListed_butCanBeRestored() throws Exception {
    Await.get(core.lifecycle.delete(run.athlete, run.session, null));
    assertThat(core.listed(run)).isEmpty();
    assertThat(core.facts(run.athlete, "training.deleted")).hasSize(1);
    Await.get(core.lifecycle.restore(run.athlete, run.session, null));
    assertThat(core.listed(run)).extracting(TrainingSummary::revision).containsExactly(3);
  }

  @Test
  void aDeletedTraining_isNotShownAsLive_butMergedIntoAnotherItIs() throws Exception {
    assertThat(live()).isEqualTo(200);
    Await.get(core.lifecycle.delete(run.athlete, run.session, null));
    assertThat(live()).isEqualTo(404);
    core.sql("UPDATE session_head SET state = 2, quarantine_reason = 'a fault' WHERE session_id = '"
        + run.session + "'");
    assertThat(live()).as("set aside").isEqualTo(404);
    core.sql("UPDATE session_head SET state = 1, quarantine_reason = NULL WHERE session_id = '"
        + run.session + "'");
    Await.get(core.lifecycle.restore(run.athlete, run.session, null));
    assertThat(live()).isEqualTo(200);

    RecordedRun next = run.next(3_600_000, 20);
    core.apply(next.all());
    Target target = new Target(next.athlete, next.session, null);
    Training unused = Await.get(core.edits.merge(target, List.of(run.session)));
    assertThat(core.written(run).status()).isEqualTo(Training.DELETED);
    assertThat(live()).isEqualTo(200);
    Await.get(core.lifecycle.delete(next.athlete, next.session, null));
    assertThat(live()).as("with all that it was merged into").isEqualTo(404);
    Await.get(core.lifecycle.reject(next.athlete, next.session, null, "a train"));
    assertThat(live()).as("shown, though it does not count").isEqualTo(200);
  }

  private int live() throws Exception {
    Future<JsonObject> taken = core.snapshots.take(core.head(run));
    Future<Integer> status = taken.map(200).recover(cause -> Future.succeededFuture(status(cause)));
    return Await.get(status);
  }

  /** A phone and a watch on one run: the one that is left is no copy of the one that is gone. */
  @Test
  void whatWasDeleted_isCopiedByNobody_untilItIsRestored() throws Exception {
    core.sql("DELETE FROM training_print"); // others' runs are alike
    RecordedRun phone = RecordedRun.of(60);
    RecordedRun watch = RecordedRun.of(60);
    core.apply(phone.all());
    core.apply(watch.all());
    Target target = new Target(watch.athlete, watch.session, null);
    assertThat(reasons(core.written(watch))).contains("REPLAYED_TRACK");
    Await.get(core.lifecycle.delete(phone.athlete, phone.session, null));
    assertThat(reasons(Await.get(core.recompute.one(target, null))))
        .doesNotContain("REPLAYED_TRACK");
    Await.get(core.lifecycle.restore(phone.athlete, phone.session, null));
    assertThat(reasons(Await.get(core.recompute.one(target, null)))).contains("REPLAYED_TRACK");
  }

  private static List<String> reasons(Training training) {
    return training.findings().getJsonArray("suspicions").stream()
        .map(one -> ((JsonObject) one).getString("reason"))
        .toList();
  }

  @Test
  void theSameChangeTwice_isOne() throws Exception {
    Await.get(core.lifecycle.delete(run.athlete, run.session, null));
    Training again = Await.get(core.lifecycle.delete(run.athlete, run.session, null));
    assertThat(again.revision()).isEqualTo(2);
    assertThat(core.facts(run.athlete, "training.deleted")).hasSize(1);
  }

  @Test
  void manyChangesAtOnce_makeOneRevision_andTellTheOthers() throws Exception {
    List<Future<Training>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(core.lifecycle.reject(run.athlete, run.session, 1, "reason " + i));
    }
    Await.get(Future.join(all).otherwiseEmpty());
    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(all.stream().filter(Future::failed))
        .allSatisfy(failed -> assertThat(status(failed.cause())).isEqualTo(412));
    assertThat(core.facts(run.athlete, "training.rejected")).hasSize(1);
  }

  @Test
  void whoSawAnOlderRevision_isTold_andNothingChanges() throws Exception {
    assertThat(failure(core.lifecycle.delete(run.athlete, run.session, 7))).isEqualTo(412);
    assertThat(core.written(run).revision()).isEqualTo(1);
  }

  @Test
  void anothersTraining_isNotThere() {
    assertThat(failure(core.lifecycle.delete(UUID.randomUUID(), run.session, null)))
        .isEqualTo(404);
  }

  @Test
  void whatComesLate_doesNotMakeARejectedTrainingCount() throws Exception {
    RecordedRun gappy = RecordedRun.of(40);
    core.apply(gappy.records(0, 19));
    core.apply(gappy.records(25, 39));
    long lastMs = gappy.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    Await.get(core.lifecycle.reject(gappy.athlete, gappy.session, 1, "a train"));
    core.apply(gappy.record(20, lastMs + 300_000));
    core.consumedUntil(lastMs + 400_000);
    Training late = core.written(gappy);
    assertThat(late.status()).isEqualTo(Training.REJECTED);
    assertThat(late.revision()).isEqualTo(3);
    assertThat(late.figures().getDouble("distanceM")).isCloseTo(399 * 3.0, within(6.0));
    assertThat(core.facts(gappy.athlete, "training.revised")).isEmpty();
    assertThat(core.facts(gappy.athlete, "training.rejected")).hasSize(2);
  }

  private static int failure(Future<?> change) {
    ExecutionException failure =
        Assertions.assertThrows(ExecutionException.class, () -> Await.get(change));
    return status(failure.getCause());
  }

  private static int status(Throwable cause) {
    return ((ProblemException) cause).problem().status();
  }
}
