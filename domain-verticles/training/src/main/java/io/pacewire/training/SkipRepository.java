package io.pacewire.training;

import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What devices said that they dropped for good. */
final class SkipRepository {
  /** More make the fold wait for what is missing, as if nothing had been said. */
  private static final int MAX_A_WRITER = 256;

  private static final String INSERT = """
      INSERT INTO skip (athlete_id, session_id, writer, from_seq, to_seq)
      SELECT athlete_id, session_id, writer, from_seq, to_seq
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::int[])
        AS input (athlete_id, session_id, writer, from_seq, to_seq)
      ON CONFLICT DO NOTHING
      """;

  private static final String LIST = """
      SELECT from_seq, to_seq FROM skip
      WHERE athlete_id = $1 AND session_id = $2 AND writer = $3
      ORDER BY from_seq, to_seq
      LIMIT $4
      """;

  private static final String ANY_STORED = """
      SELECT EXISTS (
        SELECT FROM skip
        JOIN chunk USING (athlete_id, session_id, writer)
        WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4
          AND seq BETWEEN from_seq AND to_seq AND seq < $5) AS any
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

  private final SqlClient pool;

  SkipRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** Twice is once. */
  Future<Void> insert(List<TelemetryRecord> records) {
    List<UUID> athletes = new ArrayList<>();
    List<UUID> sessions = new ArrayList<>();
    List<Integer> writers = new ArrayList<>();
    List<Integer> froms = new ArrayList<>();
    List<Integer> tos = new ArrayList<>();
    for (TelemetryRecord record : records) {
      SeqRanges skipped = record.digest().skipped();
      for (int range = 0; range < Math.min(skipped.count(), MAX_A_WRITER); range++) {
        athletes.add(record.writer().session().athleteId());
        sessions.add(record.writer().session().sessionId());
        writers.add(record.writer().writer());
        froms.add(skipped.from(range));
        tos.add(skipped.to(range));
      }
    }
    return athletes.isEmpty()
        ? Future.succeededFuture()
        : pool.preparedQuery(INSERT)
            .execute(Tuple.tuple()
                .addValue(athletes.toArray(UUID[]::new))
                .addValue(sessions.toArray(UUID[]::new))
                .addValue(writers.toArray(Integer[]::new))
                .addValue(froms.toArray(Integer[]::new))
                .addValue(tos.toArray(Integer[]::new)))
            .mapEmpty();
  }

  /** Whether a batch below {@code belowSeq} is there that its device said it had dropped. */
  Future<Boolean> isAnyStored(WriterKey writer, SessionHead head, int belowSeq) {
    return pool.preparedQuery(ANY_STORED)
        .execute(Tuple.of(
            head.bucket(),
            writer.session().athleteId(),
            writer.session().sessionId(),
            writer.writer(),
            belowSeq))
        .map(rows -> rows.iterator().next().getBoolean("any"));
  }

  /** Of those who said anything. */
  Future<Map<WriterKey, SeqRanges>> findAll(List<WriterKey> writers) {
    return pool.preparedQuery(LIST_ALL)
        .execute(WriterKey.columns(writers).addValue(MAX_A_WRITER))
        .map(rows -> {
          Map<WriterKey, SeqRanges> skipped = new HashMap<>();
          rows.forEach(row -> skipped
              .computeIfAbsent(WriterKey.of(row), key -> new SeqRanges())
              .add(row.getInteger("from_seq"), row.getInteger("to_seq")));
          return skipped;
        });
  }

  Future<SeqRanges> find(WriterKey writer) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(
            writer.session().athleteId(),
            writer.session().sessionId(),
            writer.writer(),
            MAX_A_WRITER))
        .map(rows -> {
          SeqRanges skipped = new SeqRanges();
          rows.forEach(row -> skipped.add(row.getInteger("from_seq"), row.getInteger("to_seq")));
          return skipped;
        });
  }
}
