package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may begin how many sessions within a day. */
class SessionAllowanceIT extends TrainingDatabase {
  private static final int FREE = 7;
  private static final long AT_MS = RecordedRun.START_MS;

  private final RecordedRun run = RecordedRun.of(2);
  private final UUID athlete = run.athlete;
  private final SessionAllowance allowance = new SessionAllowance(new SessionRepository(pool));

  private void begun(int count, long atMs) throws Exception {
    var unused = Await.get(
        pool.query("INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version,"
                + " clock_offset_ms, device_id, kafka_partition, first_received_at_ms,"
                + " last_received_at_ms, state)"
                + " SELECT '" + athlete + "', gen_random_uuid(), '2026-01-01', 1, 0,"
                + " gen_random_uuid(), 0, " + atMs + ", " + atMs + ", 1"
                + " FROM generate_series(1, " + count + ")")
            .execute());
  }

  /** Thousands, which whatever looks for what is due would come upon. */
  @AfterEach
  void endSessions() throws Exception {
    var unused =
        Await.get(pool.query("DELETE FROM session_head WHERE athlete_id = '" + athlete + "'")
            .execute());
  }

  private int admitted(int wanted, long atMs) throws Exception {
    List<TelemetryRecord> firsts = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      firsts.add(run.next(i + 1, 2).record(0, atMs));
    }
    List<TelemetryRecord> admitted = Await.get(allowance.admitted(firsts));
    if (!admitted.isEmpty()) {
      begun(admitted.size(), atMs);
    }
    return admitted.size();
  }

  @Test
  void whoBeginsOneAfterTheOther_beginsAllThatHeMay_andNoMore() throws Exception {
    begun(SessionRepository.MOST_A_DAY - FREE, AT_MS - 1);
    for (int i = 0; i < FREE; i++) {
      assertThat(admitted(1, AT_MS)).isEqualTo(1);
    }
    assertThat(admitted(1, AT_MS)).isZero();
  }

  @Test
  void whoBeginsTooManyAtOnce_beginsAsManyAsHeMay_thenNoneForAWhile() throws Exception {
    begun(SessionRepository.MOST_A_DAY - FREE, AT_MS - 86_400_000 + SessionAllowance.FULL_FOR_MS);
    assertThat(admitted(3, AT_MS)).isEqualTo(3);
    assertThat(admitted(FREE, AT_MS)).isEqualTo(FREE - 3);
    assertThat(admitted(1, AT_MS)).isZero();
    assertThat(admitted(1, AT_MS + SessionAllowance.FULL_FOR_MS - 1)).isZero();
    assertThat(admitted(1, AT_MS + SessionAllowance.FULL_FOR_MS))
        .as("those of yesterday count no more")
        .isEqualTo(1);
  }
}
