package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.pg.PgFaults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes the monthly partitions of what grows with the recordings, before they are needed. A partition
 * is made on its own and attached then, which lets writers of the others go on: {@code CREATE TABLE …
 * PARTITION OF} would wait for every transaction that touched the table, and hold up all that come
 * behind. A lock that is not had at once is given up and tried again.
 */
final class Partitions {
  /** All have the same months. */
  static final List<String> TABLES = List.of("chunk", "sealed_chunk", "training_points");

  private static final System.Logger LOG = System.getLogger(Partitions.class.getName());
  private static final int MONTHS_AHEAD = 2;
  private static final int TRIES = 20;
  private static final long RETRY_MS = 250;

  private static final String ATTACHED = """
      SELECT part.relname AS name
      FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
      WHERE inhparent = ANY (ARRAY[%s])
      """;

  /** Until the end of a transaction: no other node makes or drops a partition meanwhile. */
  static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('partitions/' || current_schema(), 0))";

  /** Dates and names made by us: no value from outside gets into the text. */
  private static final String MAKE = """
      SET LOCAL lock_timeout = '200ms';
      %5$s;
      CREATE TABLE IF NOT EXISTS %2$s (LIKE %1$s INCLUDING ALL);
      ALTER TABLE %1$s ATTACH PARTITION %2$s FOR VALUES FROM ('%3$s') TO ('%4$s');
      """;

  private final Vertx vertx;
  private final Pool pool;

  Partitions(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  /** The month of {@code today} and the next two. */
  Future<Void> ahead(LocalDate today) {
    LocalDate month = today.withDayOfMonth(1);
    Set<LocalDate> months = new HashSet<>();
    for (int i = 0; i <= MONTHS_AHEAD; i++) {
      months.add(month.plusMonths(i));
    }
    return ensure(months);
  }

  /** Twice is once: months that exist are left alone. Hypertables have what they need by themselves. */
  Future<Void> ensure(Set<LocalDate> months) {
    return Timescale.isPartitioned(pool)
        .compose(partitioned -> partitioned ? missing(months) : Future.succeededFuture());
  }

  private Future<Void> missing(Set<LocalDate> months) {
    return attached(pool).compose(names -> {
      Future<Void> made = Future.succeededFuture();
      for (String table : TABLES) {
        for (LocalDate month : months) {
          if (!names.contains(name(table, month))) {
            made = made.compose(done -> make(table, month, TRIES));
          }
        }
      }
      return made;
    });
  }

  static String name(String table, LocalDate month) {
    return String.format(
        Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
  }

  static Future<Set<String>> attached(SqlClient client) {
    String parents = String.join(
        ", ", TABLES.stream().map(table -> "'" + table + "'::regclass").toList());
    return client.query(ATTACHED.formatted(parents)).execute().map(rows -> {
      Set<String> names = new HashSet<>();
      rows.forEach(row -> names.add(row.getString("name")));
      return names;
    });
  }

  private Future<Void> make(String table, LocalDate month, int tries) {
    String name = name(table, month);
    String statements = MAKE.formatted(table, name, month, month.plusMonths(1), LOCK);
    return pool.<Void>withTransaction(tx -> tx.query(statements).execute().mapEmpty())
        .recover(cause -> attached(pool).compose(names -> {
          if (names.contains(name)) {
            return Future.succeededFuture(); // another node was first
          }
          if (tries == 1 || !PgFaults.isPassing(cause)) {
            return Future.failedFuture(cause);
          }
          LOG.log(INFO, "{0} waits for a lock", name);
          return vertx
              .timer(RETRY_MS, TimeUnit.MILLISECONDS)
              .compose(due -> make(table, month, tries - 1));
        }));
  }
}
