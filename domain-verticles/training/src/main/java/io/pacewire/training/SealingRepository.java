package io.pacewire.training;

import io.pacewire.training.SealingPlan.Piece;
import io.pacewire.training.SealingPlan.Stretch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far sessions are sealed, in the steps of {@code session_head.seal}: 0 chunks came, 1 being
 * sealed, 2 sealed and the chunks still there, 3 nothing left to do. A batch that comes sets it back
 * to 0, and each step is only taken from the one before.
 */
final class SealingRepository {
  private static final String LIST_UNSEALED = SessionRepository.HEAD_COLUMNS + """
          WHERE head.kafka_partition = ANY($1) AND head.state = 1 AND head.seal < 2
            AND NOT head.revision_wanted AND head.last_received_at_ms < $2
          ORDER BY head.last_received_at_ms
          LIMIT $3
          """;

  /**
   * Whoever stores a batch looks whether its place is taken, among chunks and sealed ones, as they
   * were when its statement began. So the chunks may go once all statements have ended that began
   * before they were sealed: from then on everybody sees the sealed ones.
   */
  private static final String LIST_SEALED = SessionRepository.HEAD_COLUMNS + """
          WHERE head.kafka_partition = ANY($1) AND head.state = 1 AND head.seal = 2
            AND head.sealed_at < (
              SELECT coalesce(min(xact_start), 'infinity') FROM pg_stat_activity
              WHERE usename = current_user AND datname = current_database()
                AND pid <> pg_backend_pid())
          LIMIT $2
          """;

  private static final String BEGIN = """
      UPDATE session_head SET seal = 1
      WHERE athlete_id = $1 AND session_id = $2 AND seal < 2
      """;

  private static final String SEALED = """
      UPDATE session_head SET seal = 2, sealed_at = clock_timestamp()
      WHERE athlete_id = $1 AND session_id = $2 AND seal = 1
      """;

  /** Nobody goes on from a checkpoint of such a session; who has to folds its chunks from the first. */
  private static final String DONE = """
      WITH done AS (
        UPDATE session_head SET seal = 3
        WHERE athlete_id = $1 AND session_id = $2 AND seal = $3
        RETURNING athlete_id, session_id)
      DELETE FROM checkpoint AS saved USING done
      WHERE saved.athlete_id = done.athlete_id AND saved.session_id = done.session_id
      """;

  private static final String LIST_PIECES = """
      SELECT from_seq, to_seq, bytes, sealed, reason
      FROM (
        SELECT from_seq, to_seq, bytes, true AS sealed, reason
        FROM sealed_chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND to_seq >= $5
        UNION ALL
        SELECT seq, seq, octet_length(body), false, reason
        FROM chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND seq >= $5
        ) AS pieces
      ORDER BY from_seq, sealed DESC
      LIMIT $6
      """;

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String OVERLAPPING = """
      SELECT from_seq FROM sealed_chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
        AND from_seq <= $6 AND to_seq >= $5
      ORDER BY from_seq
      """;

  private static final String DELETE_SEALED = """
      DELETE FROM sealed_chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
        AND from_seq BETWEEN $5 AND $6
      """;

