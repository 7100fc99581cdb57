package io.pacewire.platform.pg;

import io.pacewire.platform.events.EventEnvelope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes a fact into the transaction that makes it true; {@link OutboxRelay} tells it afterwards. */
public final class Outbox {
  private static final String INSERT = """
      INSERT INTO outbox (event_id, type, source, at_ms, topic, key, payload)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String INSERT_ALL = """
      INSERT INTO outbox (event_id, type, source, at_ms, topic, key, payload)
      SELECT event_id, type, source, at_ms, topic, key, payload
      FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[],
          $7::bytea[]) WITH ORDINALITY
        AS input (event_id, type, source, at_ms, topic, key, payload, place)
      ORDER BY place
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

  /** Many, in order; joins the caller's transaction. */
  public static Future<Void> addAll(SqlConnection tx, List<EventEnvelope> events) {
    if (events.isEmpty()) {
      return Future.succeededFuture();
    }
    return tx.preparedQuery(INSERT_ALL)
        .execute(Tuple.tuple()
            .addValue(column(events, EventEnvelope::id, UUID[]::new))
            .addValue(column(events, EventEnvelope::type, String[]::new))
            .addValue(column(events, EventEnvelope::source, String[]::new))
            .addValue(column(events, EventEnvelope::atMs, Long[]::new))
            .addValue(column(events, EventEnvelope::topic, String[]::new))
            .addValue(column(events, EventEnvelope::key, String[]::new))
            .addValue(column(events, event -> Buffer.buffer(event.payload()), Buffer[]::new)))
        .mapEmpty();
  }

  private static <T> T[] column(
      List<EventEnvelope> events, Function<EventEnvelope, T> value, IntFunction<T[]> array) {
    return events.stream().map(value).toArray(array);
  }
}
