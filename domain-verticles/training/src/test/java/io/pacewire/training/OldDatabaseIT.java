package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.track.TrackFold;
import io.pacewire.training.OldSessions.Half;
import io.pacewire.training.imports.ImportSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes the database of a node of this version, with sessions live and trainings finished, and dumps it:
 * what {@link UpgradeOfADatabaseIT} of the next version begins with. Run with {@code
 * -Dpacewire.upgrade.write=true} on the last commit before {@code ALGORITHM_VERSION} goes on, it writes
 * the dump to the test resources (see {@code src/test/resources/upgrade/README.md}).
 */
@ExtendWith(RealServers.class)
class OldDatabaseIT {
  private static final int MOST_BYTES = 200_000;
  private static final int MOST_BATCHES = 100;
  private static final int SLICE = 25;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void whatANodeOfThisVersionLeaves_isDumped_andComesBackAsItWas() throws Exception {
    PgSettings made = RealServers.schemaIn("upgrade_made", "training");
    leaveSessions(made);
    byte[] dump = SchemaDump.of(made);
    assertThat(dump).hasSizeLessThan(MOST_BYTES);
    PgSettings restored = RealServers.schemaIn("upgrade_restored", "training");
    SchemaDump.restore(dump, restored);
    assertThat(SchemaDump.counts(restored)).isEqualTo(SchemaDump.counts(made));
    if (Boolean.getBoolean("pacewire.upgrade.write")) {
      Path file = Path.of("src/test/resources/upgrade")
          .resolve("version-" + TrackFold.ALGORITHM_VERSION + ".sql.gz");
      Path unused = Files.write(file, dump);
    }
  }

  private static void leaveSessions(PgSettings postgres) throws Exception {
    TrainingNode node =
        TrainingNode.start(ImportSettings.usual(), DatabaseSlots.parse("", postgres));
    Vertx vertx = Vertx.vertx();
    Pool pool = postgres.pool(vertx);
    List<Half> halves = Stream.concat(OldSessions.live().stream(), OldSessions.finished().stream())
        .toList();
    try (SentBatches batches = new SentBatches()) {
      int sent = 0;
      for (int from = 0; from < MOST_BATCHES; from += SLICE) {
        sent += send(batches, halves, from);
        int stored = sent;
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(count(pool, "chunk", "TRUE")).isEqualTo(stored));
      }
      await().atMost(PATIENCE).untilAsserted(() -> {
        assertThat(count(pool, "training", "TRUE"))
            .isEqualTo(OldSessions.finished().size());
        assertThat(count(pool, "checkpoint", "position BETWEEN 20 AND 70")).isGreaterThan(3);
        assertThat(first(pool.query("SELECT count(*) FROM outbox").execute()))
            .as("all facts are told")
            .isZero();
      });
    } finally {
      node.close();
      Await.get(pool.close());
      Await.get(vertx.close());
    }
  }

  /** Some of each, so that minutes go by for the node and it saves its states. */
  private static int send(SentBatches batches, List<Half> halves, int from) throws Exception {
    int sent = 0;
    for (Half half : halves) {
      List<TelemetryRecord> all = half.sentBefore();
      int until = Math.min(all.size(), from + SLICE);
      if (from < until) {
        batches.send(half.run(), all.subList(from, until));
        sent += until - from;
      }
    }
    return sent;
  }

  /** Of these sessions alone: the topic may hold what other tests have sent. */
  private static long count(Pool pool, String table, String which) throws Exception {
    UUID[] athletes = Stream.concat(OldSessions.live().stream(), OldSessions.finished().stream())
        .map(half -> half.run().athlete)
        .toArray(UUID[]::new);
    return first(pool.preparedQuery(
            "SELECT count(*) FROM " + table + " WHERE athlete_id = ANY($1) AND " + which)
        .execute(Tuple.of(athletes)));
  }

  private static long first(Future<RowSet<Row>> rows) throws Exception {
    return Await.get(rows).iterator().next().getLong(0);
  }
}
