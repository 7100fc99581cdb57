package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes the summaries of trainings that have none, or an old one: those from before there were any, and
 * those that a node of an older version wrote while nodes were replaced one by one.
 */
final class SummaryRepairRepository {
  private static final System.Logger LOG =
      System.getLogger(SummaryRepairRepository.class.getName());
  private static final int TRAININGS_A_PAGE = 200;

  private static final String LIST_STALE = """
      SELECT training.athlete_id, training.training_id
      FROM training LEFT JOIN training_summary AS summary USING (athlete_id, training_id)
      WHERE (training.athlete_id, training.training_id) > ($1, $2)
        AND (summary.revision IS NULL OR summary.revision < training.revision)
      ORDER BY training.athlete_id, training.training_id LIMIT $3
      """;

  private final Pool pool;
  private final TrainingRepository trainings;

  SummaryRepairRepository(Pool pool, TrainingRepository trainings) {
    this.pool = pool;
    this.trainings = trainings;
  }

  private record Stale(UUID athleteId, UUID trainingId) {}

  /** All of them, one after the other; completes with how many there were. */
  Future<Integer> run() {
    return page(new Stale(new UUID(0, 0), new UUID(0, 0)), 0);
  }

  private Future<Integer> page(Stale after, int done) {
    return list(after).compose(found -> {
      Future<Void> writing = Future.succeededFuture();
      for (Stale one : found) {
        writing = writing.compose(written -> write(one).recover(cause -> leave(one, cause)));
      }
      int all = done + found.size();
      return writing.compose(written -> found.size() < TRAININGS_A_PAGE
          ? Future.succeededFuture(all)
          : page(found.get(found.size() - 1), all));
    });
  }

  private Future<List<Stale>> list(Stale after) {
    return pool.preparedQuery(LIST_STALE)
        .execute(Tuple.of(after.athleteId(), after.trainingId(), TRAININGS_A_PAGE))
        .map(rows -> {
          List<Stale> found = new ArrayList<>();
          for (Row row : rows) {
            found.add(new Stale(row.getUUID("athlete_id"), row.getUUID("training_id")));
          }
          return found;
        });
  }

  /** Of one training there is no summary: the others' turn comes. */
  private static Future<Void> leave(Stale one, Throwable cause) {
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    LOG.log(ERROR, "training {0} is in no list; {1}", one.trainingId(), FoldFault.told(cause));
    return Future.succeededFuture();
  }

  /** Read under the athlete's lock, so that nobody writes a newer one in between. */
  private Future<Void> write(Stale one) {
    return pool.withTransaction(tx -> SummaryRepository.lock(tx, one.athleteId())
        .compose(locked -> trainings.find(tx, one.athleteId(), one.trainingId()))
        .compose(found -> found
            .map(training -> SummaryRepository.write(tx, one.athleteId(), training))
            .orElseGet(Future::succeededFuture)));
  }
}
