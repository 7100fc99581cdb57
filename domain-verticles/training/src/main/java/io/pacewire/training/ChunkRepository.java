package io.pacewire.training;

import io.pacewire.wire.WireLimits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The chunks: batches as devices sent them, each stored once. */
final class ChunkRepository {
  private static final String INSERT = """
      INSERT INTO chunk (bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body)
      SELECT bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body
      FROM UNNEST($1::date[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::smallint[],
          $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::bytea[])
        AS input (bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body)
      ON CONFLICT (bucket, athlete_id, session_id, writer, seq) DO NOTHING
      RETURNING athlete_id, session_id, writer, seq
      """;

  private static final String STORED_HASHES = """
      SELECT chunk.athlete_id, chunk.session_id, chunk.writer, chunk.seq, chunk.hash
      FROM chunk
      JOIN UNNEST($1::date[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[])
        AS asked (bucket, athlete_id, session_id, writer, seq)
        USING (bucket, athlete_id, session_id, writer, seq)
      """;

  /** So many of a writer are enough to know what it is: a hostile one could make them without end. */
  private static final String INSERT_REFUSALS = """
      INSERT INTO refusal (athlete_id, session_id, writer, seq, hash, reason, received_at_ms)
      SELECT athlete_id, session_id, writer, seq, hash, 'conflicting-content', received_at_ms
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::bigint[], $6::bigint[])
        AS input (athlete_id, session_id, writer, seq, hash, received_at_ms)
      WHERE (SELECT count(*) FROM refusal AS had
             WHERE had.athlete_id = input.athlete_id AND had.session_id = input.session_id
               AND had.writer = input.writer) < 1024
      ON CONFLICT (athlete_id, session_id, writer, seq, hash) DO NOTHING
      """;

  private static final String LIST_FROM = """
      SELECT writer, seq, first_at_ms, last_at_ms, body, reason
      FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND seq >= $5
      ORDER BY seq
      LIMIT $6
      """;

  private static final String LIST_SPANS = """
      SELECT seq, first_at_ms, last_at_ms
      FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND seq >= $5
      ORDER BY seq
      LIMIT $6
      """;

  private static final String LIST_WRITERS = """
      SELECT writer FROM generate_series(0, $4::int) AS writer
      WHERE EXISTS (
        SELECT 1 FROM chunk
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
          AND chunk.writer = writer.writer::smallint)
      ORDER BY writer
      """;

  private static final String COUNT = """
      SELECT count(*) AS chunks FROM chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3
      """;

  private final SqlClient pool;

  ChunkRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** Stores what is not stored yet, in one statement; returns what was new. */
  Future<Set<ChunkId>> insertNew(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    if (records.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    int size = records.size();
    ChunkKeys keys = ChunkKeys.of(records, heads);
    Integer[] kinds = new Integer[size];
    Long[] hashes = new Long[size];
    Long[] firsts = new Long[size];
    Long[] lasts = new Long[size];
    Long[] received = new Long[size];
    String[] reasons = new String[size];
    Buffer[] bodies = new Buffer[size];
    for (int i = 0; i < size; i++) {
      TelemetryRecord record = records.get(i);
      kinds[i] = record.fault() == null ? 0 : 1;
      hashes[i] = record.hash();
      firsts[i] = record.firstAtMs();
      lasts[i] = record.lastAtMs();
      received[i] = record.receivedAtMs();
      reasons[i] = record.fault();
      bodies[i] = Buffer.buffer(record.bytes());
    }
    Tuple parameters = keys.tuple()
        .addValue(kinds)
        .addValue(hashes)
        .addValue(firsts)
        .addValue(lasts)
        .addValue(received)
        .addValue(reasons)
        .addValue(bodies);
    return pool.preparedQuery(INSERT).execute(parameters).map(ChunkRepository::ids);
  }

  /** Hashes of those of {@code records} that are stored, by their key. */
  Future<Map<ChunkId, Long>> findHashes(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    if (records.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(STORED_HASHES)
        .execute(ChunkKeys.of(records, heads).tuple())
        .map(rows -> {
          Map<ChunkId, Long> hashes = new HashMap<>();
          rows.forEach(row -> hashes.put(id(row), row.getLong("hash")));
          return hashes;
        });
  }

  /** Remembers batches whose place was taken by another content. */
  Future<Void> insertRefusals(List<TelemetryRecord> records) {
    if (records.isEmpty()) {
      return Future.succeededFuture();
    }
    int size = records.size();
    UUID[] athletes = new UUID[size];
    UUID[] sessions = new UUID[size];
    Integer[] writers = new Integer[size];
    Integer[] seqs = new Integer[size];
    Long[] hashes = new Long[size];
    Long[] received = new Long[size];
    for (int i = 0; i < size; i++) {
      TelemetryRecord record = records.get(i);
      athletes[i] = record.writer().session().athleteId();
      sessions[i] = record.writer().session().sessionId();
      writers[i] = record.writer().writer();
      seqs[i] = record.seq();
      hashes[i] = record.hash();
      received[i] = record.receivedAtMs();
    }
    return pool.preparedQuery(INSERT_REFUSALS)
        .execute(Tuple.tuple()
            .addValue(athletes)
            .addValue(sessions)
            .addValue(writers)
            .addValue(seqs)
            .addValue(hashes)
            .addValue(received))
        .mapEmpty();
  }

  /** At most {@code limit} chunks of a writer in sequence order, holes and all. */
  Future<List<Chunk>> listFrom(SessionHead head, int writer, int fromSeq, int limit) {
    return pool.preparedQuery(LIST_FROM)
        .execute(writerTuple(head, writer, fromSeq, limit))
        .map(rows -> {
          List<Chunk> chunks = new ArrayList<>(rows.size());
          rows.forEach(row -> chunks.add(chunk(row)));
          return chunks;
        });
  }

  /** As {@link #listFrom}, without the bodies. */
  Future<List<ChunkSpan>> listSpans(SessionHead head, int writer, int fromSeq, int limit) {
    return pool.preparedQuery(LIST_SPANS)
        .execute(writerTuple(head, writer, fromSeq, limit))
        .map(rows -> {
          List<ChunkSpan> spans = new ArrayList<>(rows.size());
          rows.forEach(row -> spans.add(new ChunkSpan(
              row.getInteger("seq"), row.getLong("first_at_ms"), row.getLong("last_at_ms"))));
          return spans;
        });
  }

  /** Who stored anything of a session, by ascending number. */
  Future<List<Integer>> listWriters(SessionHead head) {
    return pool.preparedQuery(LIST_WRITERS)
        .execute(sessionTuple(head).addValue(WireLimits.MAX_WRITERS - 1))
        .map(rows -> {
          List<Integer> writers = new ArrayList<>(2);
          rows.forEach(row -> writers.add(row.getInteger("writer")));
          return writers;
        });
  }

  Future<Long> count(SessionHead head) {
    return pool.preparedQuery(COUNT)
        .execute(sessionTuple(head))
        .map(rows -> rows.iterator().next().getLong("chunks"));
  }

  private static Tuple sessionTuple(SessionHead head) {
    return Tuple.of(head.bucket(), head.key().athleteId(), head.key().sessionId());
  }

  private static Tuple writerTuple(SessionHead head, int writer, int fromSeq, int limit) {
    return sessionTuple(head).addValue(writer).addValue(fromSeq).addValue(limit);
  }

  private static Set<ChunkId> ids(RowSet<Row> rows) {
    Set<ChunkId> ids = new HashSet<>();
    rows.forEach(row -> ids.add(id(row)));
    return ids;
  }

  private static ChunkId id(Row row) {
    SessionKey session = new SessionKey(row.getUUID("athlete_id"), row.getUUID("session_id"));
    return new ChunkId(new WriterKey(session, row.getInteger("writer")), row.getInteger("seq"));
  }

  private static Chunk chunk(Row row) {
    return new Chunk(
        row.getInteger("writer"),
        row.getInteger("seq"),
        row.getLong("first_at_ms"),
        row.getLong("last_at_ms"),
        row.getBuffer("body").getBytes(),
        row.getString("reason"));
  }

  /** The columns of many chunk keys, as PostgreSQL's UNNEST wants them. */
  private record ChunkKeys(
      LocalDate[] buckets, UUID[] athletes, UUID[] sessions, Integer[] writers, Integer[] seqs) {

    static ChunkKeys of(List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
      int size = records.size();
      ChunkKeys keys = new ChunkKeys(
          new LocalDate[size],
          new UUID[size],
          new UUID[size],
          new Integer[size],
          new Integer[size]);
      for (int i = 0; i < size; i++) {
        TelemetryRecord record = records.get(i);
        SessionKey session = record.writer().session();
        SessionHead head = heads.get(session);
        if (head == null) {
          throw new IllegalStateException("no head for session " + session.sessionId());
        }
        keys.buckets[i] = head.bucket();
        keys.athletes[i] = session.athleteId();
        keys.sessions[i] = session.sessionId();
        keys.writers[i] = record.writer().writer();
        keys.seqs[i] = record.seq();
      }
      return keys;
    }

    Tuple tuple() {
      return Tuple.tuple()
          .addValue(buckets)
          .addValue(athletes)
          .addValue(sessions)
          .addValue(writers)
          .addValue(seqs);
    }
  }
}
