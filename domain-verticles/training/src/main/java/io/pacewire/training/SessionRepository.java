package io.pacewire.training;

import io.pacewire.track.TrackFold;
import io.pacewire.training.imports.ImportSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The head rows of sessions. */
final class SessionRepository {
  /** Sessions an athlete may begin within a day. A decade of training imported at once has a quarter of it; imports stop before it. */
  static final int MOST_A_DAY = ImportSettings.SESSIONS_A_DAY;

  private static final String INSERT = """
      INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version, clock_offset_ms,
          device_id, kafka_partition, first_received_at_ms, last_received_at_ms, parameters)
      SELECT athlete_id, session_id, bucket, $1, clock_offset_ms, device_id, kafka_partition,
          received_at_ms, received_at_ms,
          (SELECT jsonb_strip_nulls(to_jsonb(said) - 'athlete_id')
           FROM athlete_parameters AS said WHERE said.athlete_id = input.athlete_id)
      FROM UNNEST($2::uuid[], $3::uuid[], $4::date[], $5::bigint[], $6::uuid[], $7::int[],
          $8::bigint[])
        AS input (athlete_id, session_id, bucket, clock_offset_ms, device_id, kafka_partition,
          received_at_ms)
      ON CONFLICT (athlete_id, session_id) DO NOTHING
      """;

  private static final String COUNT_BEGUN = """
      SELECT asked.athlete_id,
          (SELECT count(*) FROM session_head AS begun
           WHERE uuid_hash(begun.athlete_id) = uuid_hash(asked.athlete_id)
             AND begun.athlete_id = asked.athlete_id
             AND begun.first_received_at_ms > asked.at_ms - 86400000) AS begun
      FROM UNNEST($1::uuid[], $2::bigint[]) AS asked (athlete_id, at_ms)
      """;

  static final String HEAD_COLUMNS = """
      SELECT head.athlete_id, head.session_id, head.bucket, head.algorithm_version,
          head.clock_offset_ms, head.device_id, head.state, head.tip_at_ms,
          head.first_received_at_ms, head.parameters, head.start_at_ms IS NOT NULL AS start_told,
          head.xmin::text AS row_version
      FROM session_head AS head
      """;

  static final String LIST_HEADS = HEAD_COLUMNS + """
          JOIN UNNEST($1::uuid[], $2::uuid[]) AS asked (athlete_id, session_id)
            USING (athlete_id, session_id)
          """;

  private static final String FIND_HEAD =
      HEAD_COLUMNS + "WHERE athlete_id = $1 AND session_id = $2";

  private static final String IS_EXPIRED = """
      SELECT count(*) AS found FROM session_head
      WHERE athlete_id = $1 AND session_id = $2 AND quarantine_reason = 'expired'
      """;

  static final String TOUCH = """
      UPDATE session_head AS head
      SET last_received_at_ms = greatest(head.last_received_at_ms, input.received_at_ms),
          tip_at_ms = greatest(head.tip_at_ms, input.tip_at_ms),
          kafka_partition = input.kafka_partition,
          finish_received_at_ms = coalesce(head.finish_received_at_ms, input.finish_received_at_ms),
          led_received_at_ms = greatest(head.led_received_at_ms, input.led_received_at_ms),
          started_writers = head.started_writers | input.started_writers,
          finished_writers = head.finished_writers | input.finished_writers,
          revision_wanted = head.revision_wanted
            OR (head.state = 1 AND input.brings AND NOT input.ends),
          wanted_since_ms = CASE WHEN head.state = 1 AND input.brings AND NOT input.ends
            THEN coalesce(head.wanted_since_ms, input.received_at_ms)
            ELSE head.wanted_since_ms END,
          seal = CASE WHEN input.brings THEN 0 ELSE head.seal END
      FROM UNNEST($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::bigint[],
          $7::boolean[], $8::bigint[], $9::int[], $10::int[], $11::boolean[])
        AS input (athlete_id, session_id, received_at_ms, tip_at_ms, kafka_partition,
          finish_received_at_ms, ends, led_received_at_ms, started_writers,
          finished_writers, brings)
      WHERE head.athlete_id = input.athlete_id AND head.session_id = input.session_id
      """;

