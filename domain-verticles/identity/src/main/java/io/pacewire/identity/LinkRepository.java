package io.pacewire.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** One-time links, by the hash of their token. */
final class LinkRepository {
  private static final String INSERT =
      "INSERT INTO sign_in_link (token_hash, athlete_id, expires_at_ms) VALUES ($1, $2, $3)";

  private static final String TAKE =
      "DELETE FROM sign_in_link WHERE token_hash = $1 RETURNING athlete_id, expires_at_ms";

  private static final String DELETE_EXPIRED = "DELETE FROM sign_in_link WHERE expires_at_ms <= $1";

  private final Pool pool;

  LinkRepository(Pool pool) {
    this.pool = pool;
  }

  Future<Void> insert(byte[] tokenHash, UUID athleteId, long expiresAtMs) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(Buffer.buffer(tokenHash), athleteId, expiresAtMs))
        .mapEmpty();
  }

  /** Uses a link up; of two who try at once one gets it. */
  Future<Optional<UUID>> take(byte[] tokenHash, long nowMs) {
    return pool.preparedQuery(TAKE).execute(Tuple.of(Buffer.buffer(tokenHash))).map(rows -> {
      for (Row row : rows) {
        if (row.getLong("expires_at_ms") > nowMs) {
          return Optional.of(row.getUUID("athlete_id"));
        }
      }
      return Optional.empty();
    });
  }

  Future<Integer> deleteExpired(long nowMs) {
    return pool.preparedQuery(DELETE_EXPIRED).execute(Tuple.of(nowMs)).map(RowSet::rowCount);
  }
}