  private static final String INSERT_SEALED = """
      INSERT INTO sealed_chunk (bucket, athlete_id, session_id, writer, from_seq, to_seq, bytes,
          reason, format, body)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;

  private static final String DELETE_CHUNKS = """
      DELETE FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
        AND seq IN (
          SELECT raw.seq
          FROM chunk AS raw JOIN sealed_chunk AS sealed USING (bucket, athlete_id, session_id, writer)
          WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
            AND raw.seq BETWEEN sealed.from_seq AND sealed.to_seq
          LIMIT $5)
      """;

  private final Pool pool;

  SealingRepository(Pool pool) {
    this.pool = pool;
  }

  /** Finished sessions that have been quiet since before {@code beforeMs} of consumed time. */
  Future<List<SessionHead>> listUnsealed(Set<Integer> partitions, long beforeMs, int limit) {
    return pool.preparedQuery(LIST_UNSEALED)
        .execute(Tuple.of(partitions.toArray(Integer[]::new), beforeMs, limit))
        .map(SessionRepository::heads);
  }

  /** Sessions whose chunks nobody needs any more. */
  Future<List<SessionHead>> listSealed(Set<Integer> partitions, int limit) {
    return pool.preparedQuery(LIST_SEALED)
        .execute(Tuple.of(partitions.toArray(Integer[]::new), limit))
        .map(SessionRepository::heads);
  }

  Future<Void> begin(SessionKey key) {
    return step(BEGIN, Tuple.of(key.athleteId(), key.sessionId()));
  }

  Future<Void> sealed(SessionKey key) {
    return step(SEALED, Tuple.of(key.athleteId(), key.sessionId()));
  }

  /** @param from the step before; nothing is done where it is another one by now */
  Future<Void> done(SessionKey key, int from) {
    return step(DONE, Tuple.of(key.athleteId(), key.sessionId(), from));
  }

  Future<List<Piece>> listPieces(SessionHead head, int writer, int fromSeq, int limit) {
    return pool.preparedQuery(LIST_PIECES)
        .execute(key(head, writer).addValue(fromSeq).addValue(limit))
        .map(rows -> {
          List<Piece> pieces = new ArrayList<>(rows.size());
          rows.forEach(row -> pieces.add(new Piece(
              row.getInteger("from_seq"),
              row.getInteger("to_seq"),
              row.getInteger("bytes"),
              row.getBoolean("sealed"),
              row.getString("reason"))));
          return pieces;
        });
  }

  /**
   * Puts a stretch in place of what was sealed of it before. False where somebody else sealed there
   * meanwhile: nothing is changed then.
   */
  Future<Boolean> replace(SessionHead head, int writer, Stretch stretch, byte[] body) {
    return pool.withTransaction(tx -> tx.preparedQuery(LOCK)
        .execute(Tuple.of("seal/" + head.key().sessionId() + "/" + writer))
        .compose(locked -> overlapping(tx, head, writer, stretch))
        .compose(there -> there.equals(stretch.sealedBefore())
            ? write(tx, head, writer, stretch, body).map(true)
            : Future.succeededFuture(false)));
  }

  /** Removes chunks that are sealed; returns how many, at most {@code limit}. */
  Future<Integer> deleteSealedChunks(SessionHead head, int writer, int limit) {
    return pool.preparedQuery(DELETE_CHUNKS)
        .execute(key(head, writer).addValue(limit))
        .map(rows -> rows.rowCount());
  }

  private static Future<List<Integer>> overlapping(
      SqlConnection tx, SessionHead head, int writer, Stretch stretch) {
    return tx.preparedQuery(OVERLAPPING).execute(range(head, writer, stretch)).map(rows -> {
      List<Integer> there = new ArrayList<>(rows.size());
      rows.forEach(row -> there.add(row.getInteger("from_seq")));
      return there;
    });
  }

  private static Future<Void> write(
      SqlConnection tx, SessionHead head, int writer, Stretch stretch, byte[] body) {
    int bytes = stretch.pieces().stream().mapToInt(Piece::bytes).sum();
    return tx.preparedQuery(DELETE_SEALED)
        .execute(range(head, writer, stretch))
        .compose(deleted -> tx.preparedQuery(INSERT_SEALED)
            .execute(range(head, writer, stretch)
                .addValue(bytes)
                .addValue(stretch.reason())
                .addValue(SealedCodec.VERSION)
                .addValue(Buffer.buffer(body))))
        .mapEmpty();
  }

  private Future<Void> step(String statement, Tuple parameters) {
    return pool.preparedQuery(statement).execute(parameters).mapEmpty();
  }

  private static Tuple range(SessionHead head, int writer, Stretch stretch) {
    return key(head, writer).addValue(stretch.fromSeq()).addValue(stretch.toSeq());
  }

  private static Tuple key(SessionHead head, int writer) {
    return Tuple.of(head.bucket(), head.key().athleteId(), head.key().sessionId(), writer);
  }
}