  private static final String QUARANTINE = """
      UPDATE session_head SET state = 2, quarantine_reason = $3, quarantine_version = $4
      WHERE athlete_id = $1 AND session_id = $2 AND state = 0
      """;

  /** The wish stays, so that a version that can fold it does. */
  private static final String NOT_REVISED = """
      UPDATE session_head SET quarantine_reason = $3, quarantine_version = $4
      WHERE athlete_id = $1 AND session_id = $2 AND state = 1 AND revision_wanted
      """;

  /** Not what was let go with its month, of which there is nothing that a version could fold. */
  private static final String TAKE_UP_AGAIN = """
      WITH aside AS MATERIALIZED (
        SELECT athlete_id, session_id FROM session_head
        WHERE state = 2 AND quarantine_reason IS DISTINCT FROM 'expired'
          AND kafka_partition = ANY ($1)
          AND coalesce(quarantine_version, algorithm_version) < $2
        LIMIT $3)
      UPDATE session_head AS head
      SET state = 0, quarantine_reason = NULL, quarantine_version = NULL
      FROM aside
      WHERE head.athlete_id = aside.athlete_id AND head.session_id = aside.session_id
        AND head.state = 2 AND head.quarantine_reason IS DISTINCT FROM 'expired'
      RETURNING head.athlete_id, head.session_id
      """;

  private static final String CLOSE = """
      UPDATE session_head SET state = 1
      WHERE athlete_id = $1 AND session_id = $2 AND state = 0
      """;

  private static final String CLOSE_SILENT = CLOSE + " AND xmin::text = $3";

  private static final String DUE = """
          WHERE head.kafka_partition = ANY($1)
            AND ((head.state = 0
                AND coalesce(head.led_received_at_ms, head.last_received_at_ms) < $2)
              OR (head.state = 0 AND head.finish_received_at_ms IS NOT NULL
                AND head.last_received_at_ms < $3)
              OR (head.state = 0 AND head.led_received_at_ms < $3 AND head.started_writers <> 0
                AND head.started_writers & ~head.finished_writers = 0)
              OR (head.state = 1 AND head.revision_wanted
                AND coalesce(head.quarantine_version < $6, true)
                AND (head.last_received_at_ms < $4 OR head.wanted_since_ms < $5)))
          """;

  private static final String LIST_DUE = HEAD_COLUMNS + DUE + """
          ORDER BY head.last_received_at_ms
          LIMIT $7
          """;

  private static final String FIND_STILL_DUE = HEAD_COLUMNS + DUE + """
          AND head.athlete_id = $7 AND head.session_id = $8
          """;

  /**
   * Only where nothing was noted since: a batch may come that was received before others, by the other
   * lane or from a consumer that slept.
   */
  private static final String REVISED = """
      UPDATE session_head SET revision_wanted = false, wanted_since_ms = NULL,
          quarantine_reason = NULL, quarantine_version = NULL
      WHERE athlete_id = $1 AND session_id = $2 AND revision_wanted AND xmin::text = $3
      """;

  private final SqlClient pool;

  SessionRepository(SqlClient pool) {
    this.pool = pool;
  }

