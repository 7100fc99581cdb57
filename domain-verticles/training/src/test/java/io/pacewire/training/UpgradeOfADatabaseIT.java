package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.track.TrackFold;
import io.pacewire.training.OldSessions.Half;
import io.pacewire.training.OperatorRecompute.Pace;
import io.pacewire.training.imports.ImportSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a real node of the version before left, with sessions live, is gone on with by a node of this one:
 * its database as {@link OldDatabaseIT} dumped it on a commit of that version.
 */
class UpgradeOfADatabaseIT extends TrainingDatabase {
  private static final System.Logger LOG = System.getLogger(UpgradeOfADatabaseIT.class.getName());
  private static final int OLD = TrackFold.ALGORITHM_VERSION - 1;
  private static final Pace FAST = new Pace(1_000, false, false);
  private static final Pace DRY = new Pace(1_000, true, false);

  private static byte[] dump() throws IOException {
    String name = "/upgrade/version-" + OLD + ".sql.gz";
    try (InputStream in = UpgradeOfADatabaseIT.class.getResourceAsStream(name)) {
      assertThat(in)
          .as("src/test/resources%s, made as upgrade/README.md says", name)
          .isNotNull();
      return in.readAllBytes();
    }
  }

  /** Keeps what changed. */
  private static final class Changes implements OperatorRecompute.Listener {
    private final List<JsonObject> all = new ArrayList<>();

    @Override
    public void begun(long doneBefore, long ahead) {}

    @Override
    public void changed(JsonObject change) {
      all.add(change);
    }

    @Override
    public void lookedAt(long trainings) {}

    JsonObject of(UUID trainingId) {
      return all.stream()
          .filter(one -> one.getString("trainingId").equals(trainingId.toString()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nothing changed of " + trainingId));
    }
  }

  @Test
  void liveSessionsGoOn_andOldTrainingsAreReadAndComputedAnew() throws Exception {
    PgSettings old = RealServers.schemaIn("upgrade_old", "training");
    SchemaDump.restore(dump(), old);
    Pool restored = old.pool(vertx);
    TrainingCore reads = new TrainingCore(vertx, restored);
    assertThat(onlyOfVersion(reads, "checkpoint", OLD)).isGreaterThan(3);
    TrainingNode node = TrainingNode.start(ImportSettings.usual(), DatabaseSlots.parse("", old));
    try (SentBatches batches = new SentBatches()) {
      finishedTrainingsAreRead(node);
      for (Half half : OldSessions.live()) {
        batches.send(half.run(), half.sentAfter());
      }
      sessionsEndAsIfUndisturbed(reads);
      oldTrainingsAreComputedAnew(reads, old);
      finishedTrainingsAreOfThisVersion(node);
    } finally {
      node.close();
      Await.get(restored.close());
    }
  }

  private static long onlyOfVersion(TrainingCore core, String table, int version) throws Exception {
    var counts = Await.get(core.pool
            .query("SELECT count(*) FILTER (WHERE algorithm_version = " + version
                + ") AS so, count(*) AS total FROM " + table)
            .execute())
        .iterator()
        .next();
    assertThat(counts.getLong("so")).isEqualTo(counts.getLong("total"));
    return counts.getLong("so");
  }

  private static void finishedTrainingsAreRead(TrainingNode node) throws Exception {
    for (Half half : OldSessions.finished()) {
      String path = "/v1/trainings/" + half.run().session;
      JsonObject training = node.json(half.run().athlete, path);
      assertThat(training.getInteger("algorithmVersion")).as(half.what()).isEqualTo(OLD);
      assertThat(training.getJsonObject("figures").getDouble("distanceM")).isPositive();
      JsonArray listed = node.json(half.run().athlete, "/v1/trainings").getJsonArray("trainings");
      assertThat(listed.getJsonObject(0).getInteger("algorithmVersion")).isEqualTo(OLD);
      assertThat(node.get(half.run().athlete, path + "/geometry").statusCode()).isEqualTo(200);
      assertThat(node.get(half.run().athlete, path + "/export?format=csv").statusCode())
          .isEqualTo(200);
    }
  }

  /** Several writers are one session. */
  private static Set<RecordedRun> runs(List<Half> halves) {
    Set<UUID> known = new LinkedHashSet<>();
    Set<RecordedRun> runs = new LinkedHashSet<>();
    for (Half half : halves) {
      if (known.add(half.run().session)) {
        runs.add(half.run());
      }
    }
    return runs;
  }

  private static void sessionsEndAsIfUndisturbed(TrainingCore reads) throws Exception {
    for (RecordedRun run : runs(OldSessions.live())) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(reads.training(run)).isPresent());
      Training finished = reads.written(run);
      Training expected = undisturbed(OldSessions.live(), run);
      assertThat(finished.algorithmVersion()).isEqualTo(TrackFold.ALGORITHM_VERSION);
      assertThat(finished.complete()).as("%s", run.session).isTrue();
      assertThat(finished.revision()).isEqualTo(1);
      assertThat(finished.figures()).isEqualTo(expected.figures());
      assertThat(finished.splits()).isEqualTo(expected.splits());
      assertThat(finished.verdicts()).isEqualTo(expected.verdicts());
      assertThat(reads.ledger(run).stored())
          .containsExactly(new StoredLedger.Range(0, run.batches() - 1));
    }
  }

