package io.pacewire.training;

import io.pacewire.training.TotalsRules.SportDay;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an athlete's trainings come to, day by day. */
final class RollupRepository {
  private static final String LIST_DAYS = """
      SELECT day, sport, trainings, distance_m, timer_s, moving_s, elapsed_s, ascent_m, descent_m,
          energy_kcal, impulse, impulse_trainings, stress, stress_trainings
      FROM training_day
      WHERE athlete_id = $1 AND day BETWEEN $2 AND $3 AND ($4::text[] IS NULL OR sport = ANY($4))
      ORDER BY day DESC, sport LIMIT $5
      """;

  private static final String LIST_STARTS = """
      SELECT start_at_ms, sport, 1 AS trainings, distance_m, timer_s, moving_s, elapsed_s, ascent_m,
          descent_m, energy_kcal, coalesce(impulse, 0) AS impulse,
          (impulse IS NOT NULL)::int AS impulse_trainings, coalesce(stress, 0) AS stress,
          (stress IS NOT NULL)::int AS stress_trainings
      FROM training_summary
      WHERE athlete_id = $1 AND day BETWEEN $2 AND $3 AND ($4::text[] IS NULL OR sport = ANY($4))
        AND status = 'finished'
      ORDER BY day DESC LIMIT $5
      """;

  private static final String FIND_ZONE = """
      SELECT time_zone FROM training_summary WHERE athlete_id = $1 AND status <> 'deleted'
      ORDER BY start_at_ms DESC, training_id DESC LIMIT 1
      """;

  /** 27 years of three sports a day. */
  private static final int MOST_ROWS = 30_000;

  private final Pool pool;

  RollupRepository(Pool pool) {
    this.pool = pool;
  }

  /** Days from and to, both included. */
  record Span(LocalDate from, LocalDate to, @Nullable List<String> sports) {}

  /** By the date that it was where each training began, newest first. */
  Future<List<SportDay>> listDays(UUID athleteId, Span span) {
    return pool.preparedQuery(LIST_DAYS).execute(tuple(athleteId, span)).map(rows -> {
      List<SportDay> days = new ArrayList<>();
      rows.forEach(row -> days.add(day(row)));
      return days;
    });
  }

  /** A training that counts, as far as sums need it. */
  record Start(long startAtMs, String sport, DaySums sums) {}

  /** Newest first. */
  Future<List<Start>> listStarts(UUID athleteId, Span span) {
    return pool.preparedQuery(LIST_STARTS).execute(tuple(athleteId, span)).map(rows -> {
      List<Start> trainings = new ArrayList<>();
      rows.forEach(row ->
          trainings.add(new Start(row.getLong("start_at_ms"), row.getString("sport"), sums(row))));
      return trainings;
    });
  }

  /** The zone of the newest training. */
  Future<Optional<String>> findZone(UUID athleteId) {
    return pool.preparedQuery(FIND_ZONE).execute(Tuple.of(athleteId)).map(rows -> {
      for (Row row : rows) {
        return Optional.of(row.getString("time_zone"));
      }
      return Optional.empty();
    });
  }

  private static Tuple tuple(UUID athleteId, Span span) {
    List<String> sports = span.sports();
    return Tuple.of(
        athleteId,
        span.from(),
        span.to(),
        sports == null ? null : sports.toArray(new String[0]),
        MOST_ROWS);
  }

  private static SportDay day(Row row) {
    return new SportDay(row.getLocalDate("day"), row.getString("sport"), sums(row));
  }

  private static DaySums sums(Row row) {
    return new DaySums(
        row.getInteger("trainings"),
        row.getDouble("distance_m"),
        row.getDouble("timer_s"),
        row.getDouble("moving_s"),
        row.getDouble("elapsed_s"),
        row.getDouble("ascent_m"),
        row.getDouble("descent_m"),
        row.getDouble("energy_kcal"),
        row.getDouble("impulse"),
        row.getInteger("impulse_trainings"),
        row.getDouble("stress"),
        row.getInteger("stress_trainings"));
  }
}
