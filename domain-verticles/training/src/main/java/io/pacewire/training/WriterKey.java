package io.pacewire.training;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One program that records for a session. */
record WriterKey(SessionKey session, int writer) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WriterKey key && writer == key.writer && session.equals(key.session);
  }

  @Override
  public int hashCode() {
    return 31 * session.hashCode() + writer;
  }

  /** Of a row with these three columns. */
  static WriterKey of(Row row) {
    SessionKey session = new SessionKey(row.getUUID("athlete_id"), row.getUUID("session_id"));
    return new WriterKey(session, row.getInteger("writer"));
  }

  /** Athletes, sessions and writers, as PostgreSQL's UNNEST wants them. */
  static Tuple columns(List<WriterKey> keys) {
    UUID[] athletes = new UUID[keys.size()];
    UUID[] sessions = new UUID[keys.size()];
    Integer[] writers = new Integer[keys.size()];
    for (int i = 0; i < athletes.length; i++) {
      athletes[i] = keys.get(i).session.athleteId();
      sessions[i] = keys.get(i).session.sessionId();
      writers[i] = keys.get(i).writer;
    }
    return Tuple.tuple().addValue(athletes).addValue(sessions).addValue(writers);
  }
}
