package io.pacewire.gamification;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Experience as a ledger in PostgreSQL: one row a training, so that totals are sums. */
final class XpLedger {
  private static final String PUT = """
      WITH old AS (
        SELECT week FROM xp_entry WHERE athlete_id = $1 AND training_id = $2),
      put AS (
        INSERT INTO xp_entry (athlete_id, training_id, revision, xp, distance_m, week)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (athlete_id, training_id) DO UPDATE
        SET revision = excluded.revision, xp = excluded.xp, distance_m = excluded.distance_m,
            week = excluded.week
        WHERE xp_entry.revision < excluded.revision
        RETURNING week)
      SELECT put.week, old.week AS old_week FROM put LEFT JOIN old ON true
      """;

  private static final String NEXT_VERSION = """
      INSERT INTO athlete (athlete_id, version) VALUES ($1, 1)
      ON CONFLICT (athlete_id) DO UPDATE SET version = athlete.version + 1
      """;

  private static final String WEEK_TOTAL = """
      SELECT athlete.version, coalesce(sum(xp_entry.xp), 0) AS xp
      FROM athlete LEFT JOIN xp_entry
        ON xp_entry.athlete_id = athlete.athlete_id AND xp_entry.week = $2
      WHERE athlete.athlete_id = $1
      GROUP BY athlete.version
      """;

  private static final String BOARD = """
      SELECT athlete.athlete_id, athlete.version, sum(xp_entry.xp) AS xp
      FROM xp_entry JOIN athlete USING (athlete_id)
      WHERE xp_entry.week = $1
      GROUP BY athlete.athlete_id, athlete.version
      """;

  private static final String DETAILS = """
      SELECT athlete.athlete_id, athlete.display_name,
          coalesce(sum(xp_entry.distance_m), 0) AS distance_m, count(xp_entry.training_id) AS trainings
      FROM athlete LEFT JOIN xp_entry
        ON xp_entry.athlete_id = athlete.athlete_id AND xp_entry.week = $2
      WHERE athlete.athlete_id = ANY ($1)
      GROUP BY athlete.athlete_id, athlete.display_name
      """;

  private static final String TOTAL =
      "SELECT coalesce(sum(xp), 0) AS xp FROM xp_entry WHERE athlete_id = $1";

  private static final String ENTRIES = """
      SELECT training_id, revision, xp, week FROM xp_entry
      WHERE athlete_id = $1 AND ($2::uuid IS NULL OR training_id = $2)
      ORDER BY week DESC, training_id
      LIMIT 200
      """;

  private static final String PUT_NAME = """
      INSERT INTO athlete (athlete_id, display_name) VALUES ($1, $2)
      ON CONFLICT (athlete_id) DO UPDATE SET display_name = excluded.display_name
      """;

  private final Pool pool;

  XpLedger(Pool pool) {
    this.pool = pool;
  }

  /** What one revision of a training earned, and in which week. */
  record Entry(
      UUID athleteId, UUID trainingId, int revision, int xp, double distanceM, String week) {}

  /** @param version of two scores of an athlete the one with the higher version is newer */
  record Score(UUID athleteId, String week, long xp, long version) {}

  record Details(@Nullable String displayName, double distanceM, long trainings) {}

  /**
   * Books an entry with its fact, unless a revision as new is booked. Returns the weeks whose totals
   * changed; those of a repeated fact too, since the boards may not have heard of them.
   */
  Future<List<String>> put(Entry entry, Function<Entry, EventEnvelope> fact) {
    return pool.withTransaction(tx -> tx.preparedQuery(PUT)
        .execute(Tuple.of(
            entry.athleteId(),
            entry.trainingId(),
            entry.revision(),
            entry.xp(),
            entry.distanceM(),
            entry.week()))
        .compose(rows -> {
          for (Row row : rows) {
            return booked(tx, entry, fact.apply(entry), row.getString("old_week"));
          }
          return Future.succeededFuture(List.of(entry.week()));
        }));
  }

  private static Future<List<String>> booked(
      SqlConnection tx, Entry entry, EventEnvelope fact, @Nullable String oldWeek) {
    List<String> weeks = new ArrayList<>(List.of(entry.week()));
    if (oldWeek != null && !oldWeek.equals(entry.week())) {
      weeks.add(oldWeek);
    }
    return tx.preparedQuery(NEXT_VERSION)
        .execute(Tuple.of(entry.athleteId()))
        .compose(done -> Outbox.add(tx, fact))
        .map(added -> weeks);
  }

  Future<Score> weekTotal(UUID athleteId, String week) {
    return pool.preparedQuery(WEEK_TOTAL).execute(Tuple.of(athleteId, week)).map(rows -> {
      for (Row row : rows) {
        return new Score(athleteId, week, row.getLong("xp"), row.getLong("version"));
      }
      return new Score(athleteId, week, 0, 0);
    });
  }

  /** A whole week, for a board that Redis lost. */
  Future<List<Score>> board(String week) {
    return pool.preparedQuery(BOARD).execute(Tuple.of(week)).map(rows -> {
      List<Score> scores = new ArrayList<>();
      rows.forEach(row -> scores.add(
          new Score(row.getUUID("athlete_id"), week, row.getLong("xp"), row.getLong("version"))));
      return scores;
    });
  }

  Future<Map<UUID, Details>> details(List<UUID> athletes, String week) {
    return pool.preparedQuery(DETAILS)
        .execute(Tuple.of(athletes.toArray(UUID[]::new), week))
        .map(rows -> {
          Map<UUID, Details> details = new HashMap<>();
          rows.forEach(row -> details.put(
              row.getUUID("athlete_id"),
              new Details(
                  row.getString("display_name"),
                  row.getDouble("distance_m"),
                  row.getLong("trainings"))));
          return details;
        });
  }

  Future<Long> total(UUID athleteId) {
    return pool.preparedQuery(TOTAL)
        .execute(Tuple.of(athleteId))
        .map(rows -> rows.iterator().next().getLong("xp"));
  }

  Future<List<Entry>> list(UUID athleteId, @Nullable UUID trainingId) {
    return pool.preparedQuery(ENTRIES).execute(Tuple.of(athleteId, trainingId)).map(rows -> {
      List<Entry> entries = new ArrayList<>();
      rows.forEach(row -> entries.add(new Entry(
          athleteId,
          row.getUUID("training_id"),
          row.getInteger("revision"),
          row.getInteger("xp"),
          0,
          row.getString("week"))));
      return entries;
    });
  }

  Future<Void> putName(UUID athleteId, String displayName) {
    return pool.preparedQuery(PUT_NAME)
        .execute(Tuple.of(athleteId, displayName))
        .mapEmpty();
  }
}
