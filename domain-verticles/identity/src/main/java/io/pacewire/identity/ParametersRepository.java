package io.pacewire.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** What athletes say of their bodies. */
final class ParametersRepository {
  private static final String LOCK =
      "SELECT athlete_id FROM account WHERE athlete_id = $1 FOR UPDATE";

  private static final String FIND = """
      SELECT revision, max_heart_rate_bpm, resting_heart_rate_bpm, threshold_power_w, weight_kg, sex,
          birth_year
      FROM athlete_parameters WHERE athlete_id = $1
      """;

  private static final String SAVE = """
      INSERT INTO athlete_parameters (athlete_id, revision, max_heart_rate_bpm,
          resting_heart_rate_bpm, threshold_power_w, weight_kg, sex, birth_year)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (athlete_id) DO UPDATE
      SET revision = excluded.revision, max_heart_rate_bpm = excluded.max_heart_rate_bpm,
          resting_heart_rate_bpm = excluded.resting_heart_rate_bpm,
          threshold_power_w = excluded.threshold_power_w, weight_kg = excluded.weight_kg,
          sex = excluded.sex, birth_year = excluded.birth_year
      """;

  /** False where there is no such account. One change of an athlete after the other. */
  Future<Boolean> lock(SqlConnection tx, UUID athleteId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(athleteId)).map(rows -> rows.size() == 1);
  }

  Future<Parameters> find(SqlClient client, UUID athleteId) {
    return client.preparedQuery(FIND).execute(Tuple.of(athleteId)).map(rows -> {
      for (Row row : rows) {
        return new Parameters(
            row.getInteger("revision"),
            row.getInteger("max_heart_rate_bpm"),
            row.getInteger("resting_heart_rate_bpm"),
            row.getInteger("threshold_power_w"),
            row.getDouble("weight_kg"),
            row.getString("sex"),
            row.getInteger("birth_year"));
      }
      return Parameters.UNSAID;
    });
  }

  Future<Void> save(SqlConnection tx, UUID athleteId, Parameters said) {
    return tx.preparedQuery(SAVE)
        .execute(Tuple.tuple()
            .addValue(athleteId)
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
