package io.pacewire.training;

import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Notes that sessions began, and tells it. */
final class StartRepository {
  /** Where the start mark comes when the training was written, that it began is no news. */
  private static final String NOTE = """
      UPDATE session_head AS head
      SET sport = begun.sport, time_zone = begun.time_zone, start_at_ms = begun.start_at_ms
      FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
        AS begun (athlete_id, session_id, sport, time_zone, start_at_ms)
      WHERE head.athlete_id = begun.athlete_id AND head.session_id = begun.session_id
        AND head.start_at_ms IS NULL AND head.state = 0
      RETURNING head.athlete_id, head.session_id
      """;

  private final Pool pool;

  StartRepository(Pool pool) {
    this.pool = pool;
  }

  /** What is known of a session with its start, and the fact that tells it. */
  record Begun(String sport, String timeZone, long startAtMs, EventEnvelope fact) {}

  /** Of those whose start was not known before; each fact goes out once. */
  Future<Void> tell(Map<SessionKey, Begun> begun) {
    if (begun.isEmpty()) {
      return Future.succeededFuture();
    }
    Collection<Begun> all = begun.values();
    Tuple columns = Tuple.tuple()
        .addValue(begun.keySet().stream().map(SessionKey::athleteId).toArray(UUID[]::new))
        .addValue(begun.keySet().stream().map(SessionKey::sessionId).toArray(UUID[]::new))
        .addValue(all.stream().map(Begun::sport).toArray(String[]::new))
        .addValue(all.stream().map(Begun::timeZone).toArray(String[]::new))
        .addValue(all.stream().map(Begun::startAtMs).toArray(Long[]::new));
    return pool.withTransaction(tx -> tx.preparedQuery(NOTE)
        .execute(columns)
        .compose(rows -> Outbox.addAll(tx, facts(rows, begun))));
  }

  private static List<EventEnvelope> facts(RowSet<Row> rows, Map<SessionKey, Begun> begun) {
    List<EventEnvelope> facts = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Begun one = begun.get(new SessionKey(row.getUUID("athlete_id"), row.getUUID("session_id")));
      if (one != null) {
        facts.add(one.fact());
      }
    }
    return facts;
  }
}
