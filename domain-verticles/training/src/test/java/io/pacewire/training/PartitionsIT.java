package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.track.TrackFold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Months made ahead and let go while others write, on a real PostgreSQL. */
class PartitionsIT extends TrainingDatabase {
  private static final LocalDate FAR = LocalDate.of(2044, 3, 1);

  /** When what is recorded here arrives: long ago, in months that nobody else has. */
  private static final long LONG_AGO_MS = 1_000_000_000_000L;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void monthsAreMade_whileAWriterHasItsTransactionOpen_andTwiceIsOnce() throws Exception {
    RecordedRun run = RecordedRun.of(4);
    core.apply(run.record(0));
    SqlConnection writer = writer(run);
    Future<Void> one = new Partitions(vertx, pool).ahead(FAR.plusDays(20));
    Future<Void> other = new Partitions(vertx, pool).ahead(FAR);
    Await.get(one);
    Await.get(other);
    core.apply(run.record(1)); // nobody waits behind
    Set<String> names = Await.get(Partitions.attached(pool));
    for (String table : Partitions.TABLES) {
      assertThat(names)
          .contains(
              Partitions.name(table, FAR),
              Partitions.name(table, FAR.plusMonths(1)),
              Partitions.name(table, FAR.plusMonths(2)))
          .doesNotContain(Partitions.name(table, FAR.plusMonths(3)));
    }
    end(writer);
  }

  @Test
  void aSessionOfLongAgo_hasItsMonth_thoughItIsNotThisOne() throws Exception {
    RecordedRun run = RecordedRun.of(4);
    core.apply(run.record(0, LONG_AGO_MS));
    core.sql("DROP TABLE chunk_2001_09");
    new TrainingCore(vertx, pool).apply(run.records(0, 3));
    assertThat(Await.get(core.chunks.count(core.head(run)))).isEqualTo(4);
  }

