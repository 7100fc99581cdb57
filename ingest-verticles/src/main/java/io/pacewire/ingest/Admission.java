package io.pacewire.ingest;

import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.Envelope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a message: a batch for Kafka, one that has to wait, or a refusal with its reason. */
sealed interface Admission {

  /**
   * A batch for Kafka.
   *
   * @param sentAtMs by the device's clock, or ours where the device does not say
   * @param backfill its newest sample was old when it was sent
   */
  record Admitted(Envelope envelope, BatchHeader header, long sentAtMs, boolean backfill)
      implements Admission {

    /** The same, whatever its device says. */
    Admitted asBackfill() {
      return backfill ? this : new Admitted(envelope, header, sentAtMs, true);
    }
  }

  /**
   * A batch that is good and has to come again: whoever sends it is far over a limit.
   *
   * @param retryAfterMs before that it would be deferred again
   */
  record Deferred(BatchHeader header, long retryAfterMs) implements Admission {
    static final String REASON = "quota-exceeded";
  }

  /**
   * A batch that can never succeed.
   *
   * @param sessionId null where not even that could be read; likewise {@code writer} and {@code
   *     seq} are -1
   * @param reason one of the wire's kebab-case codes
   * @param detail names the field and its fault, for people
   */
  record Refused(@Nullable UUID sessionId, int writer, int seq, String reason, String detail)
      implements Admission {}
}
