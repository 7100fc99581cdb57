package io.pacewire.training;

import io.pacewire.events.ParametersChanged;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** What athletes say of their bodies, as identity tells it. */
final class ParametersRepository {
  private static final String SAVE = """
      INSERT INTO athlete_parameters (athlete_id, revision, max_heart_rate_bpm,
          resting_heart_rate_bpm, threshold_power_w, weight_kg, sex, birth_year)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (athlete_id) DO UPDATE
      SET revision = excluded.revision, max_heart_rate_bpm = excluded.max_heart_rate_bpm,
          resting_heart_rate_bpm = excluded.resting_heart_rate_bpm,
          threshold_power_w = excluded.threshold_power_w, weight_kg = excluded.weight_kg,
          sex = excluded.sex, birth_year = excluded.birth_year
      WHERE athlete_parameters.revision < excluded.revision
      """;

  private final SqlClient pool;

  ParametersRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** What facts tell; one may come twice, and late. */
  Future<Void> handle(Record fact) {
    return fact instanceof ParametersChanged said ? save(said) : Future.succeededFuture();
  }

  private Future<Void> save(ParametersChanged said) {
    return pool.preparedQuery(SAVE)
        .execute(Tuple.tuple()
            .addValue(said.athleteId())
            .addValue(said.revision())
            .addValue(said.maxHeartRateBpm())
            .addValue(said.restingHeartRateBpm())
            .addValue(said.thresholdPowerW())
            .addValue(said.weightKg())
            .addValue(said.sex())
            .addValue(said.birthYear()))
        .mapEmpty();
  }
}
