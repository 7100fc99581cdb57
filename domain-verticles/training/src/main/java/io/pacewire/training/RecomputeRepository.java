package io.pacewire.training;

import io.pacewire.track.TrackFold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How far operators' runs came, and what is still before them. */
final class RecomputeRepository {
  private static final String IS_THERE = """
      SELECT to_regclass(current_schema() || '.recompute_run') IS NOT NULL AS there
      """;

  private static final String WANTED = """
      FROM training_summary
      WHERE (athlete_id, training_id) > ($1::uuid, $2::uuid) AND status <> 'deleted'
        AND ($3::uuid IS NULL OR athlete_id = $3)
        AND ($4::uuid IS NULL OR training_id = $4)
        AND ($5 OR algorithm_version <> $6)
      """;

  private static final String LIST = "SELECT athlete_id, training_id " + WANTED + """
      ORDER BY athlete_id, training_id LIMIT $7
      """;

  private static final String COUNT = "SELECT count(*) AS found " + WANTED;

  private static final String FIND = """
      SELECT athlete_id, training_id, report FROM recompute_run
      WHERE scope = $1 AND algorithm_version = $2 AND ended_at IS NULL
      """;

  private static final String SAVE = """
      INSERT INTO recompute_run (scope, algorithm_version, athlete_id, training_id, report, ended_at)
      VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN now() END)
      ON CONFLICT (scope, algorithm_version) DO UPDATE
      SET athlete_id = excluded.athlete_id, training_id = excluded.training_id,
          report = excluded.report, ended_at = excluded.ended_at, touched_at = now()
      """;

  private final Pool pool;

  RecomputeRepository(Pool pool) {
    this.pool = pool;
  }

  /** A training, and in their order the place behind it. */
  record Place(UUID athleteId, UUID trainingId) {
    static final Place START = new Place(new UUID(0, 0), new UUID(0, 0));
  }

  record Begun(Place after, JsonObject report) {}

  /** Whether the schema is as new as this program. */
  Future<Boolean> isThere() {
    return pool.query(IS_THERE).execute().map(rows -> rows.iterator().next().getBoolean("there"));
  }

  Future<List<Place>> list(RecomputeScope scope, Place after, int limit) {
    return pool.preparedQuery(LIST).execute(tuple(scope, after).addValue(limit)).map(rows -> {
      List<Place> found = new ArrayList<>();
      rows.forEach(row -> found.add(place(row)));
      return found;
    });
  }

  Future<Long> count(RecomputeScope scope, Place after) {
    return pool.preparedQuery(COUNT)
        .execute(tuple(scope, after))
        .map(rows -> rows.iterator().next().getLong("found"));
  }

  /** A run of this scope and version that did not come to its end. */
  Future<Optional<Begun>> findBegun(RecomputeScope scope) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(scope.name(), TrackFold.ALGORITHM_VERSION))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(new Begun(place(row), row.get(JsonObject.class, "report")));
          }
          return Optional.empty();
        });
  }

  Future<Void> save(RecomputeScope scope, Place after, JsonObject report, boolean ended) {
    return pool.preparedQuery(SAVE)
        .execute(Tuple.of(
            scope.name(),
            TrackFold.ALGORITHM_VERSION,
            after.athleteId(),
            after.trainingId(),
            report,
            ended))
        .mapEmpty();
  }

  private static Tuple tuple(RecomputeScope scope, Place after) {
    return Tuple.tuple()
        .addValue(after.athleteId())
        .addValue(after.trainingId())
        .addValue(scope.athleteId())
        .addValue(scope.trainingId())
        .addValue(scope.everyVersion())
        .addValue(TrackFold.ALGORITHM_VERSION);
  }

  private static Place place(Row row) {
    return new Place(row.getUUID("athlete_id"), row.getUUID("training_id"));
  }
}
