package io.pacewire.training;

import io.pacewire.wire.WireLimits;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The chunks: batches as devices sent them, each stored once by {@link BatchRepository}. */
final class ChunkRepository {
  /** One statement, as one look: between two, chunks may be sealed. */
  private static final String LIST_FROM = """
      (SELECT seq AS from_seq, NULL::int AS to_seq, hash, first_at_ms, last_at_ms, received_at_ms,
         reason, body
       FROM chunk
       WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND seq >= $5
       ORDER BY seq
       LIMIT $6)
      UNION ALL
      (SELECT from_seq, to_seq, NULL, NULL, NULL, NULL, reason, body
       FROM sealed_chunk
       WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND to_seq >= $5
       ORDER BY from_seq
       LIMIT $7)
      """;

  /** Of running sessions, of which nothing is sealed. */
  private static final String LIST_TAILS = """
      SELECT asked.athlete_id, asked.session_id, asked.writer, tail.from_seq, tail.hash,
          tail.first_at_ms, tail.last_at_ms, tail.received_at_ms, tail.reason, tail.body
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[], $5::date[])
        AS asked (athlete_id, session_id, writer, algorithm_version, bucket)
      CROSS JOIN LATERAL (
        SELECT seq AS from_seq, hash, first_at_ms, last_at_ms, received_at_ms, reason, body
        FROM chunk
        WHERE chunk.bucket = asked.bucket AND chunk.athlete_id = asked.athlete_id
          AND chunk.session_id = asked.session_id AND chunk.writer = asked.writer
          AND chunk.seq >= coalesce(
            (SELECT position FROM checkpoint AS saved
             WHERE saved.athlete_id = asked.athlete_id AND saved.session_id = asked.session_id
               AND saved.writer = asked.writer
               AND saved.algorithm_version = asked.algorithm_version), 0)
        ORDER BY seq
        LIMIT $6) AS tail
      """;

  private static final String LIST_SPANS = """
      SELECT seq, first_at_ms, last_at_ms
      FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND seq >= $5
      ORDER BY seq
      LIMIT $6
      """;

  /** By the server's clock, and never in its future. */
  private static final String NEWEST = """
      SELECT max(least(last_at_ms + $4::bigint, received_at_ms)) AS at_ms
      FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
      """;

  private static final String LIST_WRITERS = """
      SELECT writer FROM generate_series(0, $4::int) AS writer
      WHERE EXISTS (
        SELECT 1 FROM chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
          AND chunk.writer = writer.writer::smallint)
      OR EXISTS (
        SELECT 1 FROM sealed_chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
          AND sealed_chunk.writer = writer.writer::smallint)
      ORDER BY writer
      """;

  private static final String COUNT = """
      SELECT
        (SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM sealed_chunk
         WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3)
        + (SELECT count(*) FROM chunk
           WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
             AND NOT EXISTS (
               SELECT 1 FROM sealed_chunk AS sealed
               WHERE sealed.bucket = $1 AND sealed.athlete_id = $2 AND sealed.session_id = $3
                 AND sealed.writer = chunk.writer
                 AND chunk.seq BETWEEN sealed.from_seq AND sealed.to_seq)) AS chunks
      """;

  /** Sealed ones that are read at once: a megabyte of batches. */
  private static final int SEALED_AT_ONCE = 4;

  private final SqlClient pool;

  ChunkRepository(SqlClient pool) {
    this.pool = pool;
  }

  /**
   * Chunks of a writer in sequence order, holes and all, whether they are sealed or not. As many as
   * {@code limit} or more, as what is sealed together comes together; fewer are all there are.
   */
  Future<List<Chunk>> listFrom(SessionHead head, int writer, int fromSeq, int limit) {
    return listFrom(head, writer, fromSeq, limit, new ArrayList<>());
  }

  private Future<List<Chunk>> listFrom(
      SessionHead head, int writer, int fromSeq, int limit, List<Chunk> found) {
    return pool.preparedQuery(LIST_FROM)
        .execute(writerTuple(head, writer, fromSeq, limit).addValue(SEALED_AT_ONCE))
        .compose(rows -> {
          AtomicInteger next = new AtomicInteger(-1);
          found.addAll(SealedChunkRepository.merged(
              rows, writer, fromSeq, limit, SEALED_AT_ONCE, next::set));
          return next.get() < 0 || found.size() >= limit
              ? Future.succeededFuture(found)
              : listFrom(head, writer, next.get(), limit, found);
        });
  }

  /**
   * What lies behind each one's checkpoint, by ascending sequence number, up to {@code limit} chunks of
   * each; what is sealed is not looked at.
   */
  Future<Map<WriterKey, List<Chunk>>> listTails(List<FoldLoader.Wanted> wanted, int limit) {
    Tuple asked = FoldLoader.Wanted.columns(wanted)
        .addValue(wanted.stream().map(one -> one.head().bucket()).toArray(LocalDate[]::new))
        .addValue(limit);
    return pool.preparedQuery(LIST_TAILS).execute(asked).map(rows -> {
      Map<WriterKey, List<Chunk>> tails = new HashMap<>();
      for (Row row : rows) {
        WriterKey key = WriterKey.of(row);
        tails
            .computeIfAbsent(key, made -> new ArrayList<>())
            .add(SealedChunkRepository.raw(row, key.writer()));
      }
      return tails;
    });
  }

  /** When the chunks of a running session were recorded; what is sealed is not looked at. */
  Future<List<ChunkSpan>> listSpans(SessionHead head, int writer, int fromSeq, int limit) {
    return pool.preparedQuery(LIST_SPANS)
        .execute(writerTuple(head, writer, fromSeq, limit))
        .map(rows -> {
          List<ChunkSpan> spans = new ArrayList<>(rows.size());
          rows.forEach(row -> spans.add(new ChunkSpan(
              row.getInteger("seq"), row.getLong("first_at_ms"), row.getLong("last_at_ms"))));
          return spans;
        });
  }

  /**
   * When the newest stored sample of a running session was taken, by the server's clock; empty where
   * nothing is stored. The head says it too, but some seconds late.
   */
  Future<Optional<Long>> newestAtMs(SessionHead head) {
    return pool.preparedQuery(NEWEST)
        .execute(sessionTuple(head).addValue(head.clockOffsetMs()))
        .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("at_ms")));
  }

  /** Who stored anything of a session, by ascending number. */
  Future<List<Integer>> listWriters(SessionHead head) {
    return pool.preparedQuery(LIST_WRITERS)
        .execute(sessionTuple(head).addValue(WireLimits.MAX_WRITERS - 1))
        .map(rows -> {
          List<Integer> writers = new ArrayList<>(2);
          rows.forEach(row -> writers.add(row.getInteger("writer")));
          return writers;
        });
  }

  Future<Long> count(SessionHead head) {
    return pool.preparedQuery(COUNT)
        .execute(sessionTuple(head))
        .map(rows -> rows.iterator().next().getLong("chunks"));
  }

  private static Tuple sessionTuple(SessionHead head) {
    return Tuple.of(head.bucket(), head.key().athleteId(), head.key().sessionId());
  }

  private static Tuple writerTuple(SessionHead head, int writer, int fromSeq, int limit) {
    return sessionTuple(head).addValue(writer).addValue(fromSeq).addValue(limit);
  }
}
