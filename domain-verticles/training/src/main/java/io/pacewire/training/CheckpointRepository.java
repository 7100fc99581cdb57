package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Saved fold states. Only a cache: a lost or unreadable one is rebuilt from chunks. */
final class CheckpointRepository {
  private static final String FIND_ALL = """
      SELECT saved.athlete_id, saved.session_id, saved.writer, saved.algorithm_version,
          saved.position, saved.state
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[])
        AS asked (athlete_id, session_id, writer, algorithm_version)
      JOIN checkpoint AS saved USING (athlete_id, session_id, writer, algorithm_version)
      """;

  /** An owner that lost its partition can only write an older state that is right as well. */
  private static final String SAVE = """
      INSERT INTO checkpoint (athlete_id, session_id, writer, algorithm_version, position, state)
      SELECT athlete_id, session_id, writer, algorithm_version, position, state
      FROM UNNEST($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[], $5::int[], $6::bytea[])
        AS input (athlete_id, session_id, writer, algorithm_version, position, state)
      ON CONFLICT (athlete_id, session_id, writer, algorithm_version) DO UPDATE
      SET position = excluded.position, state = excluded.state
      WHERE checkpoint.position < excluded.position
      """;

  private static final String DELETE =
      "DELETE FROM checkpoint WHERE athlete_id = $1 AND session_id = $2 AND writer = $3";

  private final SqlClient pool;

  CheckpointRepository(SqlClient pool) {
    this.pool = pool;
  }

  /** @param position the first sequence number that {@code state} has not seen */
  record Checkpoint(WriterKey writer, int algorithmVersion, int position, byte[] state) {}

  /** Of those who have one of their session's algorithm version. */
  Future<Map<WriterKey, Checkpoint>> findAll(List<FoldLoader.Wanted> wanted) {
    return pool.preparedQuery(FIND_ALL)
        .execute(FoldLoader.Wanted.columns(wanted))
        .map(rows -> {
          Map<WriterKey, Checkpoint> found = new HashMap<>();
          for (Row row : rows) {
            WriterKey key = WriterKey.of(row);
            found.put(
                key,
                new Checkpoint(
                    key,
                    row.getInteger("algorithm_version"),
                    row.getInteger("position"),
                    row.getBuffer("state").getBytes()));
          }
          return found;
        });
  }

  Future<Void> save(Collection<Checkpoint> checkpoints) {
    if (checkpoints.isEmpty()) {
      return Future.succeededFuture();
    }
    int size = checkpoints.size();
    UUID[] athletes = new UUID[size];
    UUID[] sessions = new UUID[size];
    Integer[] writers = new Integer[size];
    Integer[] versions = new Integer[size];
    Integer[] positions = new Integer[size];
    Buffer[] states = new Buffer[size];
    int i = 0;
    for (Checkpoint checkpoint : checkpoints) {
      athletes[i] = checkpoint.writer().session().athleteId();
      sessions[i] = checkpoint.writer().session().sessionId();
      writers[i] = checkpoint.writer().writer();
      versions[i] = checkpoint.algorithmVersion();
      positions[i] = checkpoint.position();
      states[i++] = Buffer.buffer(checkpoint.state());
    }
    return pool.preparedQuery(SAVE)
        .execute(Tuple.tuple()
            .addValue(athletes)
            .addValue(sessions)
            .addValue(writers)
            .addValue(versions)
            .addValue(positions)
            .addValue(states))
        .mapEmpty();
  }

  Future<Void> delete(WriterKey writer) {
    return pool.preparedQuery(DELETE)
        .execute(
            Tuple.of(writer.session().athleteId(), writer.session().sessionId(), writer.writer()))
        .mapEmpty();
  }
}
