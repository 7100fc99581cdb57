package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.OperatorRecompute.Pace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator computes anew, on a real PostgreSQL: told, resumed, and no faster than asked. */
class OperatorRecomputeIT extends TrainingDatabase {
  private static final Pace FAST = new Pace(1_000, false, false);

  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final RecordedRun run = RecordedRun.of(20);
  private final RecomputeScope ofAthlete = new RecomputeScope(run.athlete, null, false);
  private OperatorRecompute operator;

  /** Keeps what it hears. */
  private static class Heard implements OperatorRecompute.Listener {
    final List<JsonObject> changes = new ArrayList<>();
    long doneBefore;
    long ahead;

    @Override
    public void begun(long before, long toDo) {
      doneBefore = before;
      ahead = toDo;
    }

    @Override
    public void changed(JsonObject change) {
      changes.add(change);
    }

    @Override
    public void lookedAt(long trainings) {}
  }

  @BeforeEach
  void open() throws Exception {
    operator = Await.get(OperatorRecompute.open(vertx, RealServers.schema("training")));
    core.apply(run.all());
    core.apply(run.next(3_600_000, 10).all());
    core.apply(run.next(7_200_000, 10).all());
  }

  @AfterEach
  void close() throws Exception {
    Await.get(operator.close());
  }

  /** As if an older version had stated another distance. */
  private void olderFigures() throws Exception {
    core.sql("UPDATE training_revision SET algorithm_version = 3,"
        + " figures = jsonb_set(figures, '{distanceM}', '1.0') WHERE athlete_id = '" + run.athlete
        + "'");
    core.sql("UPDATE training_summary SET algorithm_version = 3 WHERE athlete_id = '" + run.athlete
        + "'");
  }

