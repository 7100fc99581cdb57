package io.pacewire.training;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trainings and their revisions; each new revision is written together with the fact that tells it. */
final class TrainingRepository {
  private static final String INSERT_REVISION = """
      WITH revised AS (
        INSERT INTO training_revision (athlete_id, training_id, revision, session_id, status,
            complete, sport, start_at_ms, end_at_ms, time_zone, algorithm_version, figures, splits,
            verdicts, findings)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (athlete_id, training_id, revision) DO NOTHING
        RETURNING athlete_id, training_id, revision, start_at_ms),
      current AS (
        INSERT INTO training (athlete_id, training_id, revision, start_at_ms)
        SELECT athlete_id, training_id, revision, start_at_ms FROM revised
        ON CONFLICT (athlete_id, training_id) DO UPDATE
        SET revision = excluded.revision, start_at_ms = excluded.start_at_ms
        WHERE training.revision < excluded.revision),
      closed AS (
        UPDATE session_head SET state = 1
        WHERE athlete_id = $1 AND session_id = $4 AND state = 0)
      SELECT revision FROM revised
      """;

  private static final String TELL_START = """
      UPDATE session_head SET sport = $3, time_zone = $4, start_at_ms = $5
      WHERE athlete_id = $1 AND session_id = $2 AND start_at_ms IS NULL
      """;

  private static final String COLUMNS = """
      SELECT revision.training_id, revision.session_id, revision.revision, revision.status,
          revision.complete, revision.sport, revision.start_at_ms, revision.end_at_ms,
          revision.time_zone, revision.algorithm_version, revision.figures, revision.splits,
          revision.verdicts, revision.findings
      FROM training
      JOIN training_revision AS revision USING (athlete_id, training_id, revision)
      """;

  private static final String FIND =
      COLUMNS + "WHERE training.athlete_id = $1 AND training.training_id = $2";

  private static final String LIST = COLUMNS + """
          WHERE training.athlete_id = $1 AND revision.status <> 'deleted'
            AND (training.start_at_ms, training.training_id) < ($2, $3)
          ORDER BY training.start_at_ms DESC, training.training_id DESC
          LIMIT $4
          """;

  private final Pool pool;

  TrainingRepository(Pool pool) {
    this.pool = pool;
  }

  /** True where this call wrote the revision, false where it was there already. */
  Future<Boolean> insertRevision(UUID athleteId, Training training, EventEnvelope fact) {
    return pool.withTransaction(tx -> insert(tx, athleteId, training)
        .compose(written ->
            written ? Outbox.add(tx, fact).map(added -> true) : Future.succeededFuture(false)));
  }

  /** True where the start was not known before; the fact goes out once. */
  Future<Boolean> tellStart(
      SessionKey key, String sport, String timeZone, long startAtMs, EventEnvelope fact) {
    return pool.withTransaction(tx -> tx.preparedQuery(TELL_START)
        .execute(Tuple.of(key.athleteId(), key.sessionId(), sport, timeZone, startAtMs))
        .compose(rows -> rows.rowCount() == 1
            ? Outbox.add(tx, fact).map(added -> true)
            : Future.succeededFuture(false)));
  }

  Future<Optional<Training>> find(UUID athleteId, UUID trainingId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(athleteId, trainingId)).map(rows -> {
      for (Row row : rows) {
        return Optional.of(training(row));
      }
      return Optional.empty();
    });
  }

  /** Newest first, those that started before the cursor. */
  Future<List<Training>> list(UUID athleteId, @Nullable TrainingCursor after, int limit) {
    TrainingCursor from = after == null ? TrainingCursor.NEWEST : after;
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(athleteId, from.startAtMs(), from.trainingId(), limit))
        .map(rows -> {
          List<Training> trainings = new ArrayList<>();
          rows.forEach(row -> trainings.add(training(row)));
          return trainings;
        });
  }

  private static Future<Boolean> insert(SqlConnection tx, UUID athleteId, Training training) {
    return tx.preparedQuery(INSERT_REVISION)
        .execute(Tuple.tuple()
            .addValue(athleteId)
            .addValue(training.trainingId())
            .addValue(training.revision())
            .addValue(training.sessionId())
            .addValue(training.status())
            .addValue(training.complete())
            .addValue(training.sport())
            .addValue(training.startAtMs())
            .addValue(training.endAtMs())
            .addValue(training.timeZone())
            .addValue(training.algorithmVersion())
            .addValue(training.figures())
            .addValue(training.splits())
            .addValue(training.verdicts())
            .addValue(training.findings()))
        .map(rows -> rows.size() == 1);
  }

  private static Training training(Row row) {
    return new Training(
        row.getUUID("training_id"),
        row.getUUID("session_id"),
        row.getInteger("revision"),
        row.getString("status"),
        row.getBoolean("complete"),
        row.getString("sport"),
        row.getLong("start_at_ms"),
        row.getLong("end_at_ms"),
        row.getString("time_zone"),
        row.getInteger("algorithm_version"),
        row.get(JsonObject.class, "figures"),
        row.get(JsonArray.class, "splits"),
        row.get(JsonArray.class, "verdicts"),
        row.get(JsonObject.class, "findings"));
  }
}
