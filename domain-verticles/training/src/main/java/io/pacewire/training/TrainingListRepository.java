package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of an athlete's trainings, page by page: each page is one look into one index. */
final class TrainingListRepository {
  static final String COLUMNS = """
      SELECT training_id, session_id, revision, status, complete, sport, start_at_ms, end_at_ms,
          time_zone, day, algorithm_version, distance_m, timer_s, moving_s, elapsed_s, ascent_m,
          descent_m, energy_kcal, impulse, stress, verdict_count, figures
      FROM training_summary
      """;

  private static final String NOT_DELETED = "status <> 'deleted'";

  /** Those that an athlete deleted: what an edit made of others' parts is no training to bring back. */
  private static final String BY_THE_ATHLETE = """
      NOT EXISTS (
        SELECT FROM training_revision AS made
        WHERE made.athlete_id = training_summary.athlete_id
          AND made.training_id = training_summary.training_id
          AND made.revision = training_summary.revision
          AND (made.merged_into IS NOT NULL OR made.change ->> 'kind' = 'split-undone'))
      """;

  /** Alone they have an index. */
  private static final String DELETED_ALONE = "status = 'deleted' AND " + BY_THE_ATHLETE;

  private static final String DELETED_TOO = "(status <> 'deleted' OR " + BY_THE_ATHLETE + ")";

  private static final String WANTED = COLUMNS + "WHERE athlete_id = $1 AND " + NOT_DELETED + """

        AND ($2::text[] IS NULL OR sport = ANY($2))
        AND ($3::text[] IS NULL OR status = ANY($3))
        AND ($4::boolean IS NULL OR complete = $4)
        AND start_at_ms BETWEEN $5 AND $6
        AND distance_m BETWEEN $7 AND $8
        AND timer_s BETWEEN $9 AND $10
      """;

  private static final String BY_START = WANTED + """
        AND (start_at_ms, training_id) < ($11::bigint, $12::uuid)
      ORDER BY start_at_ms DESC, training_id DESC LIMIT $13
      """;

  private static final String BY_START_RISING = WANTED + """
        AND (start_at_ms, training_id) > ($11::bigint, $12::uuid)
      ORDER BY start_at_ms, training_id LIMIT $13
      """;

  private static final String BY_DISTANCE = WANTED + """
        AND (distance_m, training_id) < ($11::double precision, $12::uuid)
      ORDER BY distance_m DESC, training_id DESC LIMIT $13
      """;

  private static final String BY_DISTANCE_RISING = WANTED + """
        AND (distance_m, training_id) > ($11::double precision, $12::uuid)
      ORDER BY distance_m, training_id LIMIT $13
      """;

  private static final String BY_DURATION = WANTED + """
        AND (timer_s, training_id) < ($11::double precision, $12::uuid)
      ORDER BY timer_s DESC, training_id DESC LIMIT $13
      """;

  private static final String BY_DURATION_RISING = WANTED + """
        AND (timer_s, training_id) > ($11::double precision, $12::uuid)
      ORDER BY timer_s, training_id LIMIT $13
      """;

  private final Pool pool;

  TrainingListRepository(Pool pool) {
    this.pool = pool;
  }

  Future<List<TrainingSummary>> list(
      UUID athleteId, ListQuery query, @Nullable ListCursor after, int limit) {
    ListCursor from = after == null ? ListCursor.start(query.ascending()) : after;
    return pool.preparedQuery(statement(query))
        .execute(tuple(athleteId, query, from, limit))
        .map(rows -> {
          List<TrainingSummary> found = new ArrayList<>();
          rows.forEach(row -> found.add(summary(row)));
          return found;
        });
  }

  static String statement(ListQuery query) {
    String statement = sorted(query);
    if (query.onlyDeleted()) {
      return statement.replace(NOT_DELETED, DELETED_ALONE);
    }
    return query.withDeleted() ? statement.replace(NOT_DELETED, DELETED_TOO) : statement;
  }

  private static String sorted(ListQuery query) {
    return switch (query.sort()) {
      case START -> query.ascending() ? BY_START_RISING : BY_START;
      case DISTANCE -> query.ascending() ? BY_DISTANCE_RISING : BY_DISTANCE;
      case DURATION -> query.ascending() ? BY_DURATION_RISING : BY_DURATION;
    };
  }

  static Tuple tuple(UUID athleteId, ListQuery query, ListCursor from, int limit) {
    ListQuery.Range range = query.range();
    return Tuple.tuple()
        .addValue(athleteId)
        .addValue(array(query.sports()))
        .addValue(array(query.statuses()))
        .addValue(query.complete())
        .addValue(range.fromAtMs())
        .addValue(range.toAtMs())
        .addValue(range.fromDistanceM())
        .addValue(range.toDistanceM())
        .addValue(range.fromDurationS())
        .addValue(range.toDurationS())
        .addValue(key(query, from))
        .addValue(from.trainingId())
        .addValue(limit);
  }

  /** Milliseconds are exact as a double for another 280,000 years. */
  private static Object key(ListQuery query, ListCursor from) {
    if (query.sort() == ListQuery.Sort.START) {
      return (long) from.value();
    }
    return from.value();
  }

  private static String @Nullable [] array(@Nullable List<String> values) {
    return values == null ? null : values.toArray(new String[0]);
  }

  static TrainingSummary summary(Row row) {
    Double impulse = row.getDouble("impulse");
    Double stress = row.getDouble("stress");
    return new TrainingSummary(
        row.getUUID("training_id"),
        row.getUUID("session_id"),
        row.getInteger("revision"),
        row.getString("status"),
        row.getBoolean("complete"),
        row.getString("sport"),
        row.getLong("start_at_ms"),
        row.getLong("end_at_ms"),
        row.getString("time_zone"),
        row.getLocalDate("day"),
        row.getInteger("algorithm_version"),
        new DaySums(
            1,
            row.getDouble("distance_m"),
            row.getDouble("timer_s"),
            row.getDouble("moving_s"),
            row.getDouble("elapsed_s"),
            row.getDouble("ascent_m"),
            row.getDouble("descent_m"),
            row.getDouble("energy_kcal"),
            impulse == null ? 0 : impulse,
            impulse == null ? 0 : 1,
            stress == null ? 0 : stress,
            stress == null ? 0 : 1),
        row.getInteger("verdict_count"),
        row.get(JsonObject.class, "figures"));
  }
}
