package io.pacewire.platform.pg;

import io.pacewire.platform.events.EventEnvelope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Writes a fact into the transaction that makes it true; {@link OutboxRelay} tells it afterwards. */
public final class Outbox {
  private static final String INSERT = """
      INSERT INTO outbox (event_id, type, source, at_ms, topic, key, payload)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private Outbox() {}

  /** Joins the caller's transaction. */
  public static Future<Void> add(SqlConnection tx, EventEnvelope event) {
    return tx.preparedQuery(INSERT)
        .execute(Tuple.of(
            event.id(),
            event.type(),
            event.source(),
            event.atMs(),
            event.topic(),
            event.key(),
            Buffer.buffer(event.payload())))
        .mapEmpty();
  }
}
