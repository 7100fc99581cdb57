package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.platform.web.Problem;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of the batches of one request, and how that is told. */
final class HttpOutcome {
  private final LedgerNews ledger = new LedgerNews();
  private final JsonArray faults = new JsonArray();
  private int acked;
  private @Nullable Refused firstFault;
  private long retryAfterMs;

  void acked(UUID session, int writer, int seq) {
    ledger.of(session, writer).acked().add(seq, seq);
    acked++;
  }

  /** @param index of the envelope in the request */
  void refused(int index, Refused refused) {
    if (firstFault == null) {
      firstFault = refused;
    }
    JsonObject fault = new JsonObject()
        .put("index", index)
        .put("reason", refused.reason())
        .put("detail", refused.detail());
    UUID session = refused.sessionId();
    if (session != null) {
      ledger.refuse(session, refused.writer(), refused.seq(), refused.reason());
      fault.put("sessionId", session.toString());
      fault.put("writer", refused.writer()).put("seq", refused.seq());
    }
    faults.add(fault);
  }

  void deferred(Deferred wait) {
    BatchHeader header = wait.header();
    ledger.of(header.sessionId(), header.writer()).deferred().add(header.seq(), header.seq());
    retryAfterMs = Math.max(retryAfterMs, wait.retryAfterMs());
  }

  /**
   * Null where anything became durable and the rest never will: that is not to be looked for behind
   * an error. What has to wait makes the whole a 429, which says what became durable, and what never will, all
   * the same.
   */
  @Nullable
  Problem problem() {
    if (retryAfterMs > 0) {
      Problem wait = Problem.tooManyRequests(
              "quota exceeded: what is deferred is to be sent again", retryAfterS())
          .with("ledger", entries());
      return faults.isEmpty() ? wait : wait.with("faults", faults);
    }
    Refused fault = firstFault;
    if (fault == null || acked > 0) {
      return null;
    }
    Problem problem = switch (fault.reason()) {
      case "malformed" -> BatchBody.malformed(fault.detail());
      case "too-large" -> Problem.tooLarge(fault.detail());
      default ->
        Problem.of(422, fault.reason(), "A batch will never be taken as it is", fault.detail());
    };
    return problem.with("ledger", entries()).with("faults", faults);
  }

  JsonObject json(long serverAtMs) {
    JsonObject json = new JsonObject().put("serverAtEpochMs", serverAtMs).put("ledger", entries());
    return faults.isEmpty() ? json : json.put("faults", faults);
  }

  private long retryAfterS() {
    return (retryAfterMs + 999) / 1_000;
  }

  private JsonArray entries() {
    JsonArray entries = new JsonArray();
    for (LedgerEntry entry : ledger.entries()) {
      JsonArray refused = new JsonArray();
      entry
          .refused()
          .forEach(
              (seq, reason) -> refused.add(new JsonObject().put("seq", seq).put("reason", reason)));
      entries.add(new JsonObject()
          .put("sessionId", entry.sessionId().toString())
          .put("writer", entry.writer())
          .put("acked", ranges(entry.acked()))
          .put("deferred", ranges(entry.deferred()))
          .put("refused", refused));
    }
    return entries;
  }

  private static JsonArray ranges(SeqRanges ranges) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < ranges.count(); i++) {
      all.add(new JsonArray().add(ranges.from(i)).add(ranges.to(i)));
    }
    return all;
  }
}
