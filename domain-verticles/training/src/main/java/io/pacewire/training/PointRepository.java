package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * The points of finished trainings, one row each: read instead of folding all chunks again. A cache of
 * the fold, replaced with each revision; losing it costs the fold that fills it again. Packed and
 * unpacked beside the event loop.
 *
 * <p>To draw a training: {@link TrainingLines#of}, then {@link
 * StoredPoints#value(PointColumn, int)}, or {@link StoredPoints#between} for a part of a session.
 */
final class PointRepository {
  private static final System.Logger LOG = System.getLogger(PointRepository.class.getName());

  private static final String REPLACE = """
      INSERT INTO training_points (bucket, athlete_id, training_id, revision, format, body)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (bucket, athlete_id, training_id) DO UPDATE
      SET revision = excluded.revision, format = excluded.format, body = excluded.body
      WHERE training_points.revision <= excluded.revision
      """;

  private static final String FIND = """
      SELECT body FROM training_points
      WHERE bucket = $1 AND athlete_id = $2 AND training_id = $3 AND format = $4 AND revision = $5
      """;

  private final SqlClient pool;
  private final WorkerExecutor worker;

  PointRepository(SqlClient pool, WorkerExecutor worker) {
    this.pool = pool;
    this.worker = worker;
  }

  /**
   * Keeps the points of a revision in place of those of earlier ones; those of a later one stay.
   */
  Future<Void> replace(PointsKey key, int revision, StoredPoints points) {
    return worker
        .executeBlocking(() -> FoldFault.within(() -> PointsCodec.encode(points)), false)
        .compose(body -> pool.preparedQuery(REPLACE)
            .execute(Tuple.of(
                key.bucket(),
                key.athleteId(),
                key.trainingId(),
                revision,
                PointsCodec.VERSION,
                Buffer.buffer(body)))
            .mapEmpty());
  }

  /** Empty where none of this revision were kept, or such that this build cannot read: fold instead. */
  Future<Optional<StoredPoints>> find(PointsKey key, int revision) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(
            key.bucket(), key.athleteId(), key.trainingId(), PointsCodec.VERSION, revision))
        .compose(rows -> {
          for (Row row : rows) {
            byte[] body = row.getBuffer("body").getBytes();
            return worker
                .executeBlocking(() -> Optional.of(PointsCodec.decode(body)), false)
                .recover(PointRepository::unreadable);
          }
          return Future.succeededFuture(Optional.empty());
        });
  }

  private static Future<Optional<StoredPoints>> unreadable(Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      LOG.log(WARNING, "points cannot be read, folding again: {0}", cause.getMessage());
      return Future.succeededFuture(Optional.empty());
    }
    return Future.failedFuture(cause);
  }
}
