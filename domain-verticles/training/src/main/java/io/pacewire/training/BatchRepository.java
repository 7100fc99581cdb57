package io.pacewire.training;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Batches as they come, many at once: stored where their place is free, remembered where it is not. */
final class BatchRepository {
  private static final String INSERT_ALL = """
      INSERT INTO chunk (bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body)
      SELECT bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body
      FROM UNNEST($1::date[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::smallint[],
          $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::bytea[])
        AS input (bucket, athlete_id, session_id, writer, seq, kind, hash, first_at_ms,
          last_at_ms, received_at_ms, reason, body)
      """;

  private static final String WHERE_NOT_SEALED = """
      WHERE coalesce(
        (SELECT sealed.to_seq FROM sealed_chunk AS sealed
         WHERE sealed.bucket = input.bucket AND sealed.athlete_id = input.athlete_id
           AND sealed.session_id = input.session_id AND sealed.writer = input.writer
           AND sealed.from_seq <= input.seq
         ORDER BY sealed.from_seq DESC
         LIMIT 1), -1) < input.seq
      """;

  private static final String IF_NEW = """
      ON CONFLICT (bucket, athlete_id, session_id, writer, seq) DO NOTHING
      RETURNING athlete_id, session_id, writer, seq
      """;

  /** Of running sessions, of which nothing is sealed: the other costs half as much again. */
  private static final String INSERT = INSERT_ALL + IF_NEW;

  private static final String INSERT_UNSEALED = INSERT_ALL + WHERE_NOT_SEALED + IF_NEW;

  private static final String STORED = """
      SELECT chunk.athlete_id, chunk.session_id, chunk.writer, chunk.seq, chunk.hash,
          chunk.received_at_ms
      FROM chunk
      JOIN UNNEST($1::date[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[])
        AS asked (bucket, athlete_id, session_id, writer, seq)
        USING (bucket, athlete_id, session_id, writer, seq)
      """;

  private static final String SEALED_PLACES = """
      SELECT asked.athlete_id, asked.session_id, asked.writer, asked.seq, sealed.from_seq
      FROM UNNEST($1::date[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[])
        AS asked (bucket, athlete_id, session_id, writer, seq)
      CROSS JOIN LATERAL (
        SELECT from_seq, to_seq FROM sealed_chunk
        WHERE bucket = asked.bucket AND athlete_id = asked.athlete_id
          AND session_id = asked.session_id AND writer = asked.writer AND from_seq <= asked.seq
        ORDER BY from_seq DESC
        LIMIT 1) AS sealed
      WHERE sealed.to_seq >= asked.seq
      """;

  /** So many of a writer are enough to know what it is: a hostile one could make them without end. */
  private static final String INSERT_REFUSALS = """
      INSERT INTO refusal (athlete_id, session_id, writer, seq, hash, reason, received_at_ms)
      SELECT athlete_id, session_id, writer, seq, hash, 'conflicting-content', received_at_ms
      FROM (SELECT *, row_number() OVER (PARTITION BY athlete_id, session_id, writer) AS nth
            FROM (SELECT DISTINCT ON (athlete_id, session_id, writer, seq, hash) *
                  FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::bigint[], $6::bigint[])
                    AS refused (athlete_id, session_id, writer, seq, hash, received_at_ms)) AS one
            WHERE NOT EXISTS (SELECT FROM refusal
                              WHERE (athlete_id, session_id, writer, seq, hash)
                                = (one.athlete_id, one.session_id, one.writer, one.seq, one.hash))) AS input
      WHERE nth + (SELECT count(*) FROM refusal AS had
                   WHERE had.athlete_id = input.athlete_id AND had.session_id = input.session_id
                     AND had.writer = input.writer) <= 1024
      ON CONFLICT (athlete_id, session_id, writer, seq, hash) DO NOTHING
      """;

  private static final int MOST_SIDE_BY_SIDE = 2;
  private static final int LEAST_OF_A_PART = 200;

  private final SqlClient pool;
  private final SealedChunkRepository sealed;

  BatchRepository(SqlClient pool) {
    this.pool = pool;
    sealed = new SealedChunkRepository(pool);
  }

