package io.pacewire.training;

import io.pacewire.training.imports.TimeCursor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists of an athlete's sessions, page by page. What changes while one records is no key of them. */
final class SessionListRepository {
  /** The hash is what the index is over. */
  private static final String WANTED = """
      SELECT session_id, sport, start_at_ms, time_zone, tip_at_ms, first_received_at_ms,
          last_received_at_ms, state
      FROM session_head
      WHERE uuid_hash(athlete_id) = uuid_hash($1::uuid) AND athlete_id = $1 AND state = ANY($2)
        AND ($3::text[] IS NULL OR sport = ANY($3))
      """;

  /** Said once more, for an index that holds no others. */
  private static final String ONLY_LIVE = """
        AND state = 0
      """;

  private static final String NEWEST_FIRST = """
        AND (first_received_at_ms, session_id) < ($4::bigint, $5::uuid)
      ORDER BY first_received_at_ms DESC, session_id DESC LIMIT $6
      """;

  private static final String OLDEST_FIRST = """
        AND (first_received_at_ms, session_id) > ($4::bigint, $5::uuid)
      ORDER BY first_received_at_ms, session_id LIMIT $6
      """;

  private final SqlClient pool;

  SessionListRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** @param sports null for any, also while it is not known */
  record Query(List<SessionHead.State> states, @Nullable List<String> sports, boolean ascending) {

    /** By which a cursor knows the list that it was made for. */
    String mark() {
      String named = states.stream().map(Enum::name).collect(Collectors.joining(","));
      return "sessions" + (ascending ? "+" : "-")
          + Integer.toHexString((named + sports).hashCode());
    }
  }

  Future<List<ListedSession>> list(UUID athleteId, Query query, TimeCursor after, int limit) {
    List<String> sports = query.sports();
    return pool.preparedQuery(statement(query))
        .execute(Tuple.tuple()
            .addValue(athleteId)
            .addValue(query.states().stream().map(SessionHead.State::number).toArray(Short[]::new))
            .addValue(sports == null ? null : sports.toArray(new String[0]))
            .addValue(after.atMs())
            .addValue(after.id())
            .addValue(limit))
        .map(rows -> {
          List<ListedSession> found = new ArrayList<>();
          rows.forEach(row -> found.add(session(row)));
          return found;
        });
  }

  static String statement(Query query) {
    boolean live = query.states().equals(List.of(SessionHead.State.LIVE));
    return WANTED + (live ? ONLY_LIVE : "") + (query.ascending() ? OLDEST_FIRST : NEWEST_FIRST);
  }

  private static ListedSession session(Row row) {
    return new ListedSession(
        row.getUUID("session_id"),
        SessionHead.State.of(row.getInteger("state")),
        row.getString("sport"),
        row.getLong("start_at_ms"),
        row.getString("time_zone"),
        row.getLong("tip_at_ms"),
        row.getLong("first_received_at_ms"),
        row.getLong("last_received_at_ms"));
  }
}
