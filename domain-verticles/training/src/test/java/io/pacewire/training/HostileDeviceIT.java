package io.pacewire.training;

import static io.pacewire.training.RecordedRun.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.StoredLedger.Range;
import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a device costs that sends whatever makes ledgers and tables grow. */
class HostileDeviceIT extends TrainingDatabase {
  /** Of one writer. */
  private static final int MOST_REFUSALS = 1_024;

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void everySecondBatch_makesNoLongerLedgerThanTheWireHas() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(300);
    core.apply(IntStream.range(0, 150).mapToObj(i -> run.record(2 * i)).toList());
    List<Range> stored = core.ledger(run).stored();
    assertThat(stored).hasSize(WireLimits.MAX_RANGES).startsWith(new Range(0, 0), new Range(2, 2));
    assertThat(stored).endsWith(new Range(126, 126));
    core.apply(run.record(1), run.record(3));
    assertThat(core.ledger(run).stored())
        .as("it goes on where the gaps are closed")
        .hasSize(WireLimits.MAX_RANGES)
        .startsWith(new Range(0, 4))
        .endsWith(new Range(130, 130));
    core.apply(run.all());
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 299));
  }

  @Test
  void whatWasSkipped_isSaidInTheLedger() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(10).skipping(9, 3, 6);
    List<TelemetryRecord> sent = new ArrayList<>(run.records(0, 2));
    sent.addAll(run.records(7, 9));
    core.apply(sent);
    assertThat(core.ledger(run).skipped()).containsExactly(new Range(3, 6));
    assertThat(core.ledger(run).stored()).containsExactly(new Range(0, 2), new Range(7, 9));
  }

  @Test
  void forgeriesWithoutEnd_areNotKeptWithoutEnd() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(3);
    core.apply(run.all());
    List<TelemetryRecord> forged = new ArrayList<>();
    for (int seed = 8; seed < 8 + MOST_REFUSALS + 100; seed++) {
      forged.add(run.forgery(seed).record(2));
    }
    core.apply(forged.subList(0, 600));
    core.apply(forged.subList(0, 601)); // what is known takes no room
    String kept = "SELECT count(*) FROM refusal WHERE session_id = '" + run.session + "'";
    assertThat(core.number(kept)).isEqualTo(601);
    core.apply(forged);
    assertThat(core.number(kept)).as("of one poll").isEqualTo(MOST_REFUSALS);
    core.apply(run.forgery(7_777).record(1));
    assertThat(core.number(kept)).as("of a later one").isEqualTo(MOST_REFUSALS);
    assertThat(core.ledger(run).refused())
        .hasSize(WireLimits.MAX_REFUSALS)
        .allMatch(refused -> refused.seq() == 2);
  }

  @Test
  void sessionsWithoutEnd_areNotBegun_andTheirBatchesAreRefused() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(3);
    long now = run.record(0).receivedAtMs();
    core.sql("INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version,"
        + " clock_offset_ms, device_id, kafka_partition, first_received_at_ms,"
        + " last_received_at_ms, state)"
        + " SELECT '" + run.athlete + "', gen_random_uuid(), '2026-01-01', 1, 0, '"
        + UUID.randomUUID() + "', 0, " + now + ", " + now + ", 1"
        + " FROM generate_series(1, " + SessionRepository.MOST_A_DAY + ")");
    assertThat(core.tryApply(run.all())).hasSize(3);
    RecordedRun other = RecordedRun.withoutFinish(3);
    assertThat(core.tryApply(other.all())).as("another athlete").isEmpty();
    assertThat(core.tryApply(List.of(run.record(0, START_MS + 2 * 86_400_000L))))
        .as("another day")
        .isEmpty();
  }
}