  /**
   * Stores what is not stored yet, in one statement of running sessions and one of others; returns
   * what was new. Whoever takes a session for running that was sealed meanwhile may store a batch
   * beside the sealed one: that one counts, and the other goes when the session is sealed again.
   */
  Future<Set<ChunkId>> insertNew(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    Map<Boolean, List<TelemetryRecord>> byLife =
        records.stream().collect(Collectors.partitioningBy(record -> isRunning(record, heads)));
    return insertNew(INSERT, byLife.getOrDefault(true, List.of()), heads)
        .compose(
            inserted -> insertNew(INSERT_UNSEALED, byLife.getOrDefault(false, List.of()), heads)
                .map(more -> {
                  Set<ChunkId> all = new HashSet<>(inserted);
                  all.addAll(more);
                  return all;
                }));
  }

  private static boolean isRunning(TelemetryRecord record, Map<SessionKey, SessionHead> heads) {
    return head(heads, record.writer().session()).state() == SessionHead.State.LIVE;
  }

  /** Side by side where there are many: a statement keeps one of the database's processors busy. */
  private Future<Set<ChunkId>> insertNew(
      String statement, List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    int parts = Math.max(1, Math.min(MOST_SIDE_BY_SIDE, records.size() / LEAST_OF_A_PART));
    List<Future<Set<ChunkId>>> inserted = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      int from = records.size() * part / parts;
      int to = records.size() * (part + 1) / parts;
      inserted.add(insertPart(statement, records.subList(from, to), heads));
    }
    // All of them, so that nothing is under way any more where one fails and the poll is done
    // again.
    return Future.join(inserted).map(done -> {
      Set<ChunkId> all = new HashSet<>(records.size() * 2);
      inserted.forEach(part -> all.addAll(part.result()));
      return all;
    });
  }

  private Future<Set<ChunkId>> insertPart(
      String statement, List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
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
    return pool.preparedQuery(statement).execute(parameters).map(BatchRepository::ids);
  }

  /** What is stored at the places of {@code records}. */
  Future<Map<ChunkId, StoredBatch>> findStored(
      List<TelemetryRecord> records, Map<SessionKey, SessionHead> heads) {
    if (records.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(STORED)
        .execute(ChunkKeys.of(records, heads).tuple())
        .map(rows -> {
          Map<ChunkId, StoredBatch> stored = new HashMap<>();
          rows.forEach(row -> stored.put(
              id(row), new StoredBatch(row.getLong("hash"), row.getLong("received_at_ms"))));
          return stored;
        })
        .compose(stored -> {
          List<TelemetryRecord> others = records.stream()
              .filter(record -> !stored.containsKey(record.chunkId()) || !isRunning(record, heads))
              .toList();
          // In this order: what is sealed in between is found here, though not there any more.
          return others.isEmpty()
              ? Future.succeededFuture(stored)
              : findSealed(others, heads, stored);
        });
  }

  private Future<Map<ChunkId, StoredBatch>> findSealed(
      List<TelemetryRecord> records,
      Map<SessionKey, SessionHead> heads,
      Map<ChunkId, StoredBatch> stored) {
    return pool.preparedQuery(SEALED_PLACES)
        .execute(ChunkKeys.of(records, heads).tuple())
        .compose(rows -> {
          Map<ChunkId, List<Integer>> asked = new LinkedHashMap<>();
          for (Row row : rows) {
            ChunkId id = id(row);
            asked
                .computeIfAbsent(
                    new ChunkId(id.writer(), row.getInteger("from_seq")), one -> new ArrayList<>())
                .add(id.seq());
          }
          Future<Void> chain = Future.succeededFuture();
          for (Map.Entry<ChunkId, List<Integer>> one : asked.entrySet()) {
            WriterKey writer = one.getKey().writer();
            chain = chain
                .compose(done -> sealed.findBatches(
                    head(heads, writer.session()), writer.writer(), one.getKey().seq()))
                .map(found -> {
                  one.getValue().stream()
                      .filter(found::containsKey)
                      .forEach(seq -> stored.put(new ChunkId(writer, seq), found.get(seq)));
                  return null;
                });
          }
          return chain.map(stored);
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

  private static Set<ChunkId> ids(RowSet<Row> rows) {
    Set<ChunkId> ids = new HashSet<>();
    rows.forEach(row -> ids.add(id(row)));
    return ids;
  }

  private static ChunkId id(Row row) {
    SessionKey session = new SessionKey(row.getUUID("athlete_id"), row.getUUID("session_id"));
    return new ChunkId(new WriterKey(session, row.getInteger("writer")), row.getInteger("seq"));
  }

  private static SessionHead head(Map<SessionKey, SessionHead> heads, SessionKey session) {
    SessionHead head = heads.get(session);
    if (head == null) {
      throw new IllegalStateException("no head for session " + session.sessionId());
    }
    return head;
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
        SessionHead head = head(heads, session);
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
