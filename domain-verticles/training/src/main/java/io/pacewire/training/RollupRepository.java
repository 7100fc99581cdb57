package io.pacewire.training;

import io.pacewire.training.TotalsRules.SportDay;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

  /** The date on a clock that was set as {@link ZoneOffsets} say. */
  private static final String LIST_DAYS_IN_ZONE = """
      WITH dated AS (
        SELECT DATE '1970-01-01' + floor(
              (start_at_ms + 1000::bigint * ($7::int[])[1 + width_bucket(start_at_ms, $6::bigint[])])
                  / 86400000.0)::int AS date, *
        FROM training_summary
        WHERE athlete_id = $1 AND day BETWEEN $2::date - 2 AND $3::date + 2
          AND ($4::text[] IS NULL OR sport = ANY($4)) AND status = 'finished')
      SELECT date AS day, sport, count(*)::int AS trainings, sum(distance_m) AS distance_m,
          sum(timer_s) AS timer_s, sum(moving_s) AS moving_s, sum(elapsed_s) AS elapsed_s,
          sum(ascent_m) AS ascent_m, sum(descent_m) AS descent_m, sum(energy_kcal) AS energy_kcal,
          coalesce(sum(impulse), 0) AS impulse, count(impulse)::int AS impulse_trainings,
          coalesce(sum(stress), 0) AS stress, count(stress)::int AS stress_trainings
      FROM dated WHERE date BETWEEN $2 AND $3 GROUP BY date, sport
      ORDER BY date DESC, sport LIMIT $5
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
    return listDays(LIST_DAYS, tuple(athleteId, span));
  }

  /** By the date that it was in one zone when each training began, newest first. */
  Future<List<SportDay>> listDays(UUID athleteId, Span span, ZoneId zone) {
    ZoneOffsets clocks = ZoneOffsets.of(
        zone, midnight(span.from().minusDays(3)), midnight(span.to().plusDays(3)));
    Tuple values = tuple(athleteId, span).addValue(clocks.changes()).addValue(clocks.offsets());
    return listDays(LIST_DAYS_IN_ZONE, values);
  }

  private Future<List<SportDay>> listDays(String statement, Tuple values) {
    return pool.preparedQuery(statement).execute(values).map(rows -> {
      List<SportDay> days = new ArrayList<>();
      rows.forEach(row -> days.add(day(row)));
      return days;
    });
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
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
