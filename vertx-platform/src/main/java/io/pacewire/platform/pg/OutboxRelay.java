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

/**
 * Tells the facts of a context's outbox, in order, each at least once. One relay works at a time,
 * whatever number of nodes there are. It reads only what is older than every running transaction: a
 * late commit is never overtaken and so never skipped.
 */
public final class OutboxRelay {
  private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
  private static final long POLL_MS = 200;
  private static final long LONGEST_WAIT_MS = 5_000;
  private static final int ROWS_A_TURN = 200;

  private static final String LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('outbox/' || current_schema(), 0)) AS mine";

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
  private boolean closed;
  private long waitMs = POLL_MS;
  private Future<?> turn = Future.succeededFuture();

  public OutboxRelay(Vertx vertx, Pool pool, EventPublisher publisher) {
    this.vertx = vertx;
    this.pool = pool;
    this.publisher = publisher;
  }

  public void start() {
    schedule(1);
  }

  /** Waits for the turn in flight. */
  public Future<Void> close() {
    closed = true;
    return turn.<Void>mapEmpty().otherwiseEmpty().compose(done -> publisher.close());
  }

  private void schedule(long afterMs) {
    vertx.setTimer(Math.max(1, afterMs), timer -> {
      if (!closed) {
        turn = relay().onSuccess(this::relayed).onFailure(this::failed);
      }
    });
  }

  private void relayed(int told) {
    waitMs = POLL_MS;
    schedule(told == ROWS_A_TURN ? 1 : POLL_MS);
  }

  private void failed(Throwable cause) {
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    LOG.log(WARNING, "outbox waits {0} ms: {1}", Long.toString(waitMs), cause.getMessage());
    schedule(waitMs);
  }

  private Future<Integer> relay() {
    return pool.withTransaction(tx -> tx.query(LOCK)
        .execute()
        .compose(rows ->
            rows.iterator().next().getBoolean("mine") ? relay(tx) : Future.succeededFuture(0)));
  }

  private Future<Integer> relay(SqlConnection tx) {
    return tx.preparedQuery(LIST)
        .execute(Tuple.of(ROWS_A_TURN))
        .compose(rows -> rows.size() == 0 ? Future.succeededFuture(0) : tell(tx, rows));
  }

  private Future<Integer> tell(SqlConnection tx, RowSet<Row> rows) {
    List<Future<Void>> sent = new ArrayList<>(rows.size());
    List<Long> ids = new ArrayList<>(rows.size());
    for (Row row : rows) {
      ids.add(row.getLong("id"));
      sent.add(publisher.publish(event(row))); // the producer keeps the order they are given in
    }
    return Future.all(sent)
        .compose(all -> tx.preparedQuery(DELETE).execute(Tuple.of(ids.toArray(Long[]::new))))
        .map(deleted -> ids.size());
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
