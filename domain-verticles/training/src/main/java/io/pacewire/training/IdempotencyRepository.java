package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which POSTs of an athlete were answered, by the key that the caller gave each. */
final class IdempotencyRepository {
  private static final String CLAIM = """
      INSERT INTO idempotency_key (athlete_id, key, request_hash, begun_at_ms)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (athlete_id, key) DO UPDATE
      SET request_hash = excluded.request_hash, begun_at_ms = excluded.begun_at_ms,
          response = NULL, etag = NULL
      WHERE idempotency_key.begun_at_ms < $5
        OR (idempotency_key.response IS NULL AND idempotency_key.begun_at_ms < $6
          AND idempotency_key.request_hash = excluded.request_hash)
      """;

  private static final String FIND = """
      SELECT request_hash, response, etag FROM idempotency_key
      WHERE athlete_id = $1 AND key = $2
      """;

  private static final String ANSWER = """
      UPDATE idempotency_key SET response = $4, etag = $5
      WHERE athlete_id = $1 AND key = $2 AND begun_at_ms = $3
      """;

  private static final String RELEASE = """
      DELETE FROM idempotency_key
      WHERE athlete_id = $1 AND key = $2 AND begun_at_ms = $3 AND response IS NULL
      """;

  private static final String FORGET = """
      DELETE FROM idempotency_key WHERE (athlete_id, key) IN (
        SELECT athlete_id, key FROM idempotency_key WHERE begun_at_ms < $1
        ORDER BY begun_at_ms LIMIT 1000)
      """;

  private final SqlClient pool;

  IdempotencyRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** @param response null while the first request is being worked on */
  record Known(
      byte[] requestHash,
      @Nullable JsonObject response,
      @Nullable String etag) {}

  /**
   * True where the caller may do the work: nobody has this key, or it is older than {@code
   * expiredMs}, or its request has been worked on since before {@code abandonedMs} and was the same.
   */
  Future<Boolean> claim(
      UUID athleteId,
      String key,
      byte[] requestHash,
      long nowMs,
      long expiredMs,
      long abandonedMs) {
    return pool.preparedQuery(CLAIM)
        .execute(
            Tuple.of(athleteId, key, Buffer.buffer(requestHash), nowMs, expiredMs, abandonedMs))
        .map(rows -> rows.rowCount() == 1);
  }

  Future<Optional<Known>> find(UUID athleteId, String key) {
    return pool.preparedQuery(FIND).execute(Tuple.of(athleteId, key)).map(rows -> {
      for (Row row : rows) {
        return Optional.of(new Known(
            row.getBuffer("request_hash").getBytes(),
            row.get(JsonObject.class, "response"),
            row.getString("etag")));
      }
      return Optional.empty();
    });
  }

  /** False where another has the claim by now. */
  Future<Boolean> answer(KeyedAnswer.Claim claim, JsonObject response, @Nullable String etag) {
    return answer(pool, claim, response, etag);
  }

  /** The same within a transaction. */
  static Future<Boolean> answer(
      SqlClient client, KeyedAnswer.Claim claim, JsonObject response, @Nullable String etag) {
    return client
        .preparedQuery(ANSWER)
        .execute(Tuple.of(claim.athlete(), claim.key(), claim.begunAtMs(), response, etag))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The work was not done: the key is free again. */
  Future<Void> release(UUID athleteId, String key, long begunAtMs) {
    return pool.preparedQuery(RELEASE)
        .execute(Tuple.of(athleteId, key, begunAtMs))
        .mapEmpty();
  }

  /** Some of those begun before a time. */
  Future<Void> forget(long beforeMs) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(beforeMs)).mapEmpty();
  }
}
