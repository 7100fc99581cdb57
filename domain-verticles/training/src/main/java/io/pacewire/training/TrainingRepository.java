package io.pacewire.training;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
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
            verdicts, findings, recipe, change, undo, merged_into)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19)
        ON CONFLICT (athlete_id, training_id, revision) DO NOTHING
        RETURNING athlete_id, training_id, revision, start_at_ms),
      current AS (
        INSERT INTO training (athlete_id, training_id, revision, start_at_ms)
        SELECT athlete_id, training_id, revision, start_at_ms FROM revised
        ON CONFLICT (athlete_id, training_id) DO UPDATE
        SET revision = excluded.revision, start_at_ms = excluded.start_at_ms
        WHERE training.revision < excluded.revision),
      made_of AS (
        INSERT INTO training_session (athlete_id, session_id, training_id)
        SELECT athlete_id, session_id, training_id
        FROM revised, UNNEST($20::uuid[]) AS session_id
        WHERE session_id <> training_id
        ON CONFLICT DO NOTHING),
      closed AS (
        UPDATE session_head SET state = 1
        WHERE athlete_id = $1 AND session_id = $4 AND state = 0)
      SELECT revision FROM revised
      """;

  private static final String STILL_SILENT = """
      SELECT session_id FROM session_head
      WHERE athlete_id = $1 AND session_id = $2 AND xmin::text = $3
      FOR NO KEY UPDATE
      """;

  private static final String COLUMNS = """
      SELECT revision.training_id, revision.session_id, revision.revision, revision.status,
          revision.complete, revision.sport, revision.start_at_ms, revision.end_at_ms,
          revision.time_zone, revision.algorithm_version, revision.figures, revision.splits,
          revision.verdicts, revision.findings, revision.recipe, revision.change, revision.undo,
          revision.merged_into
      FROM training
      JOIN training_revision AS revision USING (athlete_id, training_id, revision)
      """;

  private static final String FIND =
      COLUMNS + "WHERE training.athlete_id = $1 AND training.training_id = $2";

  private static final String FIND_REVISION =
      COLUMNS.replace("training_id, revision)", "training_id)") + """
        WHERE training.athlete_id = $1 AND training.training_id = $2 AND revision.revision = $3
        """;

  private static final String LIST_IDS = """
      SELECT training_id FROM training
      WHERE athlete_id = $1 AND ($2::uuid IS NULL OR training_id > $2)
      ORDER BY training_id
      LIMIT $3
      """;

  private static final String LIST_BESIDE = COLUMNS + """
          WHERE training.athlete_id = $1 AND revision.status = 'finished'
            AND (training.training_id = ANY ($2) OR training.training_id IN (
              SELECT training_id FROM training_session
              WHERE athlete_id = $1 AND session_id = ANY ($2)))
          """;

  private static final String LIST_MADE_OF = """
      SELECT training_id FROM training_session
      WHERE athlete_id = $1 AND session_id = $2
      ORDER BY training_id
      """;

  private final Pool pool;

  TrainingRepository(Pool pool) {
    this.pool = pool;
  }

  /**
   * A revision and the fact that tells it.
   *
   * @param print of the track that it is made of; null where that is as it was
   */
  record Told(Training training, EventEnvelope fact, long @Nullable [] print) {}

  /** True where this call wrote the revision, false where it was there already. */
  Future<Boolean> insertRevision(UUID athleteId, Told told) {
    return insertRevision(athleteId, told, KeyedAnswer.none());
  }

  /** @param answer kept with it, where it was written */
  Future<Boolean> insertRevision(UUID athleteId, Told told, KeyedAnswer answer) {
    return pool.withTransaction(tx -> insert(tx, athleteId, told)
        .compose(written ->
            written ? answer.keep(tx, told.training()).map(true) : Future.succeededFuture(false)));
  }

  /**
   * The first revision of a session that fell silent. Fails with an {@link OvertakenException} where
   * anything was noted of it since {@code head} was read: who slept meanwhile must not end what goes on.
   */
  Future<Boolean> insertOfSilent(SessionHead head, Told told) {
    UUID athlete = head.key().athleteId();
    Tuple row = Tuple.of(athlete, head.key().sessionId(), head.rowVersion());
    return pool.withTransaction(tx -> SummaryRepository.lock(tx, athlete)
        .compose(locked -> tx.preparedQuery(STILL_SILENT).execute(row))
        .compose(rows -> rows.size() == 1
            ? insert(tx, athlete, told)
            : Future.failedFuture(new OvertakenException("more came of the session"))));
  }

  /**
   * Writes all of an athlete's edit, or none and false where one of its revisions was there already.
   * Fails with a problem where two trainings that count would have a part in common.
   *
   * @param answer kept with them, of the first
   */
  Future<Boolean> insertEdit(UUID athleteId, List<Told> revisions, KeyedAnswer answer) {
    return pool.withTransaction(tx -> {
          // One edit of an athlete at a time: two that do not see each other could count a part
          // twice.
          Future<Void> all = SummaryRepository.lock(tx, athleteId);
          for (Told told : revisions) {
            all = all.compose(done -> insert(tx, athleteId, told))
                .compose(written -> written
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new OvertakenException("another revision was written meanwhile")));
          }
          return all.compose(done -> listBeside(tx, athleteId, revisions))
              .compose(beside -> {
                PartsRules.requireCountedOnce(revisions, beside);
                return answer.keep(tx, revisions.get(0).training());
              })
              .map(true);
        })
        .recover(cause -> cause instanceof OvertakenException
            ? Future.succeededFuture(false)
            : Future.failedFuture(cause));
  }

  /** Trainings that have or had a part of the same sessions as those which were just written. */
  private static Future<List<Training>> listBeside(
      SqlConnection tx, UUID athleteId, List<Told> revisions) {
    UUID[] sessions = revisions.stream()
        .flatMap(told -> told.training().recipe().sessions().stream())
        .distinct()
        .toArray(UUID[]::new);
    Tuple asked = Tuple.of(athleteId).addValue(sessions);
    return tx.preparedQuery(LIST_BESIDE).execute(asked).map(rows -> {
      List<Training> found = new ArrayList<>();
      rows.forEach(row -> found.add(training(row)));
      return found;
    });
  }

  private static Future<Boolean> insert(SqlConnection tx, UUID athleteId, Told told) {
    return insertSummed(tx, athleteId, told.training())
        .compose(written -> written
            ? Outbox.add(tx, told.fact())
                .compose(added -> print(tx, athleteId, told))
                .map(kept -> true)
            : Future.succeededFuture(false));
  }

  private static Future<Void> print(SqlConnection tx, UUID athleteId, Told told) {
    long[] hashes = told.print();
    return hashes == null
        ? Future.succeededFuture()
        : PrintRepository.write(tx, athleteId, told.training().trainingId(), hashes);
  }

  Future<Optional<Training>> find(UUID athleteId, UUID trainingId) {
    return find(pool, athleteId, trainingId);
  }

  Future<Optional<Training>> find(SqlClient client, UUID athleteId, UUID trainingId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(athleteId, trainingId))
        .map(TrainingRepository::first);
  }

  /** One that held once. */
  Future<Optional<Training>> findRevision(UUID athleteId, UUID trainingId, int revision) {
    return pool.preparedQuery(FIND_REVISION)
        .execute(Tuple.of(athleteId, trainingId, revision))
        .map(TrainingRepository::first);
  }

  /** Trainings beside the session's own that have or had a part of it. */
  Future<List<UUID>> listMadeOf(SessionKey session) {
    return pool.preparedQuery(LIST_MADE_OF)
        .execute(Tuple.of(session.athleteId(), session.sessionId()))
        .map(rows -> {
          List<UUID> ids = new ArrayList<>();
          rows.forEach(row -> ids.add(row.getUUID("training_id")));
          return ids;
        });
  }

  /** All there are, deleted ones too, by their ids; those behind one. */
  Future<List<UUID>> listIds(UUID athleteId, @Nullable UUID after, int limit) {
    return pool.preparedQuery(LIST_IDS)
        .execute(Tuple.of(athleteId, after, limit))
        .map(rows -> {
          List<UUID> ids = new ArrayList<>();
          rows.forEach(row -> ids.add(row.getUUID("training_id")));
          return ids;
        });
  }

  private static Optional<Training> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(training(row));
    }
    return Optional.empty();
  }

  /** A revision, and what is derived of it. */
  private static Future<Boolean> insertSummed(SqlConnection tx, UUID athleteId, Training training) {
    return SummaryRepository.lock(tx, athleteId)
        .compose(locked -> insertRow(tx, athleteId, training))
        .compose(written -> written
            ? SummaryRepository.write(tx, athleteId, training).map(done -> true)
            : Future.succeededFuture(false));
  }

  private static Future<Boolean> insertRow(SqlConnection tx, UUID athleteId, Training training) {
    Undo undo = training.origin().undo();
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
            .addValue(training.findings())
            .addValue(training.recipe().isWhole() ? null : training.recipe().json())
            .addValue(training.origin().change())
            .addValue(undo == null ? null : undo.json())
            .addValue(training.origin().mergedInto())
            .addValue(training.recipe().sessions().toArray(UUID[]::new)))
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
        row.get(JsonObject.class, "findings"),
        new Origin(
            Recipe.of(row.get(JsonObject.class, "recipe"), row.getUUID("session_id")),
            row.get(JsonObject.class, "change"),
            Undo.of(row.get(JsonObject.class, "undo")),
            row.getUUID("merged_into")));
  }
}
