package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** What of a session is sealed, read so that nobody has to know whether a chunk is or is not. */
final class SealedChunkRepository {
  private static final String FIND = """
      SELECT body, reason FROM sealed_chunk
      WHERE bucket = $1 AND athlete_id = $2 AND session_id = $3 AND writer = $4 AND from_seq = $5
      """;

  private final SqlClient pool;

  SealedChunkRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** What was sealed together, by its sequence numbers. */
  Future<Map<Integer, StoredBatch>> findBatches(SessionHead head, int writer, int fromSeq) {
    SessionKey key = head.key();
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(head.bucket(), key.athleteId(), key.sessionId(), writer, fromSeq))
        .map(rows -> {
          Map<Integer, StoredBatch> batches = new HashMap<>();
          for (Row row : rows) {
            for (Chunk chunk : unsealed(row, writer, fromSeq)) {
              batches.put(chunk.seq(), new StoredBatch(chunk.hash(), chunk.receivedAtMs()));
            }
          }
          return batches;
        });
  }

  /**
   * Chunks from rows of both kinds, of which at most so many of each kind were asked for, beginning
   * with {@code fromSeq}. Where one of the kinds was cut off, nothing is told of what lies beyond.
   *
   * @param next gets the sequence number to go on from; not called where this is the end
   */
  static List<Chunk> merged(
      RowSet<Row> rows, int writer, int fromSeq, int mostRaw, int mostSealed, IntConsumer next) {
    List<Chunk> raw = new ArrayList<>(rows.size());
    List<Chunk> sealed = new ArrayList<>();
    int ranges = 0;
    int sealedUntil = -1;
    for (Row row : rows) {
      Integer toSeq = row.getInteger("to_seq");
      if (toSeq == null) {
        raw.add(raw(row, writer));
      } else {
        ranges++;
        sealedUntil = Math.max(sealedUntil, toSeq);
        sealed.addAll(unsealed(row, writer, row.getInteger("from_seq")));
      }
    }
    int horizon = Integer.MAX_VALUE;
    if (raw.size() == mostRaw) {
      horizon = raw.get(raw.size() - 1).seq();
    }
    if (ranges == mostSealed) {
      horizon = Math.min(horizon, sealedUntil);
    }
    if (horizon != Integer.MAX_VALUE) {
      next.accept(horizon + 1);
    }
    return inOrder(raw, sealed, fromSeq, horizon);
  }

  /** A chunk that was sealed and is still there is told once. */
  private static List<Chunk> inOrder(
      List<Chunk> raw, List<Chunk> sealed, int fromSeq, int horizon) {
    if (sealed.isEmpty()) {
      return raw;
    }
    Map<Integer, Chunk> bySeq = new HashMap<>();
    raw.forEach(chunk -> bySeq.put(chunk.seq(), chunk));
    sealed.forEach(chunk -> bySeq.put(chunk.seq(), chunk));
    return bySeq.values().stream()
        .filter(chunk -> chunk.seq() >= fromSeq && chunk.seq() <= horizon)
        .sorted(Comparator.comparingInt(Chunk::seq))
        .toList();
  }

  private static List<Chunk> unsealed(Row row, int writer, int fromSeq) {
    return FoldFault.within(() -> SealedCodec.decode(
        row.getBuffer("body").getBytes(), writer, fromSeq, row.getString("reason")));
  }

  static Chunk raw(Row row, int writer) {
    return new Chunk(
        writer,
        row.getInteger("from_seq"),
        row.getLong("hash"),
        row.getLong("first_at_ms"),
        row.getLong("last_at_ms"),
        row.getLong("received_at_ms"),
        row.getBuffer("body").getBytes(),
        row.getString("reason"));
  }
}