  /**
   * Makes a head for each session that has none; the first batch seen decides what is fixed. Whether an
   * athlete may begin more is {@link SessionAllowance}'s business.
   */
  Future<Void> insertNew(Collection<TelemetryRecord> firstRecords, int algorithmVersion) {
    int size = firstRecords.size();
    UUID[] athletes = new UUID[size];
    UUID[] sessions = new UUID[size];
    LocalDate[] buckets = new LocalDate[size];
    Long[] offsets = new Long[size];
    UUID[] devices = new UUID[size];
    Integer[] partitions = new Integer[size];
    Long[] received = new Long[size];
    int i = 0;
    for (TelemetryRecord record : firstRecords) {
      athletes[i] = record.writer().session().athleteId();
      sessions[i] = record.writer().session().sessionId();
      buckets[i] = bucketOf(record.receivedAtMs());
      offsets[i] = record.clockOffsetMs();
      devices[i] = record.deviceId();
      partitions[i] = record.partition();
      received[i++] = record.receivedAtMs();
    }
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(algorithmVersion)
            .addValue(athletes)
            .addValue(sessions)
            .addValue(buckets)
            .addValue(offsets)
            .addValue(devices)
            .addValue(partitions)
            .addValue(received))
        .mapEmpty();
  }

  /**
   * How many sessions athletes began within the day before a time.
   *
   * @param atMs of each athlete
   */
  Future<Map<UUID, Integer>> countBegun(Map<UUID, Long> atMs) {
    return pool.preparedQuery(COUNT_BEGUN)
        .execute(Tuple.tuple()
            .addValue(atMs.keySet().toArray(UUID[]::new))
            .addValue(atMs.values().toArray(Long[]::new)))
        .map(rows -> {
          Map<UUID, Integer> begun = new HashMap<>();
          rows.forEach(row -> begun.put(row.getUUID("athlete_id"), row.getInteger("begun")));
          return begun;
        });
  }

  Future<Map<SessionKey, SessionHead>> listHeads(Collection<SessionKey> keys) {
    return pool.preparedQuery(LIST_HEADS)
        .execute(Tuple.tuple()
            .addValue(keys.stream().map(SessionKey::athleteId).toArray(UUID[]::new))
            .addValue(keys.stream().map(SessionKey::sessionId).toArray(UUID[]::new)))
        .map(rows -> {
          Map<SessionKey, SessionHead> heads = new HashMap<>();
          rows.forEach(row -> heads.put(key(row), head(row)));
          return heads;
        });
  }

  Future<Optional<SessionHead>> findHead(SessionKey key) {
    return pool.preparedQuery(FIND_HEAD)
        .execute(Tuple.of(key.athleteId(), key.sessionId()))
        .map(SessionRepository::first);
  }

  /** Whether its samples were let go with their month, see {@link Retention}. */
  Future<Boolean> isExpired(SessionKey key) {
    return pool.preparedQuery(IS_EXPIRED)
        .execute(Tuple.of(key.athleteId(), key.sessionId()))
        .map(rows -> rows.iterator().next().getLong("found") == 1);
  }

  /** Notes what a poll brought of each session. */
  Future<Void> touch(Map<SessionKey, Touch> touched) {
    int size = touched.size();
    UUID[] athletes = new UUID[size];
    UUID[] sessions = new UUID[size];
    Long[] received = new Long[size];
    Long[] tips = new Long[size];
    Integer[] partitions = new Integer[size];
    Long[] finishes = new Long[size];
    Boolean[] ends = new Boolean[size];
    Long[] led = new Long[size];
    Integer[] started = new Integer[size];
    Integer[] finished = new Integer[size];
    Boolean[] brings = new Boolean[size];
    int i = 0;
    for (Map.Entry<SessionKey, Touch> entry : touched.entrySet()) {
      athletes[i] = entry.getKey().athleteId();
      sessions[i] = entry.getKey().sessionId();
      received[i] = entry.getValue().receivedAtMs();
      tips[i] = entry.getValue().tipAtMs();
      partitions[i] = entry.getValue().partition();
      finishes[i] = entry.getValue().finishReceivedAtMs();
      ends[i] = entry.getValue().ends();
      led[i] = entry.getValue().ledReceivedAtMs();
      started[i] = entry.getValue().startedWriters();
      brings[i] = entry.getValue().brings();
      finished[i++] = entry.getValue().finishedWriters();
    }
    return pool.preparedQuery(TOUCH)
        .execute(Tuple.tuple()
            .addValue(athletes)
            .addValue(sessions)
            .addValue(received)
            .addValue(tips)
            .addValue(partitions)
            .addValue(finishes)
            .addValue(ends)
            .addValue(led)
            .addValue(started)
            .addValue(finished)
            .addValue(brings))
        .mapEmpty();
  }

  /** Sets a session aside whose fold fails; its chunks go on being stored. */
  Future<Void> quarantine(SessionKey key, String reason) {
    return pool.preparedQuery(QUARANTINE)
        .execute(Tuple.of(key.athleteId(), key.sessionId(), reason, TrackFold.ALGORITHM_VERSION))
        .mapEmpty();
  }

  /**
   * Leaves the training of a finished session as it is, of which what came late cannot be folded: that
   * is due again for a later version.
   */
  Future<Void> notRevised(SessionKey key, String reason) {
    return pool.preparedQuery(NOT_REVISED)
        .execute(Tuple.of(key.athleteId(), key.sessionId(), reason, TrackFold.ALGORITHM_VERSION))
        .mapEmpty();
  }

  /**
   * Goes on with sessions of these partitions that an older version set aside: what it could not fold,
   * this one may. Completes with those, of which there are more where there are {@code limit}.
   */
  Future<List<SessionKey>> takeUpAgain(Set<Integer> partitions, int version, int limit) {
    return pool.preparedQuery(TAKE_UP_AGAIN)
        .execute(Tuple.of(partitions.toArray(Integer[]::new), version, limit))
        .map(rows -> {
          List<SessionKey> keys = new ArrayList<>();
          rows.forEach(row -> keys.add(key(row)));
          return keys;
        });
  }

  /** Ends a session of which there is nothing to make a training of. */
  Future<Void> close(SessionKey key) {
    return pool.preparedQuery(CLOSE)
        .execute(Tuple.of(key.athleteId(), key.sessionId()))
        .mapEmpty();
  }

  /** The same, of a session of which nothing was noted since {@code head} was read. */
  Future<Void> closeSilent(SessionHead head) {
    return pool.preparedQuery(CLOSE_SILENT)
        .execute(Tuple.of(head.key().athleteId(), head.key().sessionId(), head.rowVersion()))
        .compose(rows -> rows.rowCount() == 1
            ? Future.succeededFuture()
            : Future.failedFuture(new OvertakenException("more came of the session")));
  }

  /** Sessions whose deadline has passed, those that wait longest first. */
  Future<List<SessionHead>> listDue(Set<Integer> partitions, Deadlines deadlines, int limit) {
    return pool.preparedQuery(LIST_DUE)
        .execute(due(partitions, deadlines).addValue(limit))
        .map(SessionRepository::heads);
  }

  /** The session as it is now, where that is so of it by now. */
  Future<Optional<SessionHead>> findStillDue(
      SessionKey key, Set<Integer> partitions, Deadlines deadlines) {
    return pool.preparedQuery(FIND_STILL_DUE)
        .execute(due(partitions, deadlines).addValue(key.athleteId()).addValue(key.sessionId()))
        .map(rows -> heads(rows).stream().findFirst());
  }

  private static Tuple due(Set<Integer> partitions, Deadlines deadlines) {
    return Tuple.tuple()
        .addValue(partitions.toArray(Integer[]::new))
        .addValue(deadlines.silentBeforeMs())
        .addValue(deadlines.finishedBeforeMs())
        .addValue(deadlines.revisedBeforeMs())
        .addValue(deadlines.wantedBeforeMs())
        .addValue(TrackFold.ALGORITHM_VERSION);
  }

  /** The training says all that had come when {@code head} was read. */
  Future<Void> revised(SessionHead head) {
    return pool.preparedQuery(REVISED)
        .execute(Tuple.of(head.key().athleteId(), head.key().sessionId(), head.rowVersion()))
        .mapEmpty();
  }

  /** First day of the month, in UTC. */
  static LocalDate bucketOf(long receivedAtMs) {
    return Instant.ofEpochMilli(receivedAtMs)
        .atZone(ZoneOffset.UTC)
        .toLocalDate()
        .withDayOfMonth(1);
  }

  private static Optional<SessionHead> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(head(row));
    }
    return Optional.empty();
  }

  static List<SessionHead> heads(RowSet<Row> rows) {
    List<SessionHead> heads = new ArrayList<>(rows.size());
    rows.forEach(row -> heads.add(head(row)));
    return heads;
  }

  private static SessionKey key(Row row) {
    return new SessionKey(row.getUUID("athlete_id"), row.getUUID("session_id"));
  }

  private static SessionHead head(Row row) {
    return new SessionHead(
        key(row),
        row.getLocalDate("bucket"),
        row.getInteger("algorithm_version"),
        PinnedParameters.of(
            row.get(JsonObject.class, "parameters"), row.getLong("first_received_at_ms")),
        row.getLong("clock_offset_ms"),
        row.getUUID("device_id"),
        SessionHead.State.of(row.getInteger("state")),
        row.getLong("tip_at_ms"),
        row.getBoolean("start_told"),
        row.getString("row_version"));
  }
}
