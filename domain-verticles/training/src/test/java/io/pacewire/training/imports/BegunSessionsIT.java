package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many sessions an athlete began lately, of whom there are many from before. */
@ExtendWith(RealServers.class)
class BegunSessionsIT {
  private static final UUID ATHLETE = UUID.randomUUID();
  private static final int BEFORE = 5_000;

  private static TestSchema schema;

  @BeforeAll
  static void open() throws Exception {
    schema = TestSchema.open("training");
    var unused = Await.get(schema
        .pool()
        .query("INSERT INTO session_head (athlete_id, session_id, bucket, algorithm_version,"
            + " clock_offset_ms, device_id, kafka_partition, first_received_at_ms,"
            + " last_received_at_ms, state)"
            + " SELECT '" + ATHLETE + "', gen_random_uuid(), '2026-01-01', 1, 0,"
            + " gen_random_uuid(), 0, at, at, 1 FROM generate_series(1, " + BEFORE + ") AS at;"
            + " ANALYZE session_head")
        .execute());
  }

  @AfterAll
  static void close() throws Exception {
    schema.close();
  }

  @Test
  void thoseSinceThen_areCounted() throws Exception {
    ImportedRepository imported = new ImportedRepository(schema.pool());
    assertThat(Await.get(imported.countBegun(ATHLETE, BEFORE - 7))).isEqualTo(7);
    assertThat(Await.get(imported.countBegun(UUID.randomUUID(), 0))).isZero();
  }

  /** Asked every second while an import waits: it must not read what there was years ago. */
  @Test
  void theIndexLeadsToThose_andToNoOthers() throws Exception {
    StringBuilder plan = new StringBuilder();
    for (Row row : Await.get(schema
        .pool()
        .query("EXPLAIN (GENERIC_PLAN) " + ImportedRepository.COUNT_BEGUN)
        .execute())) {
      plan.append(row.getString(0)).append('\n');
    }
    assertThat(plan)
        .contains("session_head_begun")
        .containsPattern("Index Cond: \\(\\(uuid_hash\\(athlete_id\\) = uuid_hash\\(\\$1\\)\\)"
            + " AND \\(first_received_at_ms > \\$2\\)\\)")
        .doesNotContain("Seq Scan");
  }
}
