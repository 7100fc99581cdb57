package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fold's version goes on while sessions are live, and after trainings were written. */
class UpgradeIT extends TrainingDatabase {
  private static final int BATCHES = 100;

  /** After so many the version before had left its checkpoint. */
  private static final int BEFORE = 20;

  private final RecordedRun run = RecordedRun.of(BATCHES);
  private final TrainingCore core = new TrainingCore(vertx, pool);

  /** What version 4 wrote after the first {@value #BEFORE} batches of a {@link RecordedRun}. */
  private static byte[] checkpointOfVersion4() throws IOException {
    try (InputStream in = UpgradeIT.class.getResourceAsStream("/checkpoint-of-version-4.b64")) {
      return Base64.getMimeDecoder()
          .decode(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  private void leaveAsVersion4Did() throws Exception {
    core.apply(run.records(0, BEFORE - 1));
    core.sql(
        "UPDATE session_head SET algorithm_version = 4 WHERE session_id = '" + run.session + "'");
    core.sql("DELETE FROM checkpoint WHERE session_id = '" + run.session + "'");
    var unused = Await.get(pool.preparedQuery("""
            INSERT INTO checkpoint (athlete_id, session_id, writer, algorithm_version, position, state)
            VALUES ($1, $2, 0, 4, $3, $4)
            """)
        .execute(
            Tuple.of(run.athlete, run.session, BEFORE, Buffer.buffer(checkpointOfVersion4()))));
  }

  private static Training undisturbed() throws Exception {
    RecordedRun same = RecordedRun.of(BATCHES);
    TrainingCore core = new TrainingCore(vertx, pool);
    core.apply(same.all());
    return core.written(same);
  }

  private int savedPosition() throws Exception {
    return Await.get(pool.preparedQuery("SELECT position FROM checkpoint WHERE session_id = $1")
            .execute(Tuple.of(run.session)))
        .iterator()
        .next()
        .getInteger("position");
  }

  @Test
  void aStateOfTheVersionBefore_isNotRead() {
    assertThatThrownBy(() -> {
          FoldState unused = FoldState.decode(checkpointOfVersion4());
        })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another format or version");
  }

  @Test
  void aLiveSession_goesOnWithTheNewVersion_andLosesNothing() throws Exception {
    leaveAsVersion4Did();
    TrainingCore upgraded = new TrainingCore(vertx, pool);
    upgraded.apply(run.records(BEFORE, BEFORE + 59));
    assertThat(savedPosition())
        .as("of the new version, from the first batch on")
        .isEqualTo(80);
    TrainingCore restarted = new TrainingCore(vertx, pool);
    restarted.apply(run.records(BEFORE + 60, BATCHES - 1));
    Training finished = restarted.written(run);
    Training expected = undisturbed();
    assertThat(finished.revision()).isEqualTo(1);
    assertThat(finished.complete()).isTrue();
    assertThat(finished.algorithmVersion()).isEqualTo(TrackFold.ALGORITHM_VERSION);
    assertThat(finished.figures()).isEqualTo(expected.figures());
    assertThat(finished.splits()).isEqualTo(expected.splits());
    assertThat(finished.verdicts()).isEqualTo(expected.verdicts());
    assertThat(restarted.ledger(run).stored())
        .containsExactly(new StoredLedger.Range(0, BATCHES - 1));
  }

  @Test
  void aTrainingOfTheVersionBefore_isComputedAnew_andSaysWhatChanged() throws Exception {
    core.apply(run.all());
    core.sql("UPDATE training_revision SET algorithm_version = 4,"
        + " figures = figures || '{\"distanceM\": 2900.5}' WHERE training_id = '" + run.session
        + "'");
    Target target = new Target(run.athlete, run.session, 1);
    Training anew = Await.get(core.recompute.one(target, TrackFold.ALGORITHM_VERSION));
    assertThat(anew.revision()).isEqualTo(2);
    assertThat(anew.figures()).isEqualTo(undisturbed().figures());
    Map<String, JsonObject> diff = diff(anew.origin().change().getJsonArray("diff"));
    assertThat(diff.keySet()).containsExactlyInAnyOrder("algorithmVersion", "figures.distanceM");
    assertThat(diff.get("algorithmVersion").getInteger("before")).isEqualTo(4);
    assertThat(diff.get("figures.distanceM").getDouble("before")).isEqualTo(2900.5);
    assertThat(core.facts(run.athlete, "training.revised")).hasSize(1);

    JsonObject page = Await.get(core.recompute.page(run.athlete, null, 10, new Turnstile(4, 32)));
    assertThat(page.getJsonArray("trainings").getJsonObject(0).getBoolean("changed"))
        .isFalse();
    assertThat(page.containsKey("next")).isFalse();
    assertThat(core.written(run).revision()).as("once is enough").isEqualTo(2);
  }

  private static Map<String, JsonObject> diff(JsonArray diff) {
    return diff.stream()
        .map(JsonObject.class::cast)
        .collect(Collectors.toMap(one -> one.getString("field"), Function.identity()));
  }

  @Test
  void aVersionThatIsNotHere_isRefused() {
    Target target = new Target(run.athlete, run.session, null);
    for (int version : List.of(TrackFold.ALGORITHM_VERSION - 1, TrackFold.ALGORITHM_VERSION + 1)) {
      assertThatThrownBy(() -> {
            var unused = core.recompute.one(target, version);
          })
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().status()).isEqualTo(422));
    }
  }
}
