package io.pacewire.identity;

import io.pacewire.identity.LoginRules.Tries;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Counts of wrong passwords by what was tried. */
final class LoginTryRepository {
  private static final String FIND =
      "SELECT failed, expires_at_ms FROM login_try WHERE key = $1 AND expires_at_ms > $2";

  // A pause that runs is not made longer: else hammering would lock an athlete out for ever.
  private static final String COUNT = """
      INSERT INTO login_try AS known (key, failed, expires_at_ms)
      VALUES ($1, 1, $2)
      ON CONFLICT (key) DO UPDATE SET
        failed = CASE WHEN known.expires_at_ms <= $3 THEN 1 ELSE known.failed + 1 END,
        expires_at_ms = CASE WHEN known.expires_at_ms > $3 AND known.failed >= $4
            THEN known.expires_at_ms ELSE $2 END
      RETURNING failed, expires_at_ms
      """;

  private static final String CLEAR = "DELETE FROM login_try WHERE key = $1";
  private static final String DELETE_EXPIRED = "DELETE FROM login_try WHERE expires_at_ms <= $1";

  private final Pool pool;

  LoginTryRepository(Pool pool) {
    this.pool = pool;
  }

  Future<Tries> find(String key, long nowMs) {
    return pool.preparedQuery(FIND).execute(Tuple.of(key, nowMs)).map(LoginTryRepository::first);
  }

  /** Counts one wrong try in one statement, so that tries side by side all count. */
  Future<Tries> count(String key, int most, long nowMs) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(key, nowMs + LoginRules.PAUSE.toMillis(), nowMs, most))
        .map(LoginTryRepository::first);
  }

  Future<Void> clear(String key) {
    return pool.preparedQuery(CLEAR).execute(Tuple.of(key)).mapEmpty();
  }

  Future<Integer> deleteExpired(long nowMs) {
    return pool.preparedQuery(DELETE_EXPIRED).execute(Tuple.of(nowMs)).map(RowSet::rowCount);
  }

  private static Tries first(RowSet<Row> rows) {
    for (Row row : rows) {
      return new Tries(row.getInteger("failed"), row.getLong("expires_at_ms"));
    }
    return Tries.NONE;
  }
}