  @Test
  void oldMonths_areLetGo_whileAWriterOfAnotherHasItsTransactionOpen() throws Exception {
    RecordedRun old = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 3));
    Training training = core.written(old);
    RecordedRun recent = RecordedRun.of(4);
    core.apply(recent.record(0));
    Retention retention = new Retention(pool);
    SqlConnection writer = writer(recent);
    Future<Void> letGo = retention.run(LocalDate.of(2005, 1, 1));
    core.apply(recent.record(1)); // nobody waits behind
    end(writer);
    Await.get(letGo);
    Await.get(retention.run(LocalDate.of(2005, 1, 1)));
    assertThat(Await.get(Partitions.attached(pool)))
        .doesNotContain("chunk_2001_09", "sealed_chunk_2001_09", "training_points_2001_09")
        .contains("chunk_2026_05");
    assertThat(core.written(old)).as("what it says of itself stays").isEqualTo(training);
    assertThat(Await.get(core.chunks.count(core.head(recent)))).isEqualTo(2);
    new TrainingCore(vertx, pool).apply(old.records(0, 3)); // comes again after all
    core.consumedUntil(LONG_AGO_MS * 2);
    assertThat(core.written(old)).as("and is not made anew of a part").isEqualTo(training);
  }

  /** Between the two steps of letting it go a batch came to another node. */
  @Test
  void aMonthThatIsAttachedAgain_isNotDropped() throws Exception {
    RecordedRun old = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 3));
    String detach = "ALTER TABLE chunk DETACH PARTITION chunk_2001_09";
    core.sql(detach);
    Await.get(new Partitions(vertx, pool).ensure(Set.of(LocalDate.of(2001, 9, 1))));
    Await.get(new Retention(pool).dropDetached("chunk_2001_09"));
    assertThat(Await.get(core.chunks.count(core.head(old)))).isEqualTo(4);
    core.sql(detach);
    Await.get(new Retention(pool).dropDetached("chunk_2001_09"));
    String left = "SELECT to_regclass('chunk_2001_09')::text AS name";
    assertThat(Await.get(pool.query(left).execute()).iterator().next().getString("name"))
        .isNull();
  }

  /** On a node that knows the month from before, and another let it go. */
  @Test
  void whatComesOfAMonthThatWasLetGo_isStored_andChangesNothing() throws Exception {
    RecordedRun old = RecordedRun.of(5);
    RecordedRun recent = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 4));
    Training training = core.written(old);
    core.apply(recent.record(0));
    Await.get(new Retention(pool).run(LocalDate.of(2005, 1, 1)));
    List<TelemetryRecord> poll = new ArrayList<>(recent.records(1, 3));
    poll.addAll(old.records(0, 4));
    assertThat(core.tryApply(poll)).as("set aside as what no database takes").isEmpty();
    assertThat(Await.get(core.chunks.count(core.head(old)))).isEqualTo(5);
    assertThat(core.written(recent).complete()).isTrue();
    core.consumedUntil(LONG_AGO_MS * 2);
    assertThat(core.written(old)).isEqualTo(training);
  }

  @Test
  void manyOldSessions_areSetAsideSomeAtATime_andNoOther() throws Exception {
    RecordedRun recent = RecordedRun.of(4);
    core.apply(recent.record(0));
    List<RecordedRun> old = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      old.add(RecordedRun.of(4));
      core.apply(old.get(i).record(0, LONG_AGO_MS));
    }
    Await.get(new Retention(pool, 2).run(LocalDate.of(2005, 1, 1)));
    for (RecordedRun run : old) {
      assertThat(Await.get(core.sessions.isExpired(run.key()))).isTrue();
      assertThat(core.head(run).state()).isEqualTo(SessionHead.State.QUARANTINED);
    }
    assertThat(core.head(recent).state()).isEqualTo(SessionHead.State.LIVE);
  }

  @Test
  void ofWhatWasLetGo_nothingIsMadeAnew_andWhoAsksIsToldWhy() throws Exception {
    RecordedRun old = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 3));
    Target target = new Target(old.athlete, old.session, null);
    Training training = core.written(old);
    Await.get(new Retention(pool).run(LocalDate.of(2005, 1, 1)));
    assertGone(core.recompute.one(target, null));
    assertGone(core.edits.changeSport(target, "walk"));
    assertThat(Await.get(core.recompute.page(old.athlete, null, 10, new Turnstile(4, 32)))
            .getJsonArray("trainings"))
        .singleElement()
        .satisfies(one -> {
          assertThat(((JsonObject) one).getString("reason")).isEqualTo("recording-gone");
          assertThat(((JsonObject) one).getBoolean("changed")).isFalse();
        });
    assertThat(core.written(old)).as("figures stay").isEqualTo(training);
    Await.get(core.lifecycle.reject(old.athlete, old.session, null, "not mine"));
    assertGone(core.lifecycle.restore(old.athlete, old.session, null));
    assertThat(core.written(old).status()).isEqualTo(Training.REJECTED);
    assertThat(core.written(old).figures()).isEqualTo(training.figures());
    assertGone(core.snapshots.track(old.athlete, core.written(old), false));
    new TrainingCore(vertx, pool).apply(old.record(3)); // comes again: a part is not the whole
    assertGone(core.recompute.one(target, null));
  }

  @Test
  void withWhatIsLetGo_goesWhatWasKeptToFoldIt_andNothingOfOthers() throws Exception {
    RecordedRun old = RecordedRun.of(40).skipping(3, 1, 2);
    RecordedRun recent = RecordedRun.of(40).skipping(3, 1, 2);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(recent.record(0));
    for (RecordedRun run : List.of(old, recent)) {
      core.apply(run.records(3, 30));
      core.apply(run.forgery().record(5));
      for (String table : List.of("checkpoint", "skip", "refusal")) {
        assertThat(rows(table, run)).as(table).isPositive();
      }
    }
    Await.get(new Retention(pool).run(LocalDate.of(2005, 1, 1)));
    for (String table : List.of("checkpoint", "skip", "refusal")) {
      assertThat(rows(table, old)).as(table).isZero();
      assertThat(rows(table, recent)).as(table).isPositive();
    }
  }

  private static long rows(String table, RecordedRun run) throws Exception {
    return Await.get(pool.query("SELECT count(*) AS found FROM " + table + " WHERE session_id = '"
                + run.session + "'")
            .execute())
        .iterator()
        .next()
        .getLong("found");
  }

  @Test
  void whatWasLetGo_isNotTakenUpByTheNextVersion_andNothingTakesItsPlace() throws Exception {
    RecordedRun old = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 3));
    Training training = core.written(old);
    Await.get(core.lifecycle.reject(old.athlete, old.session, null, "not mine"));
    Await.get(new Retention(pool).run(LocalDate.of(2005, 1, 1)));
    core.sql("UPDATE session_head SET algorithm_version = " + (TrackFold.ALGORITHM_VERSION - 1)
        + " WHERE session_id = '" + old.session + "'");
    core.consumedUntil(LONG_AGO_MS * 2);
    assertThat(core.head(old).state()).isEqualTo(SessionHead.State.QUARANTINED);
    assertGone(core.lifecycle.restore(old.athlete, old.session, null));
    assertThat(core.written(old).figures()).isEqualTo(training.figures());
    assertThat(core.facts(old.athlete, "training.restored")).isEmpty();
  }

  @Test
  void ofWhatLostItsChunks_however_nothingTakesThePlaceOfFigures() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    Target target = new Target(run.athlete, run.session, null);
    core.apply(run.all());
    Await.get(core.edits.crop(target, RecordedRun.START_MS + 60_000, null));
    Training training = core.written(run);
    core.sql("DELETE FROM chunk WHERE session_id = '" + run.session + "'");
    assertGone(core.lifecycle.undo(target));
    Await.get(core.lifecycle.reject(run.athlete, run.session, null, "not mine"));
    assertGone(core.lifecycle.restore(run.athlete, run.session, null));
    assertThat(core.written(run).figures()).isEqualTo(training.figures());
  }

  private static void assertGone(Future<?> asked) {
    assertThatThrownBy(() -> Await.get(asked))
        .cause()
        .isInstanceOfSatisfying(ProblemException.class, told -> {
          assertThat(told.problem().status()).isEqualTo(410);
          assertThat(told.problem().name()).isEqualTo("recording-gone");
          assertThat(told.problem().detail()).contains("training.keepMonths");
        });
  }

  /** Somebody who has written and not yet committed. */
  private static SqlConnection writer(RecordedRun run) throws Exception {
    SqlConnection writer = Await.get(pool.getConnection());
    var unused = Await.get(writer
        .query(
            "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; UPDATE chunk SET reason = reason WHERE session_id = '"
                + run.session + "'")
        .execute());
    return writer;
  }

  private static void end(SqlConnection writer) throws Exception {
    var unused = Await.get(writer.query("COMMIT").execute());
    Await.get(writer.close());
  }
}