  private static JsonObject field(JsonArray all, String name) {
    return all.stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("field").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatAnOlderVersionComputed_isRevised_andTheReportSaysWhatChanged() throws Exception {
    Training before = core.written(run);
    olderFigures();
    Heard heard = new Heard();
    JsonObject report = Await.get(operator.run(ofAthlete, FAST, heard));
    assertThat(heard.ahead).isEqualTo(3);
    assertThat(report.getLong("revised")).isEqualTo(3);
    assertThat(report.getLong("figuresChanged")).isEqualTo(3);
    JsonObject distance = field(report.getJsonArray("fields"), "figures.distanceM");
    assertThat(distance.getLong("trainings")).isEqualTo(3);
    assertThat(distance.getJsonObject("most").getString("trainingId"))
        .as("the longest differs most")
        .isEqualTo(run.session.toString());
    JsonObject twice = OperatorRecompute.together(List.of(report, report));
    assertThat(twice.getLong("revised")).as("of two databases").isEqualTo(6);
    assertThat(field(twice.getJsonArray("fields"), "figures.distanceM"))
        .isEqualTo(distance.copy().put("trainings", 6L));
    Training after = core.written(run);
    assertThat(after.revision()).isEqualTo(2);
    assertThat(after.figures()).isEqualTo(before.figures());
    assertThat(after.origin().change().getString("kind")).isEqualTo("recompute");
    assertThat(core.facts(run.athlete, "training.revised")).hasSize(3);
    JsonObject said = heard.changes.stream()
        .filter(one -> one.getString("trainingId").equals(run.session.toString()))
        .findFirst()
        .orElseThrow();
    assertThat(field(said.getJsonArray("diff"), "figures.distanceM").getDouble("before"))
        .isEqualTo(1.0);

    JsonObject again = Await.get(operator.run(ofAthlete, FAST, new Heard()));
    assertThat(again.getLong("lookedAt")).as("nothing is left to do").isZero();
    RecomputeScope every = new RecomputeScope(run.athlete, null, true);
    JsonObject all = Await.get(operator.run(every, FAST, new Heard()));
    assertThat(all.getLong("lookedAt")).isEqualTo(3);
    assertThat(all.getLong("revised")).as("twice is once").isZero();
  }

  /** As a change of splits alone does, which is no other version. */
  @Test
  void whereSplitsAloneDiffer_thatIsARevision_andIsSaid() throws Exception {
    core.sql("UPDATE training_revision SET splits = jsonb_set(splits, '{0,timerS}', '1.5')"
        + " WHERE training_id = '" + run.session + "'");
    RecomputeScope every = new RecomputeScope(run.athlete, null, true);
    for (boolean dry : List.of(true, false)) {
      Heard heard = new Heard();
      JsonObject report = Await.get(operator.run(every, new Pace(1_000, dry, true), heard));
      assertThat(report.getLong("lookedAt")).isEqualTo(3);
      assertThat(report.getLong("revised")).as("dry %s", dry).isEqualTo(1);
      assertThat(report.getLong("figuresChanged")).isEqualTo(1);
      assertThat(field(report.getJsonArray("fields"), "splits.*.timerS").getLong("trainings"))
          .isEqualTo(1);
      assertThat(heard.changes).hasSize(1);
      assertThat(heard.changes.get(0).getInteger("revision")).isEqualTo(2);
      assertThat(field(heard.changes.get(0).getJsonArray("diff"), "splits.1.timerS")
              .getDouble("before"))
          .isEqualTo(1.5);
    }
    assertThat(core.written(run).revision()).isEqualTo(2);
  }

  @Test
  void aDryRun_saysTheSame_andWritesNothing() throws Exception {
    olderFigures();
    JsonObject report =
        Await.get(operator.run(ofAthlete, new Pace(1_000, true, false), new Heard()));
    assertThat(report.getLong("figuresChanged")).isEqualTo(3);
    assertThat(core.written(run).revision()).isEqualTo(1);
    assertThat(core.facts(run.athlete, "training.revised")).isEmpty();
    RecomputeScope one = new RecomputeScope(null, run.session, false);
    assertThat(Await.get(operator.run(one, FAST, new Heard())).getLong("revised"))
        .isEqualTo(1);
    assertThat(core.written(run).revision()).isEqualTo(2);
  }

  @Test
  void aRunThatIsCutOff_goesOnWhereItWas_unlessItIsToldNotTo() throws Exception {
    olderFigures();
    Heard cutOff = new Heard() {
      @Override
      public void lookedAt(long trainings) {
        if (trainings == 2) {
          throw new IllegalStateException("killed here");
        }
      }
    };
    ExecutionException killed = Assertions.assertThrows(
        ExecutionException.class, () -> Await.get(operator.run(ofAthlete, FAST, cutOff)));
    assertThat(killed).hasMessageContaining("killed here");
    Heard rest = new Heard();
    JsonObject report = Await.get(operator.run(ofAthlete, FAST, rest));
    assertThat(rest.doneBefore).isEqualTo(2);
    assertThat(rest.ahead).isEqualTo(1);
    assertThat(rest.changes).hasSize(1);
    assertThat(report.getLong("lookedAt")).as("of both runs").isEqualTo(3);
    assertThat(report.getLong("revised")).isEqualTo(3);
    Heard anew = new Heard();
    Await.get(operator.run(ofAthlete, FAST, anew));
    assertThat(anew.doneBefore).as("that one had ended").isZero();
  }

  @Test
  void whatCannotBeComputed_isSaid_andTheOthersAre() throws Exception {
    olderFigures();
    core.sql("UPDATE session_head SET state = 2, quarantine_reason = 'expired' WHERE session_id = '"
        + run.session + "'");
    JsonObject report = Await.get(operator.run(ofAthlete, FAST, new Heard()));
    assertThat(report.getLong("recordingGone")).isEqualTo(1);
    assertThat(report.getLong("revised")).isEqualTo(2);
    assertThat(core.written(run).figures().getDouble("distanceM"))
        .as("as it was")
        .isEqualTo(1.0);
  }

  @Test
  void noMoreASecond_areComputed_thanWasAskedFor() throws Exception {
    long begunNs = System.nanoTime();
    RecomputeScope every = new RecomputeScope(run.athlete, null, true);
    Await.get(operator.run(every, new Pace(4, false, false), new Heard()));
    assertThat((System.nanoTime() - begunNs) / 1_000_000).isGreaterThanOrEqualTo(740);
  }

  @Test
  void anotherAthletesTraining_isLeftAlone() throws Exception {
    olderFigures();
    RecomputeScope other = new RecomputeScope(UUID.randomUUID(), null, false);
    assertThat(Await.get(operator.run(other, FAST, new Heard())).getLong("lookedAt"))
        .isZero();
    assertThat(core.written(run).revision()).isEqualTo(1);
  }
}
