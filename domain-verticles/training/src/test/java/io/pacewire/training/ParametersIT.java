package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.ParametersChanged;
import io.pacewire.platform.stack.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an athlete says of a body, and what figures make of it, on a real PostgreSQL. */
class ParametersIT extends TrainingDatabase {
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final ParametersRepository parameters = new ParametersRepository(pool);

  private void tell(UUID athlete, int revision, Integer maxBpm, Double weightKg) throws Exception {
    Await.get(parameters.handle(
        new ParametersChanged(athlete, revision, maxBpm, 50, null, weightKg, "female", 1980, 1)));
  }

  @Test
  void zonesFollowTheAthletesOwnMaximum_andTheTrainingKeepsIt() throws Exception {
    RecordedRun usual = RecordedRun.of(20);
    RecordedRun own = RecordedRun.of(20);
    tell(own.athlete, 1, 165, 60.0);
    core.apply(usual.all());
    core.apply(own.all());
    JsonObject kept = core.written(own).figures().getJsonObject("parameters");
    assertThat(kept.getInteger("maxHeartRateBpm")).isEqualTo(165);
    assertThat(kept.getInteger("restingHeartRateBpm")).isEqualTo(50);
    assertThat(kept.getInteger("ageYears")).isEqualTo(46);
    assertThat(kept.getString("sex")).isEqualTo("FEMALE");
    // 140 to 159 bpm: zones 3 and 4 of 190 bpm, 4 and 5 of 165 bpm.
    assertThat(zone(usual, 5)).isZero();
    assertThat(zone(usual, 3)).isPositive();
    assertThat(zone(own, 3)).isZero();
    assertThat(zone(own, 5)).isPositive();
  }

  @Test
  void anOlderRevision_orTheSameAgain_changesNothing() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    tell(run.athlete, 2, 180, 60.0);
    tell(run.athlete, 1, 165, 90.0);
    tell(run.athlete, 2, 180, 60.0);
    Await.get(parameters.handle(new AccountRegistered(run.athlete, "Maria", "UTC", "en", 1)));
    core.apply(run.all());
    JsonObject kept = core.written(run).figures().getJsonObject("parameters");
    assertThat(kept.getInteger("maxHeartRateBpm")).isEqualTo(180);
    assertThat(kept.getDouble("weightKg")).isEqualTo(60.0);
  }

  @Test
  void whatIsSaidDuringARun_isForTheNext_evenIfThisOneIsFoldedAgain() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    tell(run.athlete, 1, 180, null);
    core.apply(run.records(0, 9));
    tell(run.athlete, 2, 200, null);
    new TrainingCore(vertx, pool).apply(run.records(10, 19)); // who took over reads it anew
    assertThat(pinned(run)).isEqualTo(180);
    Await.get(core.lifecycle.reject(run.athlete, run.session, null, "a train"));
    Await.get(core.lifecycle.restore(run.athlete, run.session, null));
    assertThat(core.written(run).revision()).isEqualTo(3);
    assertThat(pinned(run)).isEqualTo(180);
  }

  private int pinned(RecordedRun run) throws Exception {
    return core.written(run).figures().getJsonObject("parameters").getInteger("maxHeartRateBpm");
  }

  private double zone(RecordedRun run, int zone) throws Exception {
    JsonArray seconds = core.written(run).figures().getJsonObject("zones").getJsonArray("seconds");
    return ((Number) seconds.getValue(zone - 1)).doubleValue();
  }
}
