package io.pacewire.training;

import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What devices said that they dropped for good: of each writer {@link SkipRules#MOST_A_WRITER} rows at
 * the most, which are disjoint and do not touch.
 */
final class SkipRepository {
  /** Each holds a lock and has up to 256 rows read. */
  private static final int WRITERS_A_TRANSACTION = 100;

  /** Held to the end of the transaction, taken in order: of two at once each would not see the other's. */
  private static final String LOCK = """
      SELECT pg_advisory_xact_lock(hashtextextended(writer, 6)) FROM UNNEST($1::text[]) AS writer
      """;

  private static final String REPLACE = """
      WITH merged AS (
        DELETE FROM skip
        USING UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::int[])
          AS old (athlete_id, session_id, writer, from_seq, to_seq)
        WHERE skip.athlete_id = old.athlete_id AND skip.session_id = old.session_id
          AND skip.writer = old.writer AND skip.from_seq = old.from_seq
          AND skip.to_seq = old.to_seq)
      INSERT INTO skip (athlete_id, session_id, writer, from_seq, to_seq)
      SELECT athlete_id, session_id, writer, from_seq, to_seq
      FROM UNNEST($6::uuid[], $7::uuid[], $8::smallint[], $9::int[], $10::int[])
        AS input (athlete_id, session_id, writer, from_seq, to_seq)
      ON CONFLICT DO NOTHING
      """;

  private static final String LIST = """
      SELECT from_seq, to_seq FROM skip
      WHERE athlete_id = $1 AND session_id = $2 AND writer = $3
      ORDER BY from_seq, to_seq
      LIMIT $4
      """;

  /** Of the ranges that {@link #LIST} gives; in each it looks for the first batch alone. */
  private static final String ANY_STORED = """
      SELECT EXISTS (
        SELECT FROM (
          SELECT from_seq, to_seq FROM skip
          WHERE athlete_id = $2 AND session_id = $3 AND writer = $4
          ORDER BY from_seq, to_seq
          LIMIT $6) AS said
        CROSS JOIN LATERAL (
          SELECT FROM chunk
          WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
            AND seq BETWEEN from_seq AND to_seq AND seq < $5
          LIMIT 1) AS found) AS any
      """;

  private static final String LIST_ALL = """
      SELECT asked.athlete_id, asked.session_id, asked.writer, said.from_seq, said.to_seq
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[]) AS asked (athlete_id, session_id, writer)
      CROSS JOIN LATERAL (
        SELECT from_seq, to_seq FROM skip
        WHERE skip.athlete_id = asked.athlete_id AND skip.session_id = asked.session_id
          AND skip.writer = asked.writer
        ORDER BY from_seq, to_seq
        LIMIT $4) AS said
      """;

  private final Pool pool;

  SkipRepository(Pool pool) {
    this.pool = pool;
  }

  /**
   * Takes in what batches say that are stored. Twice is once.
   *
   * @return all that is kept of the writers who said anything, which is what a fold may know
   */
  Future<Map<WriterKey, SeqRanges>> add(List<TelemetryRecord> stored) {
    Map<WriterKey, List<SeqRanges>> said = new HashMap<>();
    for (TelemetryRecord record : stored) {
      if (!record.digest().skipped().isEmpty()) {
        said.computeIfAbsent(record.writer(), key -> new ArrayList<>())
            .add(record.digest().skipped());
      }
    }
    List<WriterKey> writers = new ArrayList<>(said.keySet());
    writers.sort(Comparator.comparing(SkipRepository::lockName));
    List<List<WriterKey>> groups = new ArrayList<>();
    for (int from = 0; from < writers.size(); from += WRITERS_A_TRANSACTION) {
      int to = Math.min(writers.size(), from + WRITERS_A_TRANSACTION);
      groups.add(writers.subList(from, to));
    }
    Map<WriterKey, SeqRanges> kept = new HashMap<>();
    return InTurn.each(
            groups,
            group -> pool.withTransaction(tx -> add(tx, group, said).map(now -> {
              kept.putAll(now);
              return null;
            })))
        .map(done -> kept);
  }

  private static Future<Map<WriterKey, SeqRanges>> add(
      SqlConnection tx, List<WriterKey> writers, Map<WriterKey, List<SeqRanges>> said) {
    String[] locked = writers.stream().map(SkipRepository::lockName).toArray(String[]::new);
    return tx.preparedQuery(LOCK)
        .execute(Tuple.tuple().addValue(locked))
        .compose(done -> rows(tx, writers))
        .compose(held -> {
          Map<WriterKey, SeqRanges> kept = merged(held);
          for (WriterKey writer : writers) {
            SeqRanges ranges = kept.computeIfAbsent(writer, key -> new SeqRanges());
            said.getOrDefault(writer, List.of()).forEach(one -> SkipRules.take(ranges, one));
          }
          return replace(tx, held, rows(kept)).map(kept);
        });
  }

  private static String lockName(WriterKey key) {
    return key.session().athleteId() + "/" + key.session().sessionId() + "/" + key.writer();
  }

  private record SkipRow(WriterKey writer, int fromSeq, int toSeq) {}

  private static Future<Set<SkipRow>> rows(SqlClient client, List<WriterKey> writers) {
    return client
        .preparedQuery(LIST_ALL)
        .execute(WriterKey.columns(writers).addValue(SkipRules.MOST_A_WRITER))
        .map(rows -> {
          Set<SkipRow> held = new LinkedHashSet<>();
          rows.forEach(row -> held.add(new SkipRow(
              WriterKey.of(row), row.getInteger("from_seq"), row.getInteger("to_seq"))));
          return held;
        });
  }

  private static Map<WriterKey, SeqRanges> merged(Set<SkipRow> rows) {
    Map<WriterKey, SeqRanges> ranges = new HashMap<>();
    rows.forEach(row -> ranges
        .computeIfAbsent(row.writer(), key -> new SeqRanges())
        .add(row.fromSeq(), row.toSeq()));
    return ranges;
  }

  private static Set<SkipRow> rows(Map<WriterKey, SeqRanges> ranges) {
    Set<SkipRow> rows = new LinkedHashSet<>();
    ranges.forEach((writer, kept) -> {
      for (int range = 0; range < kept.count(); range++) {
        rows.add(new SkipRow(writer, kept.from(range), kept.to(range)));
      }
    });
    return rows;
  }

  private static Future<Void> replace(SqlConnection tx, Set<SkipRow> held, Set<SkipRow> kept) {
    List<SkipRow> old = held.stream().filter(row -> !kept.contains(row)).toList();
    List<SkipRow> fresh = kept.stream().filter(row -> !held.contains(row)).toList();
    Tuple tuple = Tuple.tuple();
    addColumns(tuple, old);
    addColumns(tuple, fresh);
    return old.isEmpty() && fresh.isEmpty()
        ? Future.succeededFuture()
        : tx.preparedQuery(REPLACE).execute(tuple).mapEmpty();
  }

  private static void addColumns(Tuple tuple, List<SkipRow> rows) {
    Tuple keys = WriterKey.columns(rows.stream().map(SkipRow::writer).toList());
    for (int column = 0; column < keys.size(); column++) {
      tuple.addValue(keys.getValue(column));
    }
    tuple
        .addValue(rows.stream().map(SkipRow::fromSeq).toArray(Integer[]::new))
        .addValue(rows.stream().map(SkipRow::toSeq).toArray(Integer[]::new));
  }

  /** Whether a batch below {@code belowSeq} is there that its device said it had dropped. */
  Future<Boolean> isAnyStored(WriterKey writer, SessionHead head, int belowSeq) {
    return pool.preparedQuery(ANY_STORED)
        .execute(Tuple.of(
            head.bucket(),
            writer.session().athleteId(),
            writer.session().sessionId(),
            writer.writer(),
            belowSeq,
            SkipRules.MOST_A_WRITER))
        .map(rows -> rows.iterator().next().getBoolean("any"));
  }

  /** Of those who said anything. */
  Future<Map<WriterKey, SeqRanges>> findAll(List<WriterKey> writers) {
    return rows(pool, writers).map(SkipRepository::merged);
  }

  Future<SeqRanges> find(WriterKey writer) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(
            writer.session().athleteId(),
            writer.session().sessionId(),
            writer.writer(),
            SkipRules.MOST_A_WRITER))
        .map(rows -> {
          SeqRanges skipped = new SeqRanges();
          rows.forEach(row -> skipped.add(row.getInteger("from_seq"), row.getInteger("to_seq")));
          return skipped;
        });
  }
}
