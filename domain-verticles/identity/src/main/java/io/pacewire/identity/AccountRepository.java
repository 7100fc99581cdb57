package io.pacewire.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Accounts. */
final class AccountRepository {
  private static final String INSERT = """
      INSERT INTO account (athlete_id, email, password_hash, display_name, time_zone, locale,
          created_at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (email) DO NOTHING
      """;

  private static final String COLUMNS = """
      SELECT account.athlete_id, email, password_hash, display_name, time_zone, locale,
          max_heart_rate_bpm
      FROM account
      LEFT JOIN athlete_parameters USING (athlete_id)
      """;

  private static final String FIND_BY_EMAIL = COLUMNS + "WHERE email = $1";
  private static final String FIND = COLUMNS + "WHERE account.athlete_id = $1";

  private static final String UPDATE = """
      UPDATE account
      SET display_name = coalesce($2, display_name), time_zone = coalesce($3, time_zone),
          locale = coalesce($4, locale), revision = revision + 1
      WHERE athlete_id = $1 AND (display_name, time_zone, locale) IS DISTINCT FROM
          (coalesce($2, display_name), coalesce($3, time_zone), coalesce($4, locale))
      RETURNING revision, display_name, time_zone, locale
      """;

  private final Pool pool;

  AccountRepository(Pool pool) {
    this.pool = pool;
  }

  /** False where the address is taken. Joins the caller's transaction. */
  Future<Boolean> insert(SqlConnection tx, Account account, long createdAtMs) {
    return tx.preparedQuery(INSERT)
        .execute(Tuple.tuple()
            .addValue(account.athleteId())
            .addValue(account.email())
            .addValue(account.passwordHash())
            .addValue(account.displayName())
            .addValue(account.timeZone())
            .addValue(account.locale())
            .addValue(createdAtMs))
        .map(rows -> rows.rowCount() == 1);
  }

  Future<Optional<Account>> findByEmail(String email) {
    return pool.preparedQuery(FIND_BY_EMAIL).execute(Tuple.of(email)).map(AccountRepository::first);
  }

  Future<Optional<Account>> find(UUID athleteId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(athleteId)).map(AccountRepository::first);
  }

  /** What it says from now on. */
  record Said(int revision, String displayName, String timeZone, String locale) {}

  /** Empty where that changes nothing. Joins the caller's transaction. */
  Future<Optional<Said>> update(SqlConnection tx, UUID athleteId, Account.Change change) {
    return tx.preparedQuery(UPDATE)
        .execute(Tuple.of(athleteId, change.displayName(), change.timeZone(), change.locale()))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(new Said(
                row.getInteger("revision"),
                row.getString("display_name"),
                row.getString("time_zone"),
                row.getString("locale")));
          }
          return Optional.empty();
        });
  }

  private static Optional<Account> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(new Account(
          row.getUUID("athlete_id"),
          row.getString("email"),
          row.getString("password_hash"),
          row.getString("display_name"),
          row.getString("time_zone"),
          row.getString("locale"),
          row.getInteger("max_heart_rate_bpm")));
    }
    return Optional.empty();
  }
}
