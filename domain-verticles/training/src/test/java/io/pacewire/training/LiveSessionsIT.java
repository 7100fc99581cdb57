package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live sessions of an athlete who has thousands that are over. */
class LiveSessionsIT extends TrainingDatabase {
  private static final int OVER = 5_000;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  private RecordedRun oneLive() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(3);
    core.sql("INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version,"
        + " clock_offset_ms, device_id, kafka_partition, first_received_at_ms,"
        + " last_received_at_ms, state)"
        + " SELECT '" + run.athlete + "', gen_random_uuid(), '2026-01-01', 1, 0,"
        + " gen_random_uuid(), 0, at, at, 1 FROM generate_series(1, " + OVER + ") AS at");
    core.apply(run.all());
    core.sql("ANALYZE session_head");
    return run;
  }

  @Test
  void theLiveOne_isListed() throws Exception {
    RecordedRun run = oneLive();
    assertThat(core.live(run)).extracting(ListedSession::sessionId).containsExactly(run.session);
  }

  /** A page that is open asks every few seconds: it must not read what there was years ago. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theIndexLeadsToLiveOnes_andToNoOthers(boolean ascending) throws Exception {
    var unused = oneLive();
    StringBuilder plan = new StringBuilder();
    String statement = SessionListRepository.statement(
        new SessionListRepository.Query(List.of(SessionHead.State.LIVE), null, ascending));
    for (Row row : Await.get(pool.query("EXPLAIN (GENERIC_PLAN) " + statement).execute())) {
      plan.append(row.getString(0)).append('\n');
    }
    assertThat(plan).contains("session_head_live").doesNotContain("Seq Scan", "Sort");
  }
}
