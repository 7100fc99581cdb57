package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Personal records, of the trainings that count. */
final class RecordRepository {
  /**
   * One look into the index for each sport and length, however many efforts there are. What was measured
   * counts before what was bridged.
   */
  private static final String LIST_EFFORTS = """
      WITH RECURSIVE kind AS (
        (SELECT sport, length_m FROM training_effort
        WHERE athlete_id = $1 ORDER BY sport, length_m LIMIT 1)
        UNION ALL
        SELECT following.sport, following.length_m
        FROM kind CROSS JOIN LATERAL (
          SELECT effort.sport, effort.length_m FROM training_effort AS effort
          WHERE effort.athlete_id = $1
            AND (effort.sport, effort.length_m) > (kind.sport, kind.length_m)
          ORDER BY effort.sport, effort.length_m LIMIT 1) AS following)
      SELECT kind.sport, kind.length_m, best.elapsed_s, best.from_at_ms, best.training_id,
          best.estimated
      FROM kind CROSS JOIN LATERAL (
        SELECT effort.elapsed_s, effort.from_at_ms, effort.training_id, effort.estimated
        FROM training_effort AS effort
        WHERE effort.athlete_id = $1 AND effort.sport = kind.sport
          AND effort.length_m = kind.length_m
        ORDER BY effort.estimated, effort.elapsed_s, effort.from_at_ms, effort.training_id LIMIT 1) AS best
      WHERE $2::text[] IS NULL OR kind.sport = ANY($2)
      ORDER BY kind.sport, kind.length_m
      """;

  private static final String LIST_MOST = """
      WITH counted AS (
        SELECT training_id, sport, start_at_ms, distance_m, timer_s, ascent_m FROM training_summary
        WHERE athlete_id = $1 AND status = 'finished' AND ($2::text[] IS NULL OR sport = ANY($2)))
      (SELECT DISTINCT ON (sport) sport, 'longestDistance' AS kind, distance_m AS value, training_id,
          start_at_ms
      FROM counted WHERE distance_m > 0 ORDER BY sport, distance_m DESC, start_at_ms, training_id)
      UNION ALL
      (SELECT DISTINCT ON (sport) sport, 'longestDuration' AS kind, timer_s AS value, training_id,
          start_at_ms
      FROM counted WHERE timer_s > 0 ORDER BY sport, timer_s DESC, start_at_ms, training_id)
      UNION ALL
      (SELECT DISTINCT ON (sport) sport, 'mostAscent' AS kind, ascent_m AS value, training_id,
          start_at_ms
      FROM counted WHERE ascent_m > 0 ORDER BY sport, ascent_m DESC, start_at_ms, training_id)
      """;

  private final Pool pool;

  RecordRepository(Pool pool) {
    this.pool = pool;
  }

  /** The fastest of a length that was measured, else of all; of equals the first. */
  record Effort(
      String sport,
      double lengthM,
      double elapsedS,
      long fromAtMs,
      UUID trainingId,
      boolean estimated) {}

  /** @param kind {@code longestDistance} and {@code mostAscent} in metres, {@code longestDuration} in seconds */
  record Most(String sport, String kind, double value, UUID trainingId, long startAtMs) {}

  Future<List<Effort>> listEfforts(UUID athleteId, @Nullable List<String> sports) {
    return pool.preparedQuery(LIST_EFFORTS).execute(tuple(athleteId, sports)).map(rows -> {
      List<Effort> efforts = new ArrayList<>();
      for (Row row : rows) {
        efforts.add(new Effort(
            row.getString("sport"),
            row.getDouble("length_m"),
            row.getDouble("elapsed_s"),
            row.getLong("from_at_ms"),
            row.getUUID("training_id"),
            row.getBoolean("estimated")));
      }
      return efforts;
    });
  }

  Future<List<Most>> listMost(UUID athleteId, @Nullable List<String> sports) {
    return pool.preparedQuery(LIST_MOST).execute(tuple(athleteId, sports)).map(rows -> {
      List<Most> most = new ArrayList<>();
      for (Row row : rows) {
        most.add(new Most(
            row.getString("sport"),
            row.getString("kind"),
            row.getDouble("value"),
            row.getUUID("training_id"),
            row.getLong("start_at_ms")));
      }
      return most;
    });
  }

  private static Tuple tuple(UUID athleteId, @Nullable List<String> sports) {
    return Tuple.tuple()
        .addValue(athleteId)
        .addValue(sports == null ? null : sports.toArray(new String[0]));
  }
}