  /** The same batches, one after the other, to this version alone. */
  private static Training undisturbed(List<Half> halves, RecordedRun run) throws Exception {
    TrainingCore core = new TrainingCore(vertx, pool);
    for (Half half : halves) {
      if (half.run().session.equals(run.session)) {
        core.apply(half.run().records(0, half.run().batches() - 2));
      }
    }
    for (Half half : halves) {
      if (half.run().session.equals(run.session)) {
        core.apply(half.run().record(half.run().batches() - 1));
      }
    }
    return core.written(run);
  }

  private static void oldTrainingsAreComputedAnew(TrainingCore reads, PgSettings old)
      throws Exception {
    OperatorRecompute operator = Await.get(OperatorRecompute.open(vertx, old));
    RecomputeScope outdated = new RecomputeScope(null, null, false);
    int finished = OldSessions.finished().size();
    JsonObject dry = Await.get(operator.run(outdated, DRY, new Changes()));
    assertThat(dry.getInteger("lookedAt")).as("outdated, and no other").isEqualTo(finished);
    Changes changes = new Changes();
    JsonObject report = Await.get(operator.run(outdated, FAST, changes));
    assertThat(report.getInteger("revised")).isEqualTo(finished);
    assertThat(report.getInteger("failed")).isZero();
    for (Half half : OldSessions.finished()) {
      RecordedRun run = half.run();
      Training before =
          Await.get(reads.trainings.findRevision(run.athlete, run.session, 1)).orElseThrow();
      Training after = reads.written(run);
      Training expected = undisturbed(OldSessions.finished(), run);
      assertThat(before.algorithmVersion()).isEqualTo(OLD);
      assertThat(after.revision()).isEqualTo(2);
      assertThat(after.figures()).as(half.what()).isEqualTo(expected.figures());
      assertThat(after.splits()).isEqualTo(expected.splits());
      JsonArray diff = changes.of(run.session).getJsonArray("diff");
      assertThat(diff).isEqualTo(TrainingDiff.between(before, after));
      assertThat(diff.encode()).contains("algorithmVersion");
      LOG.log(System.Logger.Level.INFO, "{0}: {1}", half.what(), diff);
    }
    assertThat(Await.get(operator.run(outdated, FAST, new Changes())).getInteger("lookedAt"))
        .isZero();
    Await.get(operator.close());
  }

  private static void finishedTrainingsAreOfThisVersion(TrainingNode node) throws Exception {
    for (Half half : OldSessions.finished()) {
      JsonObject training = node.json(half.run().athlete, "/v1/trainings/" + half.run().session);
      assertThat(training.getInteger("algorithmVersion")).isEqualTo(TrackFold.ALGORITHM_VERSION);
    }
  }
}
