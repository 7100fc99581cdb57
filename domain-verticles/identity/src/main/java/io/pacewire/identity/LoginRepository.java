package io.pacewire.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins and one-time links. Tokens are kept as hashes only. */
final class LoginRepository {
  private static final String INSERT = """
      INSERT INTO login_session (session_id, athlete_id, refresh_hash, expires_at_ms, created_at_ms)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String ROTATE = """
      UPDATE login_session
      SET previous_hash = refresh_hash, refresh_hash = $2, expires_at_ms = $3
      WHERE refresh_hash = $1 AND NOT revoked AND expires_at_ms > $4
      RETURNING session_id, athlete_id
      """;

  private static final String REVOKE_REUSED =
      "UPDATE login_session SET revoked = true WHERE previous_hash = $1 RETURNING session_id";

  private static final String REVOKE =
      "UPDATE login_session SET revoked = true WHERE session_id = $1";

  private static final String INSERT_LINK =
      "INSERT INTO sign_in_link (token_hash, athlete_id, expires_at_ms) VALUES ($1, $2, $3)";

  private static final String TAKE_LINK =
      "DELETE FROM sign_in_link WHERE token_hash = $1 RETURNING athlete_id, expires_at_ms";

  private final Pool pool;

  LoginRepository(Pool pool) {
    this.pool = pool;
  }

  /** A sign-in of an athlete. */
  record Login(UUID sessionId, UUID athleteId) {}

  Future<Void> insert(Login login, byte[] refreshHash, long expiresAtMs, long nowMs) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(
            login.sessionId(), login.athleteId(), Buffer.buffer(refreshHash), expiresAtMs, nowMs))
        .mapEmpty();
  }

  /** Swaps a refresh token for the next; of two that come at once one wins. */
  Future<Optional<Login>> rotate(byte[] oldHash, byte[] newHash, long expiresAtMs, long nowMs) {
    return pool.preparedQuery(ROTATE)
        .execute(Tuple.of(Buffer.buffer(oldHash), Buffer.buffer(newHash), expiresAtMs, nowMs))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(new Login(row.getUUID("session_id"), row.getUUID("athlete_id")));
          }
          return Optional.empty();
        });
  }

  /** Ends the session whose token was used before; true where there was one. */
  Future<Boolean> revokeReused(byte[] oldHash) {
    return pool.preparedQuery(REVOKE_REUSED)
        .execute(Tuple.of(Buffer.buffer(oldHash)))
        .map(rows -> rows.size() > 0);
  }

  Future<Void> revoke(UUID sessionId) {
    return pool.preparedQuery(REVOKE).execute(Tuple.of(sessionId)).mapEmpty();
  }

  Future<Void> insertLink(byte[] tokenHash, UUID athleteId, long expiresAtMs) {
    return pool.preparedQuery(INSERT_LINK)
        .execute(Tuple.of(Buffer.buffer(tokenHash), athleteId, expiresAtMs))
        .mapEmpty();
  }

  /** Uses a link up. */
  Future<Optional<UUID>> takeLink(byte[] tokenHash, long nowMs) {
    return pool.preparedQuery(TAKE_LINK)
        .execute(Tuple.of(Buffer.buffer(tokenHash)))
        .map(rows -> {
          for (Row row : rows) {
            if (row.getLong("expires_at_ms") > nowMs) {
              return Optional.of(row.getUUID("athlete_id"));
            }
          }
          return Optional.empty();
        });
  }
}
