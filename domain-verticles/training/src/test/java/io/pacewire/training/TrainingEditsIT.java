package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Cropping, splitting, merging and the rest, on a real PostgreSQL: each a revision with its fact. */
class TrainingEditsIT extends TrainingDatabase {
  private static final long MINUTE_MS = 60_000;
  private static final long CUT_MS = RecordedRun.START_MS + 200_000;
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final RecordedRun run = RecordedRun.of(40);
  private final UUID otherId = RecipeRules.splitOff(run.session, CUT_MS);

  private Training recorded() throws Exception {
    core.apply(run.all());
    return core.written(run);
  }

  private Target target() {
    return new Target(run.athlete, run.session, null);
  }

  private Training other() throws Exception {
    return Await.get(core.trainings.find(run.athlete, otherId)).orElseThrow();
  }

  private static double distanceM(Training training) {
    return training.figures().getDouble("distanceM");
  }

  private List<JsonObject> facts(String type) throws Exception {
    return core.facts(run.athlete, type);
  }

  @Test
  void whatIsCropped_countsNoMore_andComesBackByUndo() throws Exception {
    Training whole = recorded();
    Training cropped = Await.get(core.edits.crop(target(), CUT_MS, CUT_MS + 100_000));
    assertThat(cropped.revision()).isEqualTo(2);
    assertThat(cropped.startAtMs()).isEqualTo(CUT_MS);
    assertThat(cropped.endAtMs()).isEqualTo(CUT_MS + 100_000);
    assertThat(distanceM(cropped)).isCloseTo(99 * 3.0, within(6.0));
    assertThat(facts("training.revised")).singleElement().satisfies(fact -> {
      assertThat(fact.getInteger("revision")).isEqualTo(2);
      assertThat(fact.getJsonObject("figures").getDouble("distanceM"))
          .isCloseTo(distanceM(cropped), within(0.1));
    });
    assertThat(diffOf(cropped, "figures.distanceM").getDouble("before"))
        .isEqualTo(distanceM(whole));
    assertThat(Await.get(core.edits.crop(target(), CUT_MS, CUT_MS + 100_000)).revision())
        .as("asked again")
        .isEqualTo(2);

    Training undone = Await.get(core.lifecycle.undo(target()));
    assertThat(undone.revision()).isEqualTo(3);
    assertThat(undone.figures()).isEqualTo(whole.figures());
    assertThat(undone.recipe()).isEqualTo(whole.recipe());
    assertThat(status(core.lifecycle.undo(target()))).as("nothing more").isEqualTo(409);
  }

  /** What nobody has must not be what others' recordings are compared with. */
  @Test
  void anEditThatComesTooLate_leavesNoPrintOfWhatItWouldHaveMade() throws Exception {
    RecordedRun far = RecordedRun.of(120);
    core.apply(far.all());
    Target seen = new Target(far.athlete, far.session, 1);
    List<Future<Training>> edits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      edits.add(core.edits.split(seen, CUT_MS + 300_000 + i * 50_000L));
    }
    var unused = Await.get(Future.join(edits).otherwiseEmpty());
    List<Training> made =
        edits.stream().filter(Future::succeeded).map(Future::result).toList();
    assertThat(made).hasSize(1);
    Training first = made.get(0);

