package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets whole months of recordings go that are older than was asked for. What trainings say of
 * themselves stays: figures, splits, verdicts. A month is detached beside those who read and write,
 * and dropped when nobody has to do with it any more. Each step may be cut off and is taken up again
 * with the next run.
 */
final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());

  /** Their sessions take no further part: what still comes of them is stored and changes nothing. */
  private static final String EXPIRE = """
      UPDATE session_head SET state = 2, quarantine_reason = 'expired', quarantine_version = NULL
      WHERE bucket < '%s' AND quarantine_reason IS DISTINCT FROM 'expired'
      """;

  /** Also such as were detached and then not dropped. */
  private static final String LIST = """
      SELECT part.relname AS name, coalesce(inhdetachpending::text, 'detached') AS pending
      FROM pg_class AS part LEFT JOIN pg_inherits ON inhrelid = part.oid
      WHERE part.relnamespace = current_schema()::regnamespace AND part.relkind = 'r'
        AND part.relname ~ '^%s_[0-9]{4}_[0-9]{2}$'
      """;

  private final Pool pool;

  Retention(Pool pool) {
    this.pool = pool;
  }

  /** Lets go what was first seen before this month. */
  Future<Void> run(LocalDate firstMonthToKeep) {
    return pool.query(EXPIRE.formatted(firstMonthToKeep))
        .execute()
        .compose(done -> Timescale.isPartitioned(pool))
        .compose(partitioned -> partitioned
            ? dropPartitions(firstMonthToKeep)
            : new Timescale(pool).drop(firstMonthToKeep));
  }

  private Future<Void> dropPartitions(LocalDate firstMonthToKeep) {
    Future<Void> chain = Future.succeededFuture();
    for (String table : Partitions.TABLES) {
      chain = chain.compose(next -> drop(table, firstMonthToKeep));
    }
    return chain;
  }

  private Future<Void> drop(String table, LocalDate firstMonthToKeep) {
    String oldestKept = Partitions.name(table, firstMonthToKeep);
    return pool.query(LIST.formatted(table)).execute().compose(rows -> {
      Map<String, String> older = new TreeMap<>();
      rows.forEach(row -> {
        if (row.getString("name").compareTo(oldestKept) < 0) {
          older.put(row.getString("name"), row.getString("pending"));
        }
      });
      return drop(table, older);
    });
  }

  private Future<Void> drop(String table, Map<String, String> older) {
    List<String> statements = new ArrayList<>();
    older.forEach((name, pending) -> {
      String detach = "ALTER TABLE " + table + " DETACH PARTITION " + name;
      switch (pending) {
        case "false" -> statements.add(detach + " CONCURRENTLY");
        case "true" -> statements.add(detach + " FINALIZE");
        default -> LOG.log(INFO, "{0} was detached before", name);
      }
      statements.add("DROP TABLE " + name);
    });
    Future<Void> chain = Future.succeededFuture();
    for (String statement : statements) {
      chain = chain
          .compose(done -> pool.query(statement).execute())
          .onSuccess(done -> LOG.log(INFO, "{0}", statement))
          .mapEmpty();
    }
    return chain;
  }
}
