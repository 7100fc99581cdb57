package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Prints of all tracks that were finished, to know a copy by. */
final class PrintRepository {
  private static final int MOST = 8;
  private static final int LOOKED_AT = 256;

  private static final String SAVE = """
      INSERT INTO training_print (athlete_id, training_id, hashes) VALUES ($1, $2, $3)
      ON CONFLICT (athlete_id, training_id) DO UPDATE SET hashes = excluded.hashes
      """;

  /**
   * Two who went the same way may share a hash by chance: those with most in common come first. Who has
   * any is looked for apart, so that an order by number is no reason to read all prints. Without {@code
   * IS TRUE} each hash would be compared with each.
   */
  static final String EARLIER = """
      WITH alike AS MATERIALIZED (
        SELECT number, athlete_id, training_id, hashes FROM training_print WHERE hashes && $3)
      SELECT other.hashes FROM (
        SELECT number, hashes FROM alike
        WHERE number < (
            SELECT number FROM training_print WHERE athlete_id = $1 AND training_id = $2)
          AND NOT (athlete_id = $1 AND (training_id = ANY ($6) OR training_id IN (
            SELECT training_id FROM training_session
            WHERE athlete_id = $1 AND session_id = ANY ($6))))
        ORDER BY number DESC
        LIMIT $5) AS other
      ORDER BY (
          SELECT count(*) FROM unnest(other.hashes) AS hash
          WHERE (hash IN (SELECT unnest($3))) IS TRUE) DESC,
        other.number
      LIMIT $4
      """;

  private final Pool pool;

  /** @param pool for lookups: plans of a table that was small when they were made read all of it */
  PrintRepository(Pool pool) {
    this.pool = pool;
  }

  /**
   * Keeps a training's print; completes with those of anybody's trainings that were kept before it
   * and have most in common with it, {@value #MOST} at most of the newest {@value #LOOKED_AT} that
   * have anything.
   *
   * @param sessions that it is made of: what was made of one of these too is no copy
   */
  Future<List<long[]>> save(UUID athleteId, UUID trainingId, long[] hashes, List<UUID> sessions) {
    if (hashes.length == 0) {
      return Future.succeededFuture(List.of());
    }
    Long[] values = Arrays.stream(hashes).boxed().toArray(Long[]::new);
    return pool.preparedQuery(SAVE)
        .execute(Tuple.of(athleteId, trainingId, values))
        .compose(saved -> pool.preparedQuery(EARLIER)
            .execute(Tuple.of(athleteId, trainingId, values, MOST, LOOKED_AT)
                .addValue(sessions.toArray(UUID[]::new))))
        .map(rows -> {
          List<long[]> earlier = new ArrayList<>();
          for (Row row : rows) {
            earlier.add(Arrays.stream(row.getArrayOfLongs("hashes"))
                .mapToLong(Long::longValue)
                .toArray());
          }
          return earlier;
        });
  }
}
