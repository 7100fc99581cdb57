package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which of earlier prints come back for a new one, on a real PostgreSQL. */
class PrintRepositoryIT extends TrainingDatabase {
  private final Random random = new Random();
  private final PrintRepository prints = new PrintRepository(pool);

  private long[] hashes(int count) {
    return random.longs(count).sorted().toArray();
  }

  private List<long[]> save(UUID training, long[] hashes) throws Exception {
    return save(UUID.randomUUID(), training, hashes, List.of());
  }

  /** As when a training is finished for the first time. */
  private List<long[]> save(UUID athlete, UUID training, long[] hashes, List<UUID> sessions)
      throws Exception {
    return Await.get(prints
        .begin(athlete, training, hashes)
        .compose(begun -> prints.listEarlier(athlete, training, hashes, sessions)));
  }

  @Test
  void whatHasMostInCommon_comesFirst_howeverManyShareAHash() throws Exception {
    long[] original = hashes(100);
    for (int i = 0; i < 20; i++) {
      save(UUID.randomUUID(), with(hashes(99), original[i]));
    }
    assertThat(save(UUID.randomUUID(), original)).as("eight of twenty").hasSize(8);
    List<long[]> earlier = save(UUID.randomUUID(), original);
    assertThat(earlier).hasSize(8);
    assertThat(earlier.get(0)).isEqualTo(original);
  }

  /** As it is planned once for ever after: each import and each recompute looks for copies. */
  @Test
  void copiesAreLookedForByHash_howeverSmallTheTableIs() throws Exception {
    Pool lookups = RealServers.schema("training").lookups(vertx, 1);
    try {
      StringBuilder plan = new StringBuilder();
      for (Row row : Await.get(
          lookups.query("EXPLAIN (GENERIC_PLAN) " + PrintRepository.EARLIER).execute())) {
        plan.append(row.getString(0)).append('\n');
      }
      assertThat(plan)
          .contains("Bitmap Index Scan on training_print_hashes")
          .doesNotContain("Seq Scan");
    } finally {
      Await.get(lookups.close());
    }
  }

  /** What waited to be put into the index would be read through by each of them. */
  @Test
  void theIndexHasNothingThatWaits() throws Exception {
    for (Row row : Await.get(
        pool.query("SELECT reloptions::text FROM pg_class WHERE relname = 'training_print_hashes'")
            .execute())) {
      assertThat(row.getString(0)).contains("fastupdate=off");
      return;
    }
    throw new AssertionError("no such index");
  }

  private static long[] with(long[] hashes, long one) {
    return LongStream.concat(LongStream.of(hashes), LongStream.of(one)).sorted().toArray();
  }

  @Test
  void aTrainingIsNoCopyOfItself_norOfWhatCameLater() throws Exception {
    long[] hashes = hashes(30);
    UUID athlete = UUID.randomUUID();
    UUID training = UUID.randomUUID();
    assertThat(save(athlete, training, hashes, List.of())).isEmpty();
    assertThat(save(UUID.randomUUID(), hashes)).hasSize(1);
    assertThat(save(athlete, training, hashes, List.of())).as("again").isEmpty();
    assertThat(save(UUID.randomUUID(), hashes(30))).isEmpty();
    assertThat(save(UUID.randomUUID(), new long[0])).isEmpty();
  }

  @Test
  void whatIsMadeOfTheSameSession_isNoCopy() throws Exception {
    long[] hashes = hashes(30);
    UUID athlete = UUID.randomUUID();
    UUID session = UUID.randomUUID();
    assertThat(save(athlete, session, hashes, List.of(session))).isEmpty();
    UUID splitOff = UUID.randomUUID();
    var unused = Await.get(pool.preparedQuery("INSERT INTO training_session VALUES ($1, $2, $3)")
        .execute(Tuple.of(athlete, session, splitOff)));
    assertThat(save(athlete, splitOff, hashes, List.of(session))).isEmpty();
    UUID another = UUID.randomUUID();
    assertThat(save(athlete, another, hashes, List.of(another))).hasSize(2);
    assertThat(save(athlete, another, hashes, List.of(another, session)))
        .as("merged")
        .isEmpty();
  }
}
