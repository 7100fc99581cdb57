package io.pacewire.training;

import io.pacewire.wire.WireLimits;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * What is stored, refused and skipped of one writer. The lowest only, where a device made more of
 * them than the wire has room for: what is left out counts as missing.
 */
final class LedgerRepository {
  /** Reads no further than the first range that is too many, along the key of the chunks. */
  private static final String STORED = """
      WITH pieces AS NOT MATERIALIZED (
        SELECT seq AS from_seq, seq AS to_seq FROM chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND kind = 0
        UNION ALL
        SELECT from_seq, to_seq FROM sealed_chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
          AND reason IS NULL),
      starts AS (
        SELECT from_seq, before
        FROM (SELECT from_seq,
                max(to_seq) OVER (
                  ORDER BY from_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
              FROM pieces) AS ordered
        WHERE before IS NULL OR from_seq > before + 1
        ORDER BY from_seq
        LIMIT $5 + 1)
      SELECT from_seq,
        coalesce(
          lead(before) OVER (ORDER BY from_seq),
          greatest(
            (SELECT max(seq) FROM chunk
             WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
               AND kind = 0),
            (SELECT max(to_seq) FROM sealed_chunk
             WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
               AND reason IS NULL))) AS to_seq
      FROM starts
      ORDER BY from_seq
      LIMIT $5
      """;

  private static final String REFUSED = """
      SELECT seq, reason
      FROM (SELECT seq, reason FROM chunk
            WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND kind = 1
            UNION
            SELECT generate_series(from_seq, to_seq), reason FROM sealed_chunk
            WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
              AND reason IS NOT NULL
            UNION ALL
            SELECT seq, reason FROM refusal
            WHERE athlete_id = $2 AND session_id = $3 AND writer = $4) AS refused
      ORDER BY seq
      LIMIT $5
      """;

  private static final String SKIPPED = """
      SELECT from_seq, to_seq FROM skip
      WHERE athlete_id = $1 AND session_id = $2 AND writer = $3
      ORDER BY from_seq, to_seq
      LIMIT $4
      """;

  private final SqlClient pool;

  LedgerRepository(SqlClient pool) {
    this.pool = pool;
  }

  Future<StoredLedger> find(SessionHead head, int writer) {
    Tuple skips =
        Tuple.of(head.key().athleteId(), head.key().sessionId(), writer, WireLimits.MAX_RANGES);
    return pool.preparedQuery(STORED)
        .execute(tuple(head, writer, WireLimits.MAX_RANGES))
        .compose(stored -> pool.preparedQuery(REFUSED)
            .execute(tuple(head, writer, WireLimits.MAX_REFUSALS))
            .compose(refused -> pool.preparedQuery(SKIPPED)
                .execute(skips)
                .map(skipped -> StoredLedger.of(stored, refused, skipped))));
  }

  private static Tuple tuple(SessionHead head, int writer, int most) {
    SessionKey key = head.key();
    return Tuple.of(head.bucket(), key.athleteId(), key.sessionId(), writer, most);
  }
}
