package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Prints of all tracks that were finished, to know a copy by. */
final class PrintRepository {
  private static final System.Logger LOG = System.getLogger(PrintRepository.class.getName());
  private static final String CANCELED = "57014"; // query_canceled, PostgreSQL's appendix A
  private static final int MOST = 8;
  private static final int LOOKED_AT = 256;

  private static final String INSERT = """
      INSERT INTO training_print (athlete_id, training_id, hashes) VALUES ($1, $2, $3)
      ON CONFLICT (athlete_id, training_id)
      """;

  private static final String BEGIN = INSERT + "DO NOTHING";

  private static final String REPLACE = INSERT + """
      DO UPDATE SET hashes = excluded.hashes
      WHERE training_print.hashes IS DISTINCT FROM excluded.hashes
      """;

  /** Its number stays: what it came before, it goes on to. */
  private static final String CLEAR =
      "UPDATE training_print SET hashes = $3 WHERE athlete_id = $1 AND training_id = $2";

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
        WHERE coalesce(
            (SELECT status FROM training_summary AS made
             WHERE made.athlete_id = alike.athlete_id AND made.training_id = alike.training_id),
            'finished') = 'finished'
          AND number < coalesce(
            (SELECT number FROM training_print WHERE athlete_id = $1 AND training_id = $2),
            9223372036854775807)
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
   * Gives a training that is made for the first time its place among all, before anybody looks for what
   * came before: of two copies that are finished at once, one sees the other.
   */
  Future<Void> begin(UUID athleteId, UUID trainingId, long[] hashes) {
    return hashes.length == 0
        ? Future.succeededFuture()
        : pool.preparedQuery(BEGIN)
            .execute(Tuple.of(athleteId, trainingId, boxed(hashes)))
            .mapEmpty();
  }

  /** Keeps the print of what a revision is made of. Joins the caller's transaction. */
  static Future<Void> write(SqlConnection tx, UUID athleteId, UUID trainingId, long[] hashes) {
    return tx.preparedQuery(hashes.length == 0 ? CLEAR : REPLACE)
        .execute(Tuple.of(athleteId, trainingId, boxed(hashes)))
        .mapEmpty();
  }

  /**
   * Prints of anybody's trainings that were kept before that of this one, of all where it has none yet,
   * and have most in common with it: {@value #MOST} at most of the newest {@value #LOOKED_AT} that have
   * anything.
   *
   * <p>Without those that do not count any more: what was deleted is nothing to copy. One that is about to
   * be written is among them.
   *
   * <p>None where so many are alike that the look takes longer than a statement may: it would each time,
   * and a training is worth more than to know what copies it.
   *
   * @param sessions that it is made of: what was made of one of these too is no copy
   */
  Future<List<long[]>> listEarlier(
      UUID athleteId, UUID trainingId, long[] hashes, List<UUID> sessions) {
    if (hashes.length == 0) {
      return Future.succeededFuture(List.of());
    }
    return pool.preparedQuery(EARLIER)
        .execute(Tuple.of(athleteId, trainingId, boxed(hashes), MOST, LOOKED_AT)
            .addValue(sessions.toArray(UUID[]::new)))
        .map(rows -> {
          List<long[]> earlier = new ArrayList<>();
          for (Row row : rows) {
            earlier.add(Arrays.stream(row.getArrayOfLongs("hashes"))
                .filter(Objects::nonNull) // somebody else's row must not be our fault
                .mapToLong(Long::longValue)
                .toArray());
          }
          return earlier;
        })
        .recover(cause -> isTooSlow(cause) ? noneOf(trainingId) : Future.failedFuture(cause));
  }

  private static boolean isTooSlow(Throwable cause) {
    return cause instanceof DatabaseException fault && CANCELED.equals(fault.getSqlState());
  }

  private static Future<List<long[]>> noneOf(UUID trainingId) {
    LOG.log(WARNING, "training {0}: too many tracks are alike to look for copies", trainingId);
    return Future.succeededFuture(List.of());
  }

  private static Long[] boxed(long[] hashes) {
    return Arrays.stream(hashes).boxed().toArray(Long[]::new);
  }
}
