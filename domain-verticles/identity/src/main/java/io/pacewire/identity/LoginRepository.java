package io.pacewire.identity;

import io.pacewire.identity.LoginRules.Refreshes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins. Tokens are kept as hashes only. */
final class LoginRepository {
  private static final String INSERT = """
      INSERT INTO login_session (session_id, athlete_id, family_hash, refresh_hash, expires_at_ms,
          created_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String ROTATE = """
      UPDATE login_session
      SET previous_hash = refresh_hash, refresh_hash = $3, expires_at_ms = $4, rotated_at_ms = $5
      WHERE family_hash = $1 AND refresh_hash = $2 AND NOT revoked AND expires_at_ms > $5
      RETURNING session_id, athlete_id
      """;

  private static final String FIND_REFRESHES = """
      SELECT session_id, athlete_id, refresh_hash, previous_hash, rotated_at_ms, revoked
      FROM login_session WHERE family_hash = $1
      """;

  private static final String REVOKE =
      "UPDATE login_session SET revoked = true WHERE session_id = $1 AND NOT revoked";

  private static final String DELETE_EXPIRED =
      "DELETE FROM login_session WHERE expires_at_ms <= $1";

  private final Pool pool;

  LoginRepository(Pool pool) {
    this.pool = pool;
  }

  /** A sign-in of an athlete. */
  record Login(UUID sessionId, UUID athleteId) {}

  /** A sign-in as a refresh token finds it. */
  record Found(Login login, Refreshes refreshes) {}

  Future<Void> insert(Login login, RefreshToken token, long expiresAtMs, long nowMs) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(
            login.sessionId(),
            login.athleteId(),
            Buffer.buffer(token.familyHash()),
            Buffer.buffer(token.hash()),
            expiresAtMs,
            nowMs))
        .mapEmpty();
  }

  /** Swaps a refresh token for the next; of two that come at once one wins. */
  Future<Optional<Login>> rotate(
      RefreshToken shown, RefreshToken next, long expiresAtMs, long nowMs) {
    return pool.preparedQuery(ROTATE)
        .execute(Tuple.of(
            Buffer.buffer(shown.familyHash()),
            Buffer.buffer(shown.hash()),
            Buffer.buffer(next.hash()),
            expiresAtMs,
            nowMs))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(login(row));
          }
          return Optional.empty();
        });
  }

  Future<Optional<Found>> findByFamily(RefreshToken shown) {
    return pool.preparedQuery(FIND_REFRESHES)
        .execute(Tuple.of(Buffer.buffer(shown.familyHash())))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(new Found(login(row), refreshes(row)));
          }
          return Optional.empty();
        });
  }

  /** False where it had ended before. Joins the caller's transaction. */
  Future<Boolean> revoke(SqlConnection tx, UUID sessionId) {
    return tx.preparedQuery(REVOKE).execute(Tuple.of(sessionId)).map(rows -> rows.rowCount() == 1);
  }

  Future<Integer> deleteExpired(long nowMs) {
    return pool.preparedQuery(DELETE_EXPIRED).execute(Tuple.of(nowMs)).map(RowSet::rowCount);
  }

  private static Login login(Row row) {
    return new Login(row.getUUID("session_id"), row.getUUID("athlete_id"));
  }

  private static Refreshes refreshes(Row row) {
    Buffer previous = row.getBuffer("previous_hash");
    return new Refreshes(
        row.getBuffer("refresh_hash").getBytes(),
        previous == null ? null : previous.getBytes(),
        row.getLong("rotated_at_ms"),
        row.getBoolean("revoked"));
  }
}
