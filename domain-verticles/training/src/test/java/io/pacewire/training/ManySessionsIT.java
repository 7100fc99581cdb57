package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More sessions in a poll than are read with one statement. */
class ManySessionsIT extends TrainingDatabase {
  private static final int SESSIONS = 2 * FoldLoader.AT_ONCE + 10;
  /** More than are read of each at first. */
  private static final int BATCHES = 10;

  private static Pool lookups;

  @BeforeAll
  static void openLookups() throws Exception {
    lookups = RealServers.schema("training").lookups(vertx, 3);
  }

  @AfterAll
  static void closeLookups() throws Exception {
    Await.get(lookups.close());
  }

  @Test
  void whoTakesManySessionsOver_goesOnWithAllOfThem() throws Exception {
    List<RecordedRun> runs =
        Stream.generate(() -> RecordedRun.of(BATCHES)).limit(SESSIONS).toList();
    TrainingCore first = new TrainingCore(vertx, pool, lookups);
    for (int seq = 0; seq < BATCHES - 1; seq++) {
      first.apply(poll(runs, seq));
    }
    first.sql("UPDATE checkpoint SET state = '\\x00'" + ofSession(runs.get(7)));
    first.sql("DELETE FROM checkpoint" + ofSession(runs.get(8)));
    TrainingCore second = new TrainingCore(vertx, pool, lookups);
    second.apply(poll(runs, BATCHES - 1));
    double distanceM = second.written(runs.get(0)).figures().getDouble("distanceM");
    assertThat(distanceM).isPositive();
    for (RecordedRun run : runs) {
      Training training = second.written(run);
      assertThat(training.complete()).isTrue();
      assertThat(training.revision()).isEqualTo(1);
      assertThat(training.figures().getDouble("distanceM")).isEqualTo(distanceM);
      assertThat(number("SELECT position FROM checkpoint" + ofSession(run)))
          .as("the finished state is kept")
          .isEqualTo(BATCHES);
      assertThat(second.facts(run.athlete, "training.started")).hasSize(1);
      assertThat(second.facts(run.athlete, "training.finished")).hasSize(1);
    }
  }

  private static String ofSession(RecordedRun run) {
    return " WHERE session_id = '" + run.session + "'";
  }

  @Test
  void whoIsHeardOften_isNotedEveryFewSeconds_andAtOnceWhereItCounts() throws Exception {
    RecordedRun run = RecordedRun.of(20);
    TrainingCore core = new TrainingCore(vertx, pool, lookups);
    long at = RecordedRun.START_MS + 1_000;
    long nextAt = at + SessionTouches.AT_MOST_EVERY_MS;
    core.apply(run.record(0, at));
    core.apply(run.record(1, nextAt - 1));
    assertThat(lastReceivedMs(run)).isEqualTo(at);
    core.apply(run.record(2, nextAt));
    assertThat(lastReceivedMs(run)).isEqualTo(nextAt);
    core.apply(run.record(3, nextAt + 1_000));
    assertThat(lastReceivedMs(run)).isEqualTo(nextAt);
    core.consumedUntil(at + 60_000);
    assertThat(lastReceivedMs(run)).as("silent since").isEqualTo(nextAt + 1_000);
    core.apply(run.record(19, at + 61_000));
    assertThat(number("SELECT finish_received_at_ms FROM session_head" + ofSession(run)))
        .isEqualTo(at + 61_000);
  }

  /** What others wait for goes first; a list says of nobody who records that he was lost a minute ago. */
  @Test
  void behindALargePoll_timesAreNotedTwiceAMinute() throws Exception {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < SessionSweep.BUSY_RECORDS; i++) {
      runs.add(RecordedRun.of(20));
    }
    RecordedRun run = runs.get(0);
    TrainingCore core = new TrainingCore(vertx, pool, lookups);
    long at = RecordedRun.START_MS + 1_000;
    long soonAt = at + SessionTouches.BUSY_EVERY_MS - 1;
    core.apply(poll(runs, 0, at));
    core.apply(poll(runs, 1, soonAt));
    assertThat(lastReceivedMs(run)).isEqualTo(at);
    core.apply(poll(runs, 2, soonAt + 1));
    assertThat(lastReceivedMs(run)).isEqualTo(soonAt + 1);
    core.apply(run.record(3, soonAt + SessionTouches.AT_MOST_EVERY_MS + 1));
    assertThat(lastReceivedMs(run))
        .as("a small poll")
        .isEqualTo(soonAt + SessionTouches.AT_MOST_EVERY_MS + 1);
  }

  private static List<TelemetryRecord> poll(List<RecordedRun> runs, int seq, long receivedAtMs) {
    List<TelemetryRecord> records = new ArrayList<>();
    runs.forEach(run -> records.add(run.record(seq, receivedAtMs)));
    return records;
  }

  private static long lastReceivedMs(RecordedRun run) throws Exception {
    return number("SELECT last_received_at_ms FROM session_head" + ofSession(run));
  }

  /** As they are planned once for ever after. */
  @ParameterizedTest
  @ValueSource(strings = {SessionRepository.LIST_HEADS, SessionRepository.TOUCH})
  void sessionsAreLookedUpByTheirKeys_howeverSmallTheTableIs(String statement) throws Exception {
    StringBuilder plan = new StringBuilder();
    for (Row row :
        Await.get(lookups.query("EXPLAIN (GENERIC_PLAN) " + statement).execute())) {
      plan.append(row.getString(0)).append('\n');
    }
    assertThat(plan).contains("Index Scan using session_head_pkey").doesNotContain("Seq Scan");
  }

  private static List<TelemetryRecord> poll(List<RecordedRun> runs, int seq) {
    List<TelemetryRecord> records = new ArrayList<>();
    runs.forEach(run -> records.add(run.record(seq)));
    return records;
  }

  private static long number(String query) throws Exception {
    for (Row row : Await.get(pool.query(query).execute())) {
      return row.getLong(0);
    }
    throw new AssertionError("no row of " + query);
  }
}
