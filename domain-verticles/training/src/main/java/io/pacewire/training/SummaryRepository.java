package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps what is derived of an athlete's trainings in step with them, in the transaction that writes a
 * revision. Everything is set to what the newest revisions say and nothing is added up, so that twice
 * is once.
 */
final class SummaryRepository {
  /** Held to the end of the transaction. Transactions of one athlete would not see each other's trainings. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 5))";

  private static final String WRITE = """
      WITH held AS (
        SELECT day FROM training_summary WHERE athlete_id = $1 AND training_id = $2),
      written AS (
        INSERT INTO training_summary AS kept (athlete_id, training_id, session_id, revision, status,
            complete, sport, start_at_ms, end_at_ms, time_zone, day, algorithm_version, distance_m,
            timer_s, moving_s, elapsed_s, ascent_m, descent_m, energy_kcal, impulse, stress,
            verdict_count, figures)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21, $22, $23)
        ON CONFLICT (athlete_id, training_id) DO UPDATE
        SET session_id = $3, revision = $4, status = $5, complete = $6, sport = $7, start_at_ms = $8,
            end_at_ms = $9, time_zone = $10, day = $11, algorithm_version = $12, distance_m = $13,
            timer_s = $14, moving_s = $15, elapsed_s = $16, ascent_m = $17, descent_m = $18,
            energy_kcal = $19, impulse = $20, stress = $21, verdict_count = $22, figures = $23
        WHERE kept.revision < $4)
      SELECT day FROM held
      """;

  private static final String SUM_UP = """
      WITH counted AS (
        SELECT day, sport, count(*)::integer AS trainings,
            sum(distance_m ORDER BY training_id) AS distance_m,
            sum(timer_s ORDER BY training_id) AS timer_s,
            sum(moving_s ORDER BY training_id) AS moving_s,
            sum(elapsed_s ORDER BY training_id) AS elapsed_s,
            sum(ascent_m ORDER BY training_id) AS ascent_m,
            sum(descent_m ORDER BY training_id) AS descent_m,
            sum(energy_kcal ORDER BY training_id) AS energy_kcal,
            coalesce(sum(impulse ORDER BY training_id), 0) AS impulse,
            count(impulse)::integer AS impulse_trainings,
            coalesce(sum(stress ORDER BY training_id), 0) AS stress,
            count(stress)::integer AS stress_trainings
        FROM training_summary
        WHERE athlete_id = $1 AND day = ANY($2) AND status = 'finished'
        GROUP BY day, sport),
      gone AS (
        DELETE FROM training_day AS old
        WHERE athlete_id = $1 AND day = ANY($2) AND NOT EXISTS (
          SELECT FROM counted WHERE counted.day = old.day AND counted.sport = old.sport))
      INSERT INTO training_day (athlete_id, day, sport, trainings, distance_m, timer_s, moving_s,
          elapsed_s, ascent_m, descent_m, energy_kcal, impulse, impulse_trainings, stress,
          stress_trainings)
      SELECT $1, day, sport, trainings, distance_m, timer_s, moving_s, elapsed_s, ascent_m, descent_m,
          energy_kcal, impulse, impulse_trainings, stress, stress_trainings
      FROM counted
      ON CONFLICT (athlete_id, day, sport) DO UPDATE
      SET trainings = excluded.trainings, distance_m = excluded.distance_m,
          timer_s = excluded.timer_s, moving_s = excluded.moving_s, elapsed_s = excluded.elapsed_s,
          ascent_m = excluded.ascent_m, descent_m = excluded.descent_m,
          energy_kcal = excluded.energy_kcal, impulse = excluded.impulse,
          impulse_trainings = excluded.impulse_trainings, stress = excluded.stress,
          stress_trainings = excluded.stress_trainings
      """;

  private static final String SET_EFFORTS = """
      WITH found AS (
        SELECT length_m, elapsed_s, from_at_ms, estimated
        FROM unnest($4::double precision[], $5::double precision[], $6::bigint[], $7::boolean[])
            AS efforts (length_m, elapsed_s, from_at_ms, estimated)),
      gone AS (
        DELETE FROM training_effort AS old
        WHERE athlete_id = $1 AND training_id = $2 AND NOT EXISTS (
          SELECT FROM found WHERE found.length_m = old.length_m))
      INSERT INTO training_effort (athlete_id, training_id, sport, length_m, elapsed_s, from_at_ms,
          estimated)
      SELECT $1, $2, $3, length_m, elapsed_s, from_at_ms, estimated FROM found
      ON CONFLICT (athlete_id, training_id, length_m) DO UPDATE
      SET sport = excluded.sport, elapsed_s = excluded.elapsed_s, from_at_ms = excluded.from_at_ms,
          estimated = excluded.estimated
      """;

  private SummaryRepository() {}

  /**
   * Before a transaction writes any revision of an athlete's: those that write several would wait for
   * each other otherwise. Twice within a transaction is once.
   */
  static Future<Void> lock(SqlConnection tx, UUID athleteId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(athleteId)).mapEmpty();
  }

  /** Joins the caller's transaction, which holds the athlete's lock. */
  static Future<Void> write(SqlConnection tx, UUID athleteId, Training training) {
    TrainingSummary summary = FoldFault.within(() -> TrainingSummary.of(training));
    return tx.preparedQuery(WRITE)
        .execute(tuple(athleteId, summary))
        .compose(held -> {
          Set<LocalDate> days = new LinkedHashSet<>();
          days.add(summary.day());
          for (Row row : held) {
            days.add(row.getLocalDate("day"));
          }
          return tx.preparedQuery(SUM_UP)
              .execute(Tuple.tuple().addValue(athleteId).addValue(days.toArray(new LocalDate[0])));
        })
        .compose(summed -> tx.preparedQuery(SET_EFFORTS)
            .execute(FoldFault.within(() -> efforts(athleteId, training))))
        .mapEmpty();
  }

  private static Tuple tuple(UUID athleteId, TrainingSummary summary) {
    DaySums sums = summary.sums();
    return Tuple.tuple()
        .addValue(athleteId)
        .addValue(summary.trainingId())
        .addValue(summary.sessionId())
        .addValue(summary.revision())
        .addValue(summary.status())
        .addValue(summary.complete())
        .addValue(summary.sport())
        .addValue(summary.startAtMs())
        .addValue(summary.endAtMs())
        .addValue(summary.timeZone())
        .addValue(summary.day())
        .addValue(summary.algorithmVersion())
        .addValue(sums.distanceM())
        .addValue(sums.timerS())
        .addValue(sums.movingS())
        .addValue(sums.elapsedS())
        .addValue(sums.ascentM())
        .addValue(sums.descentM())
        .addValue(sums.energyKcal())
        .addValue(sums.impulseTrainings() == 0 ? null : sums.impulse())
        .addValue(sums.stressTrainings() == 0 ? null : sums.stress())
        .addValue(summary.verdictCount())
        .addValue(summary.figures());
  }

  /** None where it does not count. */
  private static Tuple efforts(UUID athleteId, Training training) {
    JsonArray efforts = training.counts()
        ? training.findings().getJsonArray("bestEfforts", new JsonArray())
        : new JsonArray();
    int size = efforts.size();
    Double[] lengthM = new Double[size];
    Double[] elapsedS = new Double[size];
    Long[] fromAtMs = new Long[size];
    Boolean[] estimated = new Boolean[size];
    for (int i = 0; i < size; i++) {
      JsonObject effort = efforts.getJsonObject(i);
      lengthM[i] = effort.getDouble("lengthM");
      elapsedS[i] = effort.getDouble("elapsedS");
      fromAtMs[i] = effort.getLong("fromAtMs");
      estimated[i] = effort.getBoolean("estimated");
    }
    return Tuple.tuple()
        .addValue(athleteId)
        .addValue(training.trainingId())
        .addValue(training.sport())
        .addValue(lengthM)
        .addValue(elapsedS)
        .addValue(fromAtMs)
        .addValue(estimated);
  }
}
