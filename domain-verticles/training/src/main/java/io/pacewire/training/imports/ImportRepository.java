package io.pacewire.training.imports;

import io.pacewire.platform.pg.PgFaults;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports, and who works on which. Leases go by the database's clock, which all nodes share. */
final class ImportRepository {
  private static final String COLUMNS =
      "import_id, athlete_id, name, time_zone, state, size_bytes, read_bytes, created_at_ms,"
          + " ended_at_ms, attempts, failure, cancel_wanted";

  /**
   * Soft bounds: two at once may both be the last. Of all athletes those count which are whole: who sends slowly
   * takes nobody's place.
   */
  private static final String INSERT = """
      INSERT INTO import_job (import_id, athlete_id, name, time_zone, idempotency_key, state,
          size_bytes, read_bytes, created_at_ms, touched_at_ms)
      SELECT $1, $2, $3, $4, $5, 0, 0, 0, $6, $6
      WHERE (SELECT count(*) FROM import_job WHERE athlete_id = $2 AND state < 3) < $7
        AND (SELECT count(*) FROM import_job WHERE state < 3 AND state <> 0) < $8
      ON CONFLICT (athlete_id, idempotency_key) DO NOTHING
      """;

  private static final String FIND_KEY = "SELECT " + COLUMNS + """
          , body_sha256 FROM import_job WHERE athlete_id = $1 AND idempotency_key = $2
          """;

  private static final String UPLOADED = """
      UPDATE import_job SET state = 1, size_bytes = $2, body_sha256 = $3, touched_at_ms = $4
      WHERE import_id = $1 AND state = 0
      """;

  private static final String TOUCH =
      "UPDATE import_job SET size_bytes = $2, touched_at_ms = $3 WHERE import_id = $1 AND state = 0";

  private static final String DROP = "DELETE FROM import_job WHERE import_id = $1 AND state = 0";

  /** With their pieces, and with what was told of files. */
  private static final String DROP_OLD = """
      DELETE FROM import_job WHERE import_id IN (
        SELECT import_id FROM import_job
        WHERE (state = 0 AND touched_at_ms < $1) OR (state >= 3 AND ended_at_ms < $2)
        LIMIT 10)
      """;

  private static final String CLAIM = """
      UPDATE import_job
      SET state = 2, owner = $1, attempts = attempts + 1,
          leased_until = now() + $2 * interval '1 second'
      WHERE import_id = (
        SELECT import_id FROM import_job AS job
        WHERE (state = 1 AND (leased_until IS NULL OR leased_until < now()) AND NOT EXISTS (
              SELECT 1 FROM import_job AS other
              WHERE other.athlete_id = job.athlete_id AND other.state = 2))
          OR (state = 2 AND leased_until < now())
        ORDER BY created_at_ms
        LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING\s""" + COLUMNS;

  private static final String RENEW = """
      UPDATE import_job SET leased_until = now() + $3 * interval '1 second', read_bytes = $4
      WHERE import_id = $1 AND owner = $2 AND state = 2
      RETURNING cancel_wanted
      """;

  /** At once, unless it is worked on. */
  private static final String CANCEL = """
      UPDATE import_job
      SET cancel_wanted = true,
          state = CASE WHEN state = 2 THEN 2 ELSE 5 END,
          ended_at_ms = CASE WHEN state = 2 THEN NULL ELSE $3::bigint END
      WHERE athlete_id = $1 AND import_id = $2 AND state < 3
      RETURNING\s""" + COLUMNS;

  /** Not before some time: what it needs is away. That attempt does not count. */
  private static final String RELEASE = """
      UPDATE import_job
      SET state = 1, attempts = attempts - $4, leased_until = now() + $3 * interval '1 second'
      WHERE import_id = $1 AND owner = $2 AND state = 2
      """;

  private static final String END = """
      UPDATE import_job SET state = $3, failure = $4, ended_at_ms = $5, read_bytes = $6
      WHERE import_id = $1 AND owner = $2 AND state = 2
      """;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM import_job WHERE athlete_id = $1 AND import_id = $2";

  private static final String LIST = "SELECT " + COLUMNS + """
           FROM import_job
          WHERE athlete_id = $1 AND ($2::smallint[] IS NULL OR state = ANY($2))
            AND (created_at_ms, import_id) < ($3::bigint, $4::uuid)
          ORDER BY created_at_ms DESC, import_id DESC
          LIMIT $5
          """;

  private final SqlClient pool;

  ImportRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** False where too many wait, or another import of the athlete has the key. */
  Future<Boolean> insert(
      ImportJob job, @Nullable String idempotencyKey, int mostOfOne, int mostOfAll) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.tuple()
            .addValue(job.id())
            .addValue(job.athleteId())
            .addValue(job.name())
            .addValue(job.zone().getId())
            .addValue(idempotencyKey)
            .addValue(job.createdAtMs())
            .addValue(mostOfOne)
            .addValue(mostOfAll))
        .map(rows -> rows.rowCount() == 1);
  }

  /** @param bodySha256 of what was uploaded; null while it is, and where an older version took it */
  record Keyed(ImportJob job, byte @Nullable [] bodySha256) {}

  Future<Optional<Keyed>> findByKey(UUID athleteId, String idempotencyKey) {
    return pool.preparedQuery(FIND_KEY)
        .execute(Tuple.of(athleteId, idempotencyKey))
        .map(rows -> {
          for (Row row : rows) {
            Buffer hash = row.getBuffer("body_sha256");
            return Optional.of(new Keyed(job(row), hash == null ? null : hash.getBytes()));
          }
          return Optional.empty();
        });
  }

  /** All of it is stored: it waits to be worked on. False where nobody wants it any more. */
  Future<Boolean> uploaded(UUID id, ImportUpload.Body body, long nowMs) {
    return pool.preparedQuery(UPLOADED)
        .execute(Tuple.of(id, body.bytes(), Buffer.buffer(body.sha256()), nowMs))
        .map(rows -> rows.rowCount() == 1);
  }

  /** More of it came. False where nobody wants it any more. */
  Future<Boolean> touch(UUID id, long sizeBytes, long nowMs) {
    return pool.preparedQuery(TOUCH)
        .execute(Tuple.of(id, sizeBytes, nowMs))
        .map(rows -> rows.rowCount() == 1);
  }

  /** An upload that broke off, with its pieces. */
  Future<Void> drop(UUID id) {
    return pool.preparedQuery(DROP).execute(Tuple.of(id)).mapEmpty();
  }

  /**
   * Some of those that nobody needs any more.
   *
   * @param stillSinceMs uploads of which nothing came since then
   * @param endedBeforeMs reports of imports that ended before
   */
  Future<Void> dropOld(long stillSinceMs, long endedBeforeMs) {
    return pool.preparedQuery(DROP_OLD)
        .execute(Tuple.of(stillSinceMs, endedBeforeMs))
        .mapEmpty();
  }

  /** The one that waits longest and may be worked on, now by {@code owner} for so long. */
  Future<Optional<ImportJob>> claim(UUID owner, int leaseS) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(owner, leaseS))
        .map(ImportRepository::first)
        // Another node took another one of the same athlete just then.
        .recover(cause -> PgFaults.isOfContent(cause)
            ? Future.succeededFuture(Optional.empty())
            : Future.failedFuture(cause));
  }

  /** What became of a lease that was to be renewed. */
  enum Lease {
    OURS,
    /** The same, but its athlete does not want the import any more. */
    UNWANTED,
    ANOTHERS
  }

  Future<Lease> renew(UUID id, UUID owner, int leaseS, long readBytes) {
    return pool.preparedQuery(RENEW)
        .execute(Tuple.of(id, owner, leaseS, readBytes))
        .map(rows -> {
          for (Row row : rows) {
            return row.getBoolean("cancel_wanted") ? Lease.UNWANTED : Lease.OURS;
          }
          return Lease.ANOTHERS;
        });
  }

  /** Empty where there is none of the athlete that has not ended. */
  Future<Optional<ImportJob>> cancel(UUID athleteId, UUID id, long nowMs) {
    return pool.preparedQuery(CANCEL)
        .execute(Tuple.of(athleteId, id, nowMs))
        .map(ImportRepository::first);
  }

  /** @param counts whether the attempt does: it may have been the archive's fault */
  Future<Void> release(UUID id, UUID owner, int pauseS, boolean counts) {
    return pool.preparedQuery(RELEASE)
        .execute(Tuple.of(id, owner, pauseS, counts ? 0 : 1))
        .mapEmpty();
  }

  Future<Boolean> end(
      UUID id, UUID owner, State state, @Nullable String failure, long nowMs, long readBytes) {
    return pool.preparedQuery(END)
        .execute(Tuple.of(id, owner, state.number, failure, nowMs, readBytes))
        .map(rows -> rows.rowCount() == 1);
  }

  Future<Optional<ImportJob>> find(UUID athleteId, UUID id) {
    return pool.preparedQuery(FIND).execute(Tuple.of(athleteId, id)).map(ImportRepository::first);
  }

  /**
   * The newest first.
   *
   * @param states null for any
   */
  Future<List<ImportJob>> list(
      UUID athleteId, @Nullable List<State> states, TimeCursor after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.tuple()
            .addValue(athleteId)
            .addValue(
                states == null
                    ? null
                    : states.stream().map(state -> (short) state.number).toArray(Short[]::new))
            .addValue(after.atMs())
            .addValue(after.id())
            .addValue(limit))
        .map(rows -> {
          List<ImportJob> jobs = new ArrayList<>();
          rows.forEach(row -> jobs.add(job(row)));
          return jobs;
        });
  }

  private static Optional<ImportJob> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(job(row));
    }
    return Optional.empty();
  }

  private static ImportJob job(Row row) {
    return new ImportJob(
        row.getUUID("import_id"),
        row.getUUID("athlete_id"),
        row.getString("name"),
        ZoneId.of(row.getString("time_zone")),
        State.of(row.getInteger("state")),
        row.getLong("size_bytes"),
        row.getLong("read_bytes"),
        row.getLong("created_at_ms"),
        row.getLong("ended_at_ms"),
        row.getInteger("attempts"),
        row.getString("failure"),
        row.getBoolean("cancel_wanted"));
  }
}
