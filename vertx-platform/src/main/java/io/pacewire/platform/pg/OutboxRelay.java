package io.pacewire.platform.pg;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells the facts of a context's outbox, in order, each at least once. One relay works at a time,
 * whatever number of nodes there are. It reads only what is older than every running transaction: a
 * late commit is never overtaken and so never skipped. Looks five times a second, and at once when
 * {@linkplain #nudge() nudged}.
 */
public final class OutboxRelay {
  private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
  private static final long POLL_MS = 200;
  private static final long LONGEST_WAIT_MS = 5_000;
  private static final int MOST_AT_ONCE = 200;
  private static final int CLOSE_S = 10;
  private static final String NAME = "hashtextextended('outbox/' || current_schema(), 0)";

  private static final String ANY = "SELECT EXISTS (SELECT FROM outbox) AS any";

  /** Longer than a producer waits for Kafka: only who is frozen loses it. */
  private static final long HELD_MOST_MS = 40_000;

  private static final String UNLOCK =
      "SELECT set_config('idle_session_timeout', '0', false), pg_advisory_unlock(" + NAME + ")";

  private static final String LIST = """
      SELECT id, event_id, type, source, at_ms, topic, key, payload
      FROM outbox
      WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY id
      LIMIT $1
      """;

  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY ($1)";

  private final Vertx vertx;
  private final Pool pool;
  private final EventPublisher publisher;
  private final String lock;
  private boolean closed;
  private boolean working;
  private boolean nudged;
  private long timer;
  private long waitMs = POLL_MS;
  private int atOnce = 1;
  private Future<?> turn = Future.succeededFuture();

  public OutboxRelay(Vertx vertx, Pool pool, EventPublisher publisher) {
    this.vertx = vertx;
    this.pool = pool;
    this.publisher = publisher;
    this.lock = lock(HELD_MOST_MS);
  }

  /**
   * Of the session, not of a transaction: none may stay open while Kafka is waited for. A connection
   * that breaks gives it back, and PostgreSQL breaks one of which nothing is heard for so long: a
   * process that is frozen keeps its connections.
   */
  static String lock(long heldMostMs) {
    return "SELECT CASE WHEN pg_try_advisory_lock(" + NAME
        + ") THEN set_config('idle_session_timeout', '" + heldMostMs
        + "', false) IS NOT NULL ELSE false END AS mine";
  }

  public synchronized void start() {
    schedule(1);
  }

  /** A fact was just committed: it is told without waiting for the next look. Costs next to nothing. */
  public synchronized void nudge() {
    if (working) {
      nudged = true;
    } else if (waitMs == POLL_MS && vertx.cancelTimer(timer)) { // no nudge shortens a backoff
      schedule(1);
    }
  }

  /** Waits a bounded time for the turn in flight. */
  public Future<Void> close() {
    Future<?> last;
    synchronized (this) {
      closed = true;
      boolean unused = vertx.cancelTimer(timer);
      last = turn;
    }
    return last.<Void>mapEmpty()
        .timeout(CLOSE_S, TimeUnit.SECONDS)
        .otherwiseEmpty()
        .compose(done -> publisher.close());
  }

  private synchronized void schedule(long afterMs) {
    working = false;
    if (!closed) {
      timer = vertx.setTimer(afterMs, due -> work());
    }
  }

  private synchronized void work() {
    if (closed) {
      return;
    }
    working = true;
    nudged = false;
    turn = pool.withConnection(this::turn).onSuccess(this::worked).onFailure(this::failed);
  }

  private synchronized void worked(int told) {
    boolean more = nudged || told == atOnce;
    waitMs = POLL_MS;
    if (told > 0) {
      atOnce = MOST_AT_ONCE;
    }
    schedule(more ? 1 : POLL_MS);
  }

  private synchronized void failed(Throwable cause) {
    atOnce = 1; // one fact finds out when it goes on: no crowd of them waits for Kafka meanwhile
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    LOG.log(WARNING, "outbox waits {0} ms: {1}", Long.toString(waitMs), cause.getMessage());
    schedule(waitMs);
  }

  private Future<Integer> turn(SqlConnection connection) {
    return isTrue(connection, ANY)
        .compose(any -> any ? isTrue(connection, lock) : Future.succeededFuture(false))
        .compose(mine -> mine
            ? relay(connection).eventually(() -> connection.query(UNLOCK).execute())
            : Future.succeededFuture(0));
  }

  private static Future<Boolean> isTrue(SqlConnection connection, String question) {
    return connection
        .query(question)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private Future<Integer> relay(SqlConnection connection) {
    return connection
        .preparedQuery(LIST)
        .execute(Tuple.of(atOnce))
        .compose(rows -> rows.size() == 0 ? Future.succeededFuture(0) : tell(connection, rows));
  }

  private Future<Integer> tell(SqlConnection connection, RowSet<Row> rows) {
    List<Long> ids = new ArrayList<>(rows.size());
    List<Future<Void>> sent = new ArrayList<>(rows.size());
    for (Row row : rows) {
      ids.add(row.getLong("id"));
      sent.add(publisher.publish(event(row))); // the producer keeps the order they are given in
    }
    return Future.join(sent) // all of them, so that no turn overlaps what is left of an earlier one
        .transform(settled -> forget(connection, ids, sent));
  }

  /** Deletes up to the first that failed: what came after it is told again, so that it ends last. */
  private static Future<Integer> forget(
      SqlConnection connection, List<Long> ids, List<Future<Void>> sent) {
    int told = 0;
    while (told < sent.size() && sent.get(told).succeeded()) {
      told++;
    }
    Future<Integer> outcome = told == sent.size()
        ? Future.succeededFuture(told)
        : Future.failedFuture(sent.get(told).cause());
    if (told == 0) {
      return outcome;
    }
    Tuple done = Tuple.of(ids.subList(0, told).toArray(Long[]::new));
    return connection.preparedQuery(DELETE).execute(done).compose(deleted -> outcome);
  }

  private static EventEnvelope event(Row row) {
    return new EventEnvelope(
        row.getUUID("event_id"),
        row.getString("type"),
        row.getString("source"),
        row.getLong("at_ms"),
        row.getString("topic"),
        row.getString("key"),
        row.getBuffer("payload").getBytes());
  }
}