    RecordedRun alike = RecordedRun.of(120);
    core.apply(alike.all());
    Training expected =
        Await.get(core.edits.split(new Target(alike.athlete, alike.session, 1), first.endAtMs()));
    assertThat(expected.endAtMs()).isEqualTo(first.endAtMs());
    assertThat(prints(far)).hasSize(2).isEqualTo(prints(alike));
  }

  /** By what was finished first. */
  private List<List<Long>> prints(RecordedRun of) throws Exception {
    List<List<Long>> prints = new ArrayList<>();
    Await.get(pool.preparedQuery(
                "SELECT hashes FROM training_print WHERE athlete_id = $1 ORDER BY number")
            .execute(Tuple.of(of.athlete)))
        .forEach(row -> prints.add(List.of(row.getArrayOfLongs("hashes"))));
    return prints;
  }

  @Test
  void theLine_isThatOfTheRevision() throws Exception {
    Training whole = recorded();
    assertThat(points(whole)).isEqualTo(400);
    Training cropped = Await.get(core.edits.crop(target(), CUT_MS, CUT_MS + 100_000));
    assertThat(points(cropped)).isEqualTo(100);
    assertThat(points(Await.get(core.lifecycle.undo(target())))).isEqualTo(400);
  }

  private int points(Training training) throws Exception {
    return Await.get(core.snapshots.track(run.athlete, training, false))
        .getJsonArray("atMs")
        .size();
  }

  private static JsonObject diffOf(Training training, String field) {
    JsonArray diff = training.origin().change().getJsonArray("diff");
    return diff.stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("field").equals(field))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoHalves_areTwoTrainings_whoeverAsksTwice_andMergedTheyAreTheWholeAgain() throws Exception {
    Training whole = recorded();
    Training first = Await.get(core.edits.split(target(), CUT_MS));
    Training second = other();
    assertThat(distanceM(first) + distanceM(second)).isCloseTo(distanceM(whole), within(6.0));
    assertThat(first.endAtMs()).isEqualTo(CUT_MS);
    assertThat(second.startAtMs()).isEqualTo(CUT_MS);
    assertThat(second.revision()).isEqualTo(1);
    assertThat(second.status()).isEqualTo(Training.FINISHED);
    assertThat(facts("training.finished"))
        .extracting(fact -> fact.getString("trainingId"))
        .containsExactlyInAnyOrder(run.session.toString(), otherId.toString());

    Await.get(core.edits.split(target(), CUT_MS));
    assertThat(core.written(run).revision()).as("asked again").isEqualTo(2);
    assertThat(core.listed(run)).hasSize(2);

    Training merged = Await.get(core.edits.merge(target(), List.of(otherId)));
    assertThat(merged.figures()).isEqualTo(whole.figures());
    assertThat(merged.splits()).isEqualTo(whole.splits());
    assertThat(other().status()).isEqualTo(Training.DELETED);
    assertThat(other().origin().mergedInto()).isEqualTo(run.session);
    assertThat(facts("training.deleted")).singleElement().satisfies(fact -> {
      assertThat(fact.getString("trainingId")).isEqualTo(otherId.toString());
      assertThat(fact.getInteger("revision")).isEqualTo(2);
    });
  }

  @Test
  void aSplitThatIsUndone_andMadeAgain_takesItsSecondHalfAlong() throws Exception {
    Training whole = recorded();
    Await.get(core.edits.split(target(), CUT_MS));
    Training undone = Await.get(core.lifecycle.undo(target()));
    assertThat(undone.figures()).isEqualTo(whole.figures());
    assertThat(other().status()).isEqualTo(Training.DELETED);
    assertThat(status(core.lifecycle.restore(run.athlete, otherId, null)))
        .as("it would count twice")
        .isEqualTo(409);
    Await.get(core.edits.split(target(), CUT_MS));
    assertThat(other().status()).isEqualTo(Training.FINISHED);
    assertThat(other().revision()).isEqualTo(3);
    assertThat(facts("training.restored")).hasSize(1);
  }

  @Test
  void mergedRuns_addUp_andComeApartAgain() throws Exception {
    Training first = recorded();
    RecordedRun next = run.next(30 * MINUTE_MS, 60);
    core.apply(next.all());
    Training second = core.written(next);
    Training merged = Await.get(core.edits.merge(target(), List.of(next.session)));
    assertThat(distanceM(merged)).isCloseTo(distanceM(first) + distanceM(second), within(3.0));
    assertThat(merged.figures().getDouble("timerS"))
        .isEqualTo(first.figures().getDouble("timerS") + second.figures().getDouble("timerS"));
    assertThat(merged.endAtMs()).isEqualTo(second.endAtMs());
    assertThat(merged.complete()).isTrue();
    assertThat(core.written(next).status()).isEqualTo(Training.DELETED);
    assertThat(status(core.lifecycle.restore(run.athlete, next.session, null)))
        .as("it would count twice")
        .isEqualTo(409);

    Training undone = Await.get(core.lifecycle.undo(target()));
    assertThat(undone.figures()).isEqualTo(first.figures());
    Training again = core.written(next);
    assertThat(again.status()).isEqualTo(Training.FINISHED);
    assertThat(again.figures()).isEqualTo(second.figures());
    assertThat(again.origin().mergedInto()).isNull();
    assertThat(facts("training.restored")).hasSize(1);
  }

  @Test
  void whatCannotBeMerged_isRefused_andNothingChanges() throws Exception {
    recorded();
    RecordedRun meanwhile = run.next(MINUTE_MS, 10);
    RecordedRun nextWeek = run.next(7 * 24 * 60 * MINUTE_MS, 10);
    core.apply(meanwhile.all());
    core.apply(nextWeek.all());
    assertThat(status(core.edits.merge(target(), List.of(meanwhile.session)))).isEqualTo(400);
    assertThat(status(core.edits.merge(target(), List.of(nextWeek.session)))).isEqualTo(400);
    assertThat(status(core.edits.merge(target(), List.of(UUID.randomUUID())))).isEqualTo(404);
    RecordedRun anothers = RecordedRun.of(10);
    core.apply(anothers.all());
    assertThat(status(core.edits.merge(target(), List.of(anothers.session)))).isEqualTo(404);
    assertThat(core.written(run).revision()).isEqualTo(1);
    assertThat(core.written(meanwhile).counts()).isTrue();
  }

  @Test
  void anotherSport_isComputedAnew_withTheSameParameters() throws Exception {
    Training ran = recorded();
    Training walked = Await.get(core.edits.changeSport(target(), "walk"));
    assertThat(walked.sport()).isEqualTo("walk");
    assertThat(walked.figures().getJsonObject("parameters"))
        .isEqualTo(ran.figures().getJsonObject("parameters"));
    assertThat(diffOf(walked, "sport").getString("before")).isEqualTo("run");
    assertThat(facts("training.revised").get(0).getJsonObject("figures").getString("sport"))
        .isEqualTo("walk");
    Training twice = Await.get(core.edits.crop(target(), CUT_MS, null));
    assertThat(twice.sport()).as("of what was cropped, too").isEqualTo("walk");
    assertThat(Await.get(core.lifecycle.undo(target())).figures()).isEqualTo(walked.figures());
    assertThat(Await.get(core.lifecycle.undo(target())).figures()).isEqualTo(ran.figures());
  }

  @Test
  void whatComesLate_revisesEveryTrainingThatHasAPartOfIt() throws Exception {
    core.apply(run.records(0, 4));
    core.apply(run.records(6, 29));
    core.apply(run.records(31, 39));
    long lastMs = run.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    Await.get(core.edits.split(target(), CUT_MS));
    assertThat(core.written(run).complete()).isFalse();
    assertThat(other().complete()).isFalse();
    core.apply(run.record(5, lastMs + 300_000), run.record(30, lastMs + 300_000));
    core.consumedUntil(lastMs + 400_000);
    Training first = core.written(run);
    assertThat(first.complete()).isTrue();
    assertThat(first.endAtMs()).as("still cut").isEqualTo(CUT_MS);
    assertThat(first.figures().getInteger("fixCount")).isEqualTo(200);
    assertThat(other().complete()).isTrue();
    assertThat(other().figures().getInteger("fixCount")).isEqualTo(200);
    assertThat(other().origin().change().getString("kind")).isEqualTo("late-batches");
    assertThat(Await.get(core.lifecycle.undo(target())).figures().getInteger("fixCount"))
        .as("the split is undone, not what came late")
        .isEqualTo(400);
  }

  @Test
  void severalWriters_areJoinedFirst_andCutThen() throws Exception {
    RecordedRun watch = run.watch(1);
    core.apply(run.records(0, 38));
    core.apply(watch.all());
    core.apply(run.record(39));
    Training cropped = Await.get(core.edits.crop(target(), CUT_MS, CUT_MS + 100_000));
    assertThat(distanceM(cropped)).isCloseTo(99 * 3.0, within(6.0));
    assertThat(cropped.figures().getJsonObject("writers").getInteger("heartRate"))
        .isZero();
    assertThat(cropped.figures().getInteger("maxHeartRateBpm")).isBetween(140, 160);
  }

  @Test
  void manyEditsAtOnce_makeOneRevision() throws Exception {
    recorded();
    List<Future<Training>> all = new ArrayList<>();
    Target seen = new Target(run.athlete, run.session, 1);
    for (int i = 0; i < 4; i++) {
      all.add(core.edits.crop(seen, CUT_MS + i * 1_000L, null));
      all.add(core.edits.split(seen, CUT_MS - i * 1_000L));
    }
    Await.get(Future.join(all).otherwiseEmpty());
    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(core.written(run).revision()).isEqualTo(2);
    assertThat(facts("training.revised")).hasSize(1);
  }

  private static int status(Future<?> change) {
    ExecutionException failure =
        Assertions.assertThrows(ExecutionException.class, () -> Await.get(change));
    return ((ProblemException) failure.getCause()).problem().status();
  }
}
