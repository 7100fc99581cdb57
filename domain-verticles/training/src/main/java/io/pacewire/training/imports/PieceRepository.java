package io.pacewire.training.imports;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** What was uploaded, piece by piece, until it has been read. */
final class PieceRepository {
  static final int PIECE_BYTES = 1 << 20;

  private static final String INSERT =
      "INSERT INTO import_piece (import_id, number, content) VALUES ($1, $2, $3)";

  private static final String FIND =
      "SELECT content FROM import_piece WHERE import_id = $1 AND number = $2";

  /** Some at a time: no statement may take long. */
  private static final String DELETE = """
      DELETE FROM import_piece WHERE import_id = $1 AND number IN (
        SELECT number FROM import_piece WHERE import_id = $1 ORDER BY number LIMIT 128)
      """;

  /** Whoever ended the import died before it took them away. */
  private static final String DELETE_LEFT = """
      DELETE FROM import_piece WHERE (import_id, number) IN (
        SELECT import_id, number FROM import_piece JOIN import_job USING (import_id)
        WHERE state >= 3 LIMIT 128)
      """;

  private final SqlClient pool;

  PieceRepository(SqlClient pool) {
    this.pool = pool;
  }

  Future<Void> insert(UUID importId, int number, Buffer content) {
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(importId, number, content))
        .mapEmpty();
  }

  Future<Optional<Buffer>> find(UUID importId, int number) {
    return pool.preparedQuery(FIND).execute(Tuple.of(importId, number)).map(rows -> {
      for (Row row : rows) {
        return Optional.of(row.getBuffer("content"));
      }
      return Optional.empty();
    });
  }

  /** All of an import; those of one that is dropped go with it. */
  Future<Void> delete(UUID importId) {
    return pool.preparedQuery(DELETE)
        .execute(Tuple.of(importId))
        .compose(rows -> rows.rowCount() == 0 ? Future.succeededFuture() : delete(importId));
  }

  /** Some of those that nobody reads any more. */
  Future<Void> deleteLeft() {
    return pool.query(DELETE_LEFT).execute().mapEmpty();
  }
}
