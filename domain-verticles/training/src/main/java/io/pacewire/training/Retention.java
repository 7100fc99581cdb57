package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Lets whole months of recordings go that are older than was asked for. What trainings say of
 * themselves stays: figures, splits, verdicts. A month is detached beside those who read and write,
 * and dropped when nobody has to do with it any more. Each step may be cut off and is taken up again
 * with the next run.
 */
final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());

  /**
   * Their sessions take no further part: what still comes of them is stored and changes nothing. With
   * them goes what was kept to fold them, and what was said of batches that are gone. Some of them behind a key at a time, along the primary key: a statement over all would hold their rows, and what
   * it leaves behind, until it is through.
   */
  private static final String EXPIRE = """
      WITH old AS MATERIALIZED (
        SELECT athlete_id, session_id FROM session_head
        WHERE (athlete_id, session_id) > ($1::uuid, $2::uuid) AND bucket < $3
          AND quarantine_reason IS DISTINCT FROM 'expired'
        ORDER BY athlete_id, session_id LIMIT $4),
      expired AS (
        UPDATE session_head AS head
        SET state = 2, quarantine_reason = 'expired', quarantine_version = NULL
        FROM old
        WHERE head.athlete_id = old.athlete_id AND head.session_id = old.session_id),
      checkpoints AS (
        DELETE FROM checkpoint AS saved USING old
        WHERE saved.athlete_id = old.athlete_id AND saved.session_id = old.session_id),
      skips AS (
        DELETE FROM skip AS said USING old
        WHERE said.athlete_id = old.athlete_id AND said.session_id = old.session_id),
      refusals AS (
        DELETE FROM refusal AS had USING old
        WHERE had.athlete_id = old.athlete_id AND had.session_id = old.session_id)
      SELECT athlete_id, session_id FROM old ORDER BY athlete_id DESC, session_id DESC LIMIT 1
      """;

  private static final int HEADS_A_STATEMENT = 1_000;
  private static final UUID FIRST = new UUID(0, 0);

  /** Also such as were detached and then not dropped. */
  private static final String LIST = """
      SELECT part.relname AS name, coalesce(inhdetachpending::text, 'detached') AS pending
      FROM pg_class AS part LEFT JOIN pg_inherits ON inhrelid = part.oid
      WHERE part.relnamespace = current_schema()::regnamespace AND part.relkind = 'r'
        AND part.relname ~ '^%s_[0-9]{4}_[0-9]{2}$'
      """;

  private final Pool pool;
  private final int headsAStatement;

  Retention(Pool pool) {
    this(pool, HEADS_A_STATEMENT);
  }

  Retention(Pool pool, int headsAStatement) {
    this.pool = pool;
    this.headsAStatement = headsAStatement;
  }

  /** Lets go what was first seen before this month. */
  Future<Void> run(LocalDate firstMonthToKeep) {
    return expire(firstMonthToKeep, FIRST, FIRST)
        .compose(done -> Timescale.isPartitioned(pool))
        .compose(partitioned -> partitioned
            ? dropPartitions(firstMonthToKeep)
            : new Timescale(pool).drop(firstMonthToKeep));
  }

  private Future<Void> expire(LocalDate firstMonthToKeep, UUID athleteId, UUID sessionId) {
    Tuple behind = Tuple.of(athleteId, sessionId, firstMonthToKeep, headsAStatement);
    return pool.preparedQuery(EXPIRE).execute(behind).compose(rows -> {
      for (Row row : rows) {
        return expire(firstMonthToKeep, row.getUUID("athlete_id"), row.getUUID("session_id"));
      }
      return Future.succeededFuture();
    });
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
    Future<Void> chain = Future.succeededFuture();
    for (Map.Entry<String, String> month : older.entrySet()) {
      String name = month.getKey();
      chain = chain
          .compose(done -> detach(table, name, month.getValue()))
          .compose(done -> dropDetached(name));
    }
    return chain;
  }

  private Future<Void> detach(String table, String name, String pending) {
    String how = "ALTER TABLE " + table + " DETACH PARTITION " + name;
    return switch (pending) {
      case "false" -> execute(how + " CONCURRENTLY");
      case "true" -> execute(how + " FINALIZE");
      default -> {
        LOG.log(INFO, "{0} was detached before", name);
        yield Future.succeededFuture();
      }
    };
  }

  private Future<Void> execute(String statement) {
    return pool.query(statement)
        .execute()
        .onSuccess(done -> LOG.log(INFO, "{0}", statement))
        .mapEmpty();
  }

  /** A node to which a batch of that month came meanwhile has attached it again: then it goes with the next run. */
  Future<Void> dropDetached(String name) {
    return pool.withTransaction(tx -> tx.query(Partitions.LOCK)
        .execute()
        .compose(locked -> Partitions.attached(tx))
        .compose(attached -> {
          if (attached.contains(name)) {
            LOG.log(INFO, "{0} was attached again", name);
            return Future.succeededFuture();
          }
          return tx.query("DROP TABLE IF EXISTS " + name)
              .execute()
              .onSuccess(done -> LOG.log(INFO, "{0} dropped", name))
              .mapEmpty();
        }));
  }
}
