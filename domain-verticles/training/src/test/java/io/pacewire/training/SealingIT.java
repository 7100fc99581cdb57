package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.training.StoredLedger.Range;
import io.pacewire.training.StoredLedger.Refused;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sealing on a real PostgreSQL: nothing is lost, and nobody sees that it was done. */
class SealingIT extends TrainingDatabase {
  private static final int ROUNDS = Boolean.getBoolean("pacewire.full") ? 60 : 3;

  private TrainingCore core = new TrainingCore(vertx, pool);

  @BeforeAll
  static void open() throws Exception {
    // What other tests left would take its turn before.
    var unused = Await.get(pool.query("UPDATE session_head SET seal = 3").execute());
  }

  @Test
  void whatIsSealed_comesBackToTheByte_withItsHoleAndItsTombstone() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 9));
    byte[] spoilt = run.record(10).bytes();
    spoilt[spoilt.length - 1] ^= 1;
    core.apply(run.record(10, run.record(10).receivedAtMs(), spoilt));
    core.apply(run.records(13, 39));
    List<Chunk> before = chunks(run);
    StoredLedger ledger = core.ledger(run);
    finishAndSeal(run);
    assertThat(raw(run)).isZero();
    assertThat(sealed(run)).isEqualTo(3);
    assertSame(before, chunks(run));
    assertThat(core.ledger(run)).isEqualTo(ledger);
    assertThat(ledger.stored()).containsExactly(new Range(0, 9), new Range(13, 39));
    assertThat(ledger.refused()).containsExactly(new Refused(10, "hash-mismatch"));
    assertThat(Await.get(core.chunks.count(core.head(run)))).isEqualTo(38);
    assertThat(Await.get(core.folds.run(core.head(run))).figures().distanceM())
        .isEqualTo(core.written(run).figures().getDouble("distanceM"), within(0.005));
    assertThat(Await.get(core.chunks.listFrom(core.head(run), 0, 20, 5)).get(0).seq())
        .isEqualTo(20);
  }

  @Test
  void aBatchThatIsSealed_isKnownWhenItComesAgain_andAnotherInItsPlaceIsRefused() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    core.apply(run.all());
    assertThat(count("checkpoint", run)).isEqualTo(1);
    finishAndSeal(run);
    assertThat(count("checkpoint", run)).as("nobody goes on from it").isZero();
    core.apply(run.records(0, 19));
    core.apply(run.forgery().records(5, 6));
    assertThat(raw(run)).isZero();
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 19));
    assertThat(core.ledger(run).refused())
        .containsExactly(
            new Refused(5, "conflicting-content"), new Refused(6, "conflicting-content"));
    assertThat(core.written(run).revision()).isEqualTo(1);
  }

  @Test
  void whatComesAfterSealing_makesARevision_andIsSealedInItsPlace() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    finishAndSeal(run);
    assertThat(sealed(run)).isEqualTo(2);
    long lateMs = run.record(39).receivedAtMs() + 100_000_000;
    List<TelemetryRecord> late = new ArrayList<>();
    for (int seq = 20; seq < 25; seq++) {
      late.add(run.record(seq, lateMs));
    }
    core.apply(late);
    core.consumedUntil(lateMs + 60_000);
    assertThat(core.written(run).revision()).isEqualTo(2);
    assertThat(core.written(run).complete()).isTrue();
    assertThat(raw(run)).as("too early to be sealed").isEqualTo(5);
    seal(lateMs);
    assertThat(raw(run)).isZero();
    assertThat(sealed(run)).isEqualTo(1);
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 39));
    assertThat(chunks(run).get(22).receivedAtMs()).isEqualTo(lateMs);
  }

  @Test
  void whoStillTakesTheSessionForRunning_changesNothingOfIt() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    TrainingCore stale = new TrainingCore(vertx, pool);
    stale.apply(run.record(0));
    core.apply(run.records(1, 19));
    finishAndSeal(run);
    assertThat(raw(run)).isZero();
    List<Chunk> before = chunks(run);
    stale.apply(run.record(4));
    stale.apply(run.forgery().record(5));
    assertThat(raw(run)).isEqualTo(2);
    assertSame(before, chunks(run));
    core.apply(run.forgery().record(5));
    assertThat(core.ledger(run).refused()).containsExactly(new Refused(5, "conflicting-content"));
    core = new TrainingCore(vertx, pool);
    seal(run.record(19).receivedAtMs() + 100_000);
    assertThat(raw(run)).isZero();
    assertSame(before, chunks(run));
  }

  @Test
  void aRunThatGoesOn_isNotSealed() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    seal(run.record(19).receivedAtMs());
    assertThat(raw(run)).isEqualTo(20);
    assertThat(sealed(run)).isZero();
  }

  @Test
  void whileSomebodyMayNotSeeTheSealedOnes_theChunksStay_andEachIsReadOnce() throws Exception {
    RecordedRun run = RecordedRun.of(30);
    core.apply(run.all());
    List<Chunk> before = chunks(run);
    SqlConnection earlier = Await.get(pool.getConnection());
    var unused = Await.get(earlier
        .query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SELECT 1")
        .execute());
    finishAndSeal(run);
    assertThat(raw(run)).isEqualTo(30);
    assertThat(sealed(run)).isEqualTo(1);
    assertSame(before, chunks(run));
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 29));
    assertThat(Await.get(core.chunks.count(core.head(run)))).isEqualTo(30);
    unused = Await.get(earlier.query("COMMIT").execute());
    Await.get(earlier.close());
    seal(run.record(29).receivedAtMs() + 100_000);
    assertThat(raw(run)).isZero();
    assertSame(before, chunks(run));
  }

  @Test
  void sealedByTwoAtOnce_orByOneThatWasKilledHalfWay_itIsSealedOnce() throws Exception {
    RecordedRun run = RecordedRun.of(30);
    core.apply(run.all());
    List<Chunk> before = chunks(run);
    core.sql("UPDATE session_head SET seal = 1 WHERE session_id = '" + run.session + "'");
    TrainingCore other = new TrainingCore(vertx, pool);
    long dueMs = run.record(29).receivedAtMs() + TrainingCore.SEALING.toMillis() + 10_000;
    for (int round = 0; round < 3; round++) {
      core.sealer.run(Set.of(0), dueMs);
      other.sealer.run(Set.of(0), dueMs);
      Await.get(core.sealer.settled());
      Await.get(other.sealer.settled());
    }
    assertThat(raw(run)).isZero();
    assertThat(sealed(run)).isEqualTo(1);
    assertSame(before, chunks(run));
  }

  @Test
  void batchesInAnyOrder_withSealingInBetween_makeTheSameTraining() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      core = new TrainingCore(vertx, pool); // its clock only goes on
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      RecordedRun run = RecordedRun.of(40);
      List<TelemetryRecord> batches = new ArrayList<>(run.all());
      batches.addAll(run.records(3, 12));
      Collections.shuffle(batches, random);
      long nowMs = run.record(39).receivedAtMs();
      for (TelemetryRecord batch : batches) {
        core.apply(run.record(batch.seq(), nowMs));
        if (random.nextInt(8) == 0) {
          nowMs += 50_000_000;
          seal(nowMs);
        }
      }
      nowMs += 50_000_000;
      seal(nowMs);
      RecordedRun undisturbed = RecordedRun.of(40);
      core.apply(undisturbed.all());
      assertThat(core.written(run).figures())
          .as("seed %d", seed)
          .isEqualTo(core.written(undisturbed).figures());
      assertThat(core.ledger(run).stored()).as("seed %d", seed).containsExactly(new Range(0, 39));
      assertThat(raw(run)).as("seed %d", seed).isZero();
    }
  }

  private void finishAndSeal(RecordedRun run) throws Exception {
    long lastMs = run.record(run.batches() - 1).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    seal(lastMs);
  }

  /** What was received until then is quiet: it is sealed in one run and removed in a later one. */
  private void seal(long lastMs) throws Exception {
    long dueMs = lastMs + TrainingCore.SEALING.toMillis() + 10_000;
    for (int run = 0; run < 3; run++) {
      core.consumedUntil(dueMs + run * 6_000L);
    }
  }

  private List<Chunk> chunks(RecordedRun run) throws Exception {
    return List.copyOf(Await.get(core.chunks.listFrom(core.head(run), 0, 0, 10_000)));
  }

  private static void assertSame(List<Chunk> before, List<Chunk> now) {
    assertThat(now).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(now.get(i).isSameAs(before.get(i))).as("chunk %d", i).isTrue();
      assertThat(now.get(i).reason()).isEqualTo(before.get(i).reason());
      assertThat(Arrays.equals(now.get(i).body(), before.get(i).body())).isTrue();
    }
  }

  private static long raw(RecordedRun run) throws Exception {
    return count("chunk", run);
  }

  private static long sealed(RecordedRun run) throws Exception {
    return count("sealed_chunk", run);
  }

  private static long count(String table, RecordedRun run) throws Exception {
    return Await.get(pool.query(
                "SELECT count(*) AS n FROM " + table + " WHERE session_id = '" + run.session + "'")
            .execute())
        .iterator()
        .next()
        .getLong("n");
  }
}
