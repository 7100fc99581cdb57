package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.platform.web.Problem;
import io.pacewire.wire.BatchHeader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HttpOutcomeTest {
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");

  private final HttpOutcome outcome = new HttpOutcome();

  /** It would come again with what was deferred, each time: the ledger cannot name it. */
  @Test
  void whatNamesNoBatch_isAFault_alsoWhereAnotherOneHasToWait() {
    outcome.refused(0, new Refused(null, -1, -1, "malformed", "sent_at_epoch_ms is negative"));
    outcome.acked(SESSION, 0, 6);
    outcome.deferred(new Deferred(header(7), 1_500));
    Problem problem = outcome.problem();
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.extra()).containsEntry("retryAfterS", 2L);
    JsonObject entry = ((JsonArray) problem.extra().get("ledger")).getJsonObject(0);
    assertThat(entry.getJsonArray("acked")).isEqualTo(new JsonArray("[[6,6]]"));
    assertThat(entry.getJsonArray("deferred")).isEqualTo(new JsonArray("[[7,7]]"));
    assertThat(problem.extra().get("faults"))
        .isEqualTo(new JsonArray()
            .add(new JsonObject()
                .put("index", 0)
                .put("reason", "malformed")
                .put("detail", "sent_at_epoch_ms is negative")));
  }

  @Test
  void whereNothingIsRefused_thereAreNoFaults() {
    outcome.acked(SESSION, 0, 6);
    assertThat(outcome.problem()).isNull();
    assertThat(outcome.json(NOW_MS).containsKey("faults")).isFalse();
    outcome.deferred(new Deferred(header(7), 1));
    assertThat(outcome.problem().extra()).doesNotContainKey("faults");
  }

  private static BatchHeader header(int seq) {
    byte[] envelope = TestIngest.envelope(SESSION, seq, 1, NOW_MS, NOW_MS);
    return ((Admitted) new BatchAdmission(envelope.length).admit(envelope, null, NOW_MS)).header();
  }
}
