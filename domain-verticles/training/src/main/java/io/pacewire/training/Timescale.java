package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.Optional;

/**
 * All that is asked of TimescaleDB, where the database has it. The tables that grow with the recordings
 * become hypertables by the column that partitions them otherwise; every other statement stays the
 * same. That is done while they are empty: what was recorded on partitions stays on partitions.
 *
 * <p>Written after the reference of TimescaleDB 2 (create_hypertable, drop_chunks), whose functions are
 * called by the schema that they were installed into, as a context sees its own schema only.
 */
final class Timescale {
  private static final System.Logger LOG = System.getLogger(Timescale.class.getName());

  private static final String EXTENSION = """
      SELECT quote_ident(nspname) AS name
      FROM pg_extension JOIN pg_namespace AS namespace ON namespace.oid = extnamespace
      WHERE extname = 'timescaledb'
      """;

  /** Whether the tables are PostgreSQL's own partitioned ones. */
  private static final String IS_PARTITIONED =
      "SELECT relkind = 'p' AS partitioned FROM pg_class WHERE oid = 'chunk'::regclass";

  private static final String LOCK = "SET LOCAL lock_timeout = '2s'; " + Partitions.LOCK;

  private static final String IS_EMPTY = """
      SELECT NOT EXISTS (SELECT FROM chunk) AND NOT EXISTS (SELECT FROM sealed_chunk)
        AND NOT EXISTS (SELECT FROM training_points) AS empty
      """;

  /** Names made by us and by the catalogue: no value from outside gets into the text. */
  private static final String PLAIN = """
      CREATE TABLE %1$s_plain (LIKE %1$s INCLUDING ALL);
      DROP TABLE %1$s;
      ALTER TABLE %1$s_plain RENAME TO %1$s;
      """;

  /** Its key leads with the bucket: an index on that alone would be one more to write. */
  private static final String HYPERTABLE = """
      SELECT %2$s.create_hypertable('%1$s', 'bucket',
        chunk_time_interval => INTERVAL '1 month', create_default_indexes => false)
      """;

  private static final String DROP = "SELECT %2$s.drop_chunks('%1$s', older_than => DATE '%3$s')";

  private final Pool pool;

  Timescale(Pool pool) {
    this.pool = pool;
  }

  /** Whether PostgreSQL's partitions are used, which have to be made ahead. */
  static Future<Boolean> isPartitioned(Pool pool) {
    return pool.query(IS_PARTITIONED)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean("partitioned"));
  }

  /** Makes hypertables of empty tables where the extension is there. Whatever fails leaves partitions. */
  Future<Void> adopt() {
    return isPartitioned(pool)
        .compose(
            partitioned -> partitioned ? extension() : Future.succeededFuture(Optional.empty()))
        .compose(schema -> schema.isPresent()
            ? pool.withTransaction(tx -> convert(tx, schema.get()))
            : Future.succeededFuture())
        .recover(cause -> {
          LOG.log(WARNING, "TimescaleDB is not used: {0}", cause.getMessage());
          return Future.succeededFuture();
        });
  }

  /** Lets go what lies before this month as a whole. */
  Future<Void> drop(LocalDate firstMonthToKeep) {
    return extension().compose(schema -> {
      Future<Void> all = Future.succeededFuture();
      for (String table : Partitions.TABLES) {
        String statement = DROP.formatted(table, schema.orElse("public"), firstMonthToKeep);
        all = all.compose(done -> pool.query(statement).execute().mapEmpty());
      }
      return all;
    });
  }

  private Future<Optional<String>> extension() {
    return pool.query(EXTENSION).execute().map(rows -> {
      for (Row row : rows) {
        return Optional.of(row.getString("name"));
      }
      return Optional.empty();
    });
  }

  /** @param schema of the extension's functions */
  static Future<Void> convert(SqlConnection tx, String schema) {
    return tx.query(LOCK)
        .execute()
        .compose(locked -> tx.query(IS_PARTITIONED).execute())
        .map(rows -> rows.iterator().next().getBoolean("partitioned"))
        .compose(partitioned -> partitioned // another node may have been first
            ? tx.query(IS_EMPTY).execute().map(rows -> rows.iterator().next().getBoolean("empty"))
            : Future.succeededFuture(false))
        .compose(empty -> {
          if (!empty) {
            LOG.log(INFO, "what was recorded stays on partitions, though TimescaleDB is there");
            return Future.succeededFuture();
          }
          Future<Void> all = Future.succeededFuture();
          for (String table : Partitions.TABLES) {
            all = all.compose(done -> tx.query(PLAIN.formatted(table)).execute())
                .compose(done -> tx.query(HYPERTABLE.formatted(table, schema)).execute())
                .onSuccess(done -> LOG.log(INFO, "{0} is a hypertable", table))
                .mapEmpty();
          }
          return all;
        });
  }
}
